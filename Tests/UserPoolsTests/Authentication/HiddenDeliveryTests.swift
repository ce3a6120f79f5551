import CognitoModel
import Database
import DatabaseTestSupport
import Domain
import Storage
import Testing
import UserPools

@testable import Server

/// Where a client hides who exists, a message that can't be delivered is no sign that there is somebody.
@Suite struct HiddenDeliveryTests {
    /// The unsigned calls that send something to whoever has the name.
    enum Sending: CaseIterable {
        case forgotPassword, resendConfirmationCode, preferredChallenge, chosenChallenge

        var status: UserStatusType { self == .resendConfirmationCode ? .unconfirmed : .confirmed }
    }

    private func run(_ engine: TestEngine, _ hides: String, _ body: (Cognito) async throws -> Void) async throws {
        try await Cognito.run(on: engine, pool: Cognito.choice, client: ["PreventUserExistenceErrors": hides], body)
    }

    private func ask(_ sending: Sending, _ name: String, _ cognito: Cognito) async throws -> Answer {
        switch sending {
        case .forgotPassword: return await cognito.call(ForgotPassword.self, cognito.byClient(name))
        case .resendConfirmationCode: return await cognito.call(ResendConfirmationCode.self, cognito.byClient(name))
        case .preferredChallenge:
            return await cognito.initiate("USER_AUTH", ["USERNAME": name, "PREFERRED_CHALLENGE": "EMAIL_OTP"])
        case .chosenChallenge:
            let session = try await cognito.initiate("USER_AUTH", ["USERNAME": name]).text("Session")
            let answer = ["USERNAME": name, "ANSWER": "EMAIL_OTP"]
            return await cognito.respond("SELECT_CHALLENGE", answer, session: session)
        }
    }

    private func addUser(for sending: Sending, _ cognito: Cognito) async throws {
        if sending.status == .unconfirmed { try await cognito.signUp() } else { try await cognito.addUser() }
        cognito.outbox.clear()
        cognito.outbox.fail()
    }

    private static func members(of answer: Answer) -> [String]? {
        guard case .object(let members) = answer.json else { return nil }
        return members.keys.sorted()
    }

    /// How many messages failed so far, as the metrics say.
    private func failures(_ cognito: Cognito) -> Int? {
        let line = #/martlet_messages_total\{channel="EMAIL",outcome="failed"\} (\d+)/#
        let metrics = cognito.application.metrics.exposition(database: cognito.application.store.database.statistics)
        return metrics.firstMatch(of: line).flatMap { Int($0.1) }
    }

    @Test(
        "users and nobody are answered alike while no message can be delivered, and each that fails is counted",
        arguments: Sending.allCases,
        TestEngine.allCases
    )
    func hidden(sending: Sending, engine: TestEngine) async throws {
        try await run(engine, "ENABLED") { cognito in
            try await addUser(for: sending, cognito)
            let before = try #require(failures(cognito))
            let told = try await ask(sending, "ada", cognito)
            #expect(failures(cognito) == before + 1)
            let nobody = try await cognito.nobody(sending.status)
            let same = try await ask(sending, nobody, cognito)
            #expect(failures(cognito) == before + 1)
            #expect(told.refusal == nil && same.refusal == nil)
            #expect(told.string("ChallengeName") == same.string("ChallengeName"))
            #expect(Self.members(of: told) == Self.members(of: same))
        }
    }

    @Test(
        "the database is asked the same for users and for nobody, and keeps a message for both until it was tried",
        arguments: Sending.allCases,
        TestEngine.allCases
    )
    func same(sending: Sending, engine: TestEngine) async throws {
        try await run(engine, "ENABLED") { cognito in
            try await addUser(for: sending, cognito)
            cognito.outbox.fail(false)
            let nobody = try await cognito.nobody(sending.status)
            // What is read once and then known is known.
            for name in ["ada", nobody] { _ = try await ask(sending, name, cognito) }
            let sent = cognito.outbox.messages.count
            let database = cognito.application.store.database
            var costs: [[Int]] = []
            for name in ["ada", nobody] {
                let before = database.statistics
                _ = try await ask(sending, name, cognito)
                let after = database.statistics
                costs.append([after.statements - before.statements, after.transactions - before.transactions])
            }
            #expect(costs[0] == costs[1])
            #expect(cognito.outbox.messages.count == sent + 1)
            #expect(try await cognito.waiting() == 0)
        }
    }

    @Test("where the client tells who exists, it is told", arguments: Sending.allCases)
    func told(sending: Sending) async throws {
        try await run(.sqlite, "LEGACY") { cognito in
            try await addUser(for: sending, cognito)
            let refusal = try await ask(sending, "ada", cognito).refusal
            #expect(
                refusal
                    == (sending.status == .unconfirmed || sending == .forgotPassword ? .undelivered : .internalError)
            )
        }
    }
}
