import CognitoModel
import Domain
import Testing
import UserPools

/// Pools that confirm by links: SignUp and ResendConfirmationCode.
@Suite struct ConfirmationLinkTests {
    static let byLink: Members = ["VerificationMessageTemplate": ["DefaultEmailOption": "CONFIRM_WITH_LINK"]]

    @Test("the mail has a link with the code, by which the user is confirmed", arguments: [false, true])
    func good(isResent: Bool) async throws {
        try await Cognito.run(pool: Self.byLink) { cognito in
            let answer = try await cognito.signUp("ada lovelace&co".replacing(" ", with: "_"))
            #expect(answer.string("CodeDeliveryDetails.DeliveryMedium") == "EMAIL")
            let name = "ada_lovelace&co"
            if isResent { try await cognito.ok(ResendConfirmationCode.self, cognito.byClient(name)) }
            let message = try #require(cognito.outbox.messages.last)
            let code = try cognito.outbox.code()
            let link =
                "http://127.0.0.1:8484/confirmUser/?client_id=\(cognito.client.id)"
                + "&user_name=ada_lovelace%26co&confirmation_code=\(code)"
            #expect(message.subject == "Your verification link")
            #expect(
                message.body
                    == #"Please click the link below to verify your email address. <a href="\#(link)">Verify Email</a> "#
            )
            try await cognito.ok(ConfirmSignUp.self, cognito.byClient(name, ["ConfirmationCode": code]))
            #expect(try await cognito.user(name).attributes()["email_verified"] == "true")
        }
    }

    @Test("the pool's own words")
    func words() async throws {
        let template: Members = [
            "DefaultEmailOption": "CONFIRM_WITH_LINK", "EmailSubjectByLink": "Come in",
            "EmailMessageByLink": "<p>{##Enter, #1##}</p> or not",
        ]
        try await Cognito.run(pool: ["VerificationMessageTemplate": template]) { cognito in
            try await cognito.signUp()
            let message = try #require(cognito.outbox.messages.last)
            #expect(message.subject == "Come in")
            #expect(
                message.body.hasPrefix(#"<p><a href="http://"#) && message.body.hasSuffix(">Enter, #1</a></p> or not")
            )
        }
    }

    @Test("texts, and the codes of other things, are codes")
    func others() async throws {
        let pool = Self.byLink.with(["AutoVerifiedAttributes": ["phone_number", "email"]])
        try await Cognito.run(pool: pool) { cognito in
            try await cognito.signUp(attributes: ["phone_number": "+15551234567"])
            #expect(cognito.outbox.bodies.last == "Your confirmation code is \(try cognito.outbox.code())")
            try await cognito.addUser("bob")
            try await cognito.ok(ForgotPassword.self, cognito.byClient("bob"))
            #expect(cognito.outbox.bodies.last == "Your password reset code is \(try cognito.outbox.code())")
        }
    }
}
