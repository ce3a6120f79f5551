import CognitoModel
import Domain
import Testing

/// The mail of a sign-in that might not have been the user's.
@Suite struct RiskNoticeTests {
    @Test(
        "Cognito's own subjects and texts, as HTML and without",
        arguments: [
            (
                RiskVerdict.Response.blocked, "Blocked sign-in attempt",
                "We blocked an unrecognized sign-in to your account with this information:"
            ),
            (
                .allowed, "New sign-in attempt",
                "We observed an unrecognized sign-in to your account with this information:"
            ),
            (
                .askedForSecondFactor, "New sign-in attempt",
                "We required you to use multi-factor authentication for the following sign-in attempt:"
            ),
        ]
    )
    func defaults(response: RiskVerdict.Response, subject: String, first: String) throws {
        let notice = RiskNotice(of: event(), response, to: "ada", configuration: nil, feedbackToken: "t")
        #expect(notice.subject == subject)
        let lines = [
            first, "Time: Tuesday, November 14, 2023 10:13 PM UTC", "Device: Chrome 126, Windows 10",
            "Address: 192.0.2.1",
            "If this sign-in was not by you, you should change your password.",
        ]
        #expect(notice.text == lines.joined(separator: "\n"))
        let html = try #require(notice.html)
        #expect(
            PlainText(html: html).text.split(separator: "\n").map { $0.drop { "- ".contains($0) } }
                == lines.map { $0[...] }
        )
    }

    @Test("what somebody says of themselves is no markup, and is itself in a text")
    func escaped() throws {
        let template = NotifyEmailType(
            subject: "S",
            htmlBody: "<b>{username}</b> {device-name}",
            textBody: "{username}"
        )
        let configuration = NotifyConfigurationType(sourceArn: "arn:x", blockEmail: template)
        let notice = RiskNotice(
            of: event(),
            .blocked,
            to: "<script>{ip-address}",
            configuration: configuration,
            feedbackToken: "t"
        )
        #expect(notice.html == "<b>&lt;script&gt;{ip-address}</b> Chrome 126, Windows 10")
        #expect(notice.text == "<script>{ip-address}" && notice.subject == "S")
    }

    @Test("a pool that words one form alone sends that alone")
    func forms() {
        func notice(html: String?, text: String?) -> RiskNotice {
            let template = NotifyEmailType(subject: "S", htmlBody: html, textBody: text)
            let configuration = NotifyConfigurationType(sourceArn: "arn:x", mfaEmail: template)
            return RiskNotice(
                of: event(),
                .askedForSecondFactor,
                to: "u",
                configuration: configuration,
                feedbackToken: "t"
            )
        }
        #expect(notice(html: "<p>{event-id}", text: nil).html == "<p>e1" && notice(html: "<p>", text: nil).text == nil)
        #expect(notice(html: nil, text: "{event-id} {city}").text == "e1 " && notice(html: nil, text: "x").html == nil)
        let neither = notice(html: nil, text: nil)
        #expect(neither.subject == "S" && neither.html != nil && neither.text != nil)
    }

    @Test(
        "times as people read them",
        arguments: [
            (1_616_163_900, "Friday, March 19, 2021 02:25 PM UTC"), (0, "Thursday, January 01, 1970 12:00 AM UTC"),
            (1_709_208_000, "Thursday, February 29, 2024 12:00 PM UTC"),
            (1_735_689_599, "Tuesday, December 31, 2024 11:59 PM UTC"),
        ] as [(Int64, String)]
    )
    func times(seconds: Int64, text: String) {
        let template = NotifyEmailType(subject: "S", textBody: "{login-time}")
        let configuration = NotifyConfigurationType(sourceArn: "arn:x", noActionEmail: template)
        let event = event(at: Timestamp(milliseconds: seconds * 1000))
        let notice = RiskNotice(of: event, .allowed, to: "u", configuration: configuration, feedbackToken: "t")
        #expect(notice.text == text)
    }

    private func event(at time: Timestamp = .test) -> AuthEvent {
        AuthEvent(
            .signIn,
            of: makeUser(),
            id: "e1",
            at: time,
            .fail,
            challenges: [],
            risk: RiskVerdict().wireForm(isCompromised: false),
            from: SignInPlace(
                address: "192.0.2.1",
                userAgent:
                    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36",
                encodedData: nil
            )
        )
    }
}
