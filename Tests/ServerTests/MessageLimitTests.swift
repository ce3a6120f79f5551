import CognitoModel
import Domain
import FoundationEssentials
import Messaging
import Testing

@testable import Server

/// What the operator limits of a pool's messages, and what is told of those that failed.
@Suite struct MessageLimitTests {
    private static let pool = "us-east-1_Limited01"
    private static let words =
        "Exceeded daily email limit for the operation or the account. If a higher limit is required, please configure your "
        + "user pool to use your own Amazon SES configuration for sending email."

    @Test("past a pool's mails of a day the next isn't sent, and whoever asked is told in Cognito's words")
    func mails() async throws {
        try await TestServer.run(["--mails-per-pool-and-day", "2"]) { server in
            try await server.makePool(Self.pool)
            for name in ["a", "b"] { #expect(await server.signUp(name, Self.pool).errorType == nil) }
            let third = await server.signUp("c", Self.pool)
            #expect(third.errorType == "LimitExceededException" && third.message == Self.words)
            #expect(server.addresses == ["a@example.com", "b@example.com"])
            // The user is there all the same.
            let again = await server.signUp("c", Self.pool)
            #expect(again.errorType == "UsernameExistsException")
            // An invitation's operation declares no such error.
            let invited = await server.call(
                "AdminCreateUser",
                #"{"UserPoolId":"\#(Self.pool)","Username":"d","DesiredDeliveryMediums":["EMAIL"],"#
                    + #""UserAttributes":[{"Name":"email","Value":"d@example.com"}]}"#
            )
            #expect(invited.errorType == "TooManyRequestsException")
            // Texts, and other pools, have their own.
            let other = "us-east-1_Limited02"
            try await server.makePool(other)
            #expect(await server.signUp("a", other).errorType == nil)
            server.clock.advance(seconds: 86_399)
            #expect(await server.signUp("e", Self.pool).errorType == "LimitExceededException")
            server.clock.advance(seconds: 2)
            #expect(await server.signUp("f", Self.pool).errorType == nil)
            #expect(server.addresses.last == "f@example.com")
        }
    }

    @Test("where the client hides who exists, the limit tells nobody's from a user's")
    func hidden() async throws {
        try await TestServer.run(["--mails-per-pool-and-day", "1"]) { server in
            try await server.makePool(Self.pool)
            #expect(await server.signUp("ada", Self.pool).errorType == nil)
            for name in ["ada", "nobody"] {
                let answer = await server.resend(name, Self.pool)
                #expect(answer.errorType == nil || answer.errorType == "InvalidParameterException")
            }
            await server.application.messages.drain()
            #expect(server.addresses == ["ada@example.com"])
        }
    }

    @Test("what nobody asks for uses up a pool's day as well, or who is refused next would learn of them")
    func pretended() async throws {
        try await TestServer.run(["--mails-per-pool-and-day", "2"]) { server in
            try await server.makePool(Self.pool)
            // Some names stand for users who have no address that is verified.
            for number in 0..<16 { _ = await server.forgotPassword("nobody\(number)", Self.pool) }
            #expect(await server.signUp("ada", Self.pool).errorType == "LimitExceededException")
            #expect(server.addresses == [])
        }
    }

    @Test("a message that couldn't be delivered is in the pool's delivered log")
    func notifications() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).jsonl").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await TestServer.run(["--log-delivery", path], delivery: Refusing()) { server in
            try await server.makePool(Self.pool)
            #expect(await server.signUp("a", Self.pool).errorType != nil)
            let log =
                #"{"EventSource":"userNotification","LogLevel":"ERROR","#
                + #""CloudWatchLogsConfiguration":{"LogGroupArn":"arn:aws:logs:us-east-1:111122223333:log-group:x"}}"#
            let set = await server.call(
                "SetLogDeliveryConfiguration",
                #"{"UserPoolId":"\#(Self.pool)","LogConfigurations":[\#(log)]}"#
            )
            #expect(set.errorType == nil)
        }
        let text = try String(decoding: Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        let line = try RequestDecoder.document(JSONValue.self, from: Array(text.utf8.dropLast()))
        #expect(line["eventSource"] == .string("USER_NOTIFICATION") && line["logLevel"] == .string("ERROR"))
        #expect(line["message"]?["details"] == .string("Failed to deliver a message by EMAIL: no such mailbox"))
        #expect(line["logSourceId"]?["userPoolId"] == .string(Self.pool))
        #expect(!text.contains("@example.com"))
    }

    @Test("a limit is a number", arguments: ["x", "-1", "1.5", "99999999999999999999"])
    func flags(value: String) {
        #expect(throws: UsageError.self) {
            try Configuration.development(["--ephemeral", "--texts-per-pool-and-day", value], environment: [:])
        }
    }
}

/// Delivers nothing.
private struct Refusing: MessageDelivery {
    struct Refusal: Error, CustomStringConvertible {
        let description = "no such mailbox"
    }

    func deliver(_ message: Message) async throws(DeliveryFailure) {
        throw DeliveryFailure(message.channel, isPermanent: true, cause: Refusal())
    }
}

extension TestServer {
    fileprivate var addresses: [String] { application.inbox?.messages(to: nil).map(\.to) ?? [] }

    /// A pool of that id that verifies mail addresses, with a client that hides who exists and whose id is its letters.
    fileprivate func makePool(_ id: String) async throws {
        let calls = [
            (
                "CreateUserPool",
                #"{"PoolName":"p","UserPoolTags":{"martlet:id":"\#(id)"},"AutoVerifiedAttributes":["email"]}"#
            ),
            (
                "CreateUserPoolClient",
                #"{"UserPoolId":"\#(id)","ClientName":"martlet-id=\#(Self.client(id))","#
                    + #""PreventUserExistenceErrors":"ENABLED"}"#
            ),
        ]
        for (operation, body) in calls {
            let answer = await call(operation, body)
            try #require(answer.errorType == nil, "\(operation): \(answer.message ?? "")")
        }
    }

    private static func client(_ pool: String) -> String {
        String(pool.lowercased().filter { $0.isLetter || $0.isNumber })
    }

    fileprivate func signUp(_ name: String, _ pool: String) async -> Answer {
        await call(
            "SignUp",
            #"{"ClientId":"\#(Self.client(pool))","Username":"\#(name)","Password":"Correct-Horse-7","#
                + #""UserAttributes":[{"Name":"email","Value":"\#(name)@example.com"}]}"#
        )
    }

    fileprivate func forgotPassword(_ name: String, _ pool: String) async -> Answer {
        await call("ForgotPassword", #"{"ClientId":"\#(Self.client(pool))","Username":"\#(name)"}"#)
    }

    fileprivate func resend(_ name: String, _ pool: String) async -> Answer {
        await call("ResendConfirmationCode", #"{"ClientId":"\#(Self.client(pool))","Username":"\#(name)"}"#)
    }
}
