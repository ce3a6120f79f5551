import CognitoModel
import Domain
import Testing

/// The lines that are delivered of a pool's logs, against the samples of the developer guide.
@Suite struct DeliveredLogTests {
    @Test("an event of a user's history")
    func activity() {
        let time = Timestamp(milliseconds: 1_721_237_155_000)
        let event = AuthEvent(
            .signIn,
            of: makeUser(username: "test-user"),
            id: "e1",
            at: time,
            .fail,
            challenges: [.password(.success), .mfa(.failure)],
            risk: RiskVerdict(level: .high, response: .blocked).wireForm(isCompromised: true),
            from: SignInPlace(address: "192.0.2.1", userAgent: nil, encodedData: nil),
            through: "1example23456789",
            requestID: "r1"
        )
        let log = DeliveredLog(event, writtenAt: Timestamp(milliseconds: 1_687_297_330_677))
        #expect(log.source == .userAuthEvents && log.poolID == "us-east-1_aBcD12345")
        let message = [
            #""version":"1","eventId":"e1","eventType":"SignIn","userSub":"00000000-0000-4000-8000-000000000001""#,
            #""userName":"test-user","userPoolId":"us-east-1_aBcD12345","clientId":"1example23456789""#,
            #""creationDate":"Wed Jul 17 17:25:55 UTC 2024","eventResponse":"Fail","riskLevel":"High""#,
            #""riskDecision":"BLOCK","challenges":["Password:Success","Mfa:Failure"],"deviceName":"Other, Other""#,
            #""ipAddress":"192.0.2.1","requestId":"r1","idpName":"","compromisedCredentialDetected":"true","city":"""#,
            #""country":"","eventFeedbackValue":"","eventFeedbackDate":"","eventFeedbackProvider":"""#,
            #""hasContextData":"true""#,
        ]
        let expected =
            #"{"eventTimestamp":"1687297330677","eventSource":"USER_ACTIVITY","logLevel":"INFO","message":{"#
            + message.joined(separator: ",") + #"},"logSourceId":{"userPoolId":"us-east-1_aBcD12345"}}"#
        #expect(String(decoding: log.jsonBytes, as: UTF8.self) == expected)
    }

    @Test("an event without risk, and of a call that says nothing of itself")
    func plain() {
        let event = AuthEvent(
            .signUp,
            of: makeUser(),
            id: "e1",
            at: .test,
            .pass,
            challenges: [],
            risk: RiskVerdict().wireForm(isCompromised: false),
            from: SignInPlace(address: nil, userAgent: nil, encodedData: nil)
        )
        let line = String(decoding: DeliveredLog(event, writtenAt: .test).jsonBytes, as: UTF8.self)
        for part in [
            #""riskLevel":"","riskDecision":"PASS","challenges":[],"#, #""clientId":"""#,
            #""ipAddress":"","requestId":"""#,
            #""hasContextData":"false""#,
        ] {
            #expect(line.contains(part), "\(part)")
        }
    }

    @Test("a message that couldn't be delivered, with a cause that has an end")
    func notification() {
        func line(_ cause: String) -> String {
            let log = DeliveredLog(undelivered: .email, of: "us-east-1_aBcD12345", cause: cause, writtenAt: .test)
            return String(decoding: log.jsonBytes, as: UTF8.self)
        }
        #expect(
            line("no route\n\"there\"")
                == #"{"eventTimestamp":"1700000000123","eventSource":"USER_NOTIFICATION","logLevel":"ERROR","message":{"#
                + #""details":"Failed to deliver a message by EMAIL: no route\n\"there\""},"#
                + #""logSourceId":{"userPoolId":"us-east-1_aBcD12345"}}"#
        )
        #expect(line(String(repeating: "x", count: 9000)).utf8.count < 1300)
    }
}
