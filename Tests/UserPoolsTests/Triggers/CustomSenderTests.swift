import CognitoModel
import DatabaseTestSupport
import Domain
import Messaging
import Server
import Testing
import UserPools

/// CustomEmailSender and CustomSMSSender: a function sends.
@Suite struct CustomSenderTests {
    private static func pool(_ trigger: String, more: Members = [:]) -> Members {
        let sender: Members = ["LambdaVersion": "V1_0", "LambdaArn": Cognito.arn(trigger)]
        let key = "arn:aws:kms:us-east-1:123456789012:key/1"
        let all: Members = [
            "LambdaConfig": [trigger: sender, "KMSKeyID": key, "CustomMessage": Cognito.arn("CustomMessage")] as Members
        ]
        return all.with(more)
    }

    @Test("the function gets the code, encrypted, and nothing else sends", arguments: TestEngine.allCases)
    func mail(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Self.pool("CustomEmailSender")) { cognito in
            cognito.answer("CustomEmailSender")
            try await cognito.signUp("ada", said: ["ClientMetadata": ["k": "v"]])
            let code = try #require(cognito.functions.events.last?.at("request.code")?.stringValue)
            cognito.expectEvent(
                sub: try await cognito.user().attributes()["sub"] ?? "",
                #"{"version":"1","region":"us-east-1","userPoolId":"<pool>","userName":"ada","#,
                #""callerContext":{"awsSdkVersion":"aws-sdk-unknown-unknown","clientId":"<client>"},"#,
                #""triggerSource":"CustomEmailSender_SignUp","#,
                #""request":{"type":"customEmailSenderRequestV1","code":"\#(code)","clientMetadata":{"k":"v"},"#,
                #""userAttributes":{"cognito:user_status":"UNCONFIRMED","email":"ada@example.com","email_verified":"false","sub":"<sub>"}}}"#
            )
            #expect(cognito.outbox.messages.isEmpty && cognito.functions.sources == ["CustomEmailSender_SignUp"])
            // Reversed by the tests' encryption.
            let plain = String(code.dropFirst("sealed:".count).reversed())
            let input = cognito.byClient("ada", ["ConfirmationCode": plain])
            #expect(await cognito.call(ConfirmSignUp.self, input).refusal == nil)
        }
    }

    @Test("a temporary password is escaped")
    func escaped() async throws {
        try await Cognito.run(pool: Self.pool("CustomEmailSender")) { cognito in
            cognito.answer("CustomEmailSender")
            try await cognito.ok(
                AdminCreateUser.self,
                cognito.named(
                    "ada",
                    [
                        "TemporaryPassword": "<Passw0rd&>", "DesiredDeliveryMediums": ["EMAIL"],
                        "UserAttributes": attributes(["email": "ada@example.com"]),
                    ]
                )
            )
            let code = try #require(cognito.functions.events.last?.at("request.code")?.stringValue)
            #expect(String(code.dropFirst("sealed:".count).reversed()) == "&lt;Passw0rd&amp;&gt;")
        }
    }

    @Test("nobody waits for the function, which is called again where it fails, twice")
    func retried() async throws {
        try await Cognito.run(pool: Self.pool("CustomEmailSender")) { cognito in
            cognito.refuse("CustomEmailSender")
            try await cognito.signUp()
            for _ in 0..<2 {
                #expect(try await cognito.waiting() == 1)
                cognito.clock.advance(.minutes(2))
                #expect(try await cognito.application.messages.takeUpDue() == 1)
                await cognito.application.messages.drain()
            }
            #expect(try await cognito.waiting() == 0)
            #expect(cognito.functions.sources == Array(repeating: "CustomEmailSender_SignUp", count: 3))
        }
    }
}
