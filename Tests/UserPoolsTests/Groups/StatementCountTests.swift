import Database
import DatabaseTestSupport
import Server
import Storage
import Testing
import UserPools

/// What the tables of docs/SCALING.md and docs/PERFORMANCE.md say of a user who is in groups.
@Suite("Who is in groups costs no statement more") struct StatementCountTests {
    @Test("a sign-in is one read and one insert, a refresh and GetUser one read", arguments: TestEngine.allCases)
    func counts(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            try await cognito.addUser()
            for name in ["readers", "admins"] { try await cognito.makeGroup(name) }
            try await cognito.join("ada", "readers", "admins")
            let tokens = try await cognito.signedIn()
            #expect(try await cognito.cost { try await cognito.signedIn() } == Cost(statements: 2, transactions: 2))
            #expect(try await cognito.cost { await cognito.refresh(tokens.refresh) } == .oneRead)
            #expect(
                try await cognito.cost { try await cognito.ok(GetUser.self, ["AccessToken": tokens.access]) }
                    == .oneRead
            )
        }
    }

    @Test("an event goes with the write that the sign-in makes anyway", arguments: TestEngine.allCases)
    func events(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Cognito.protected("AUDIT")) { cognito in
            try await cognito.addUser()
            try await cognito.makeGroup("readers")
            try await cognito.join("ada", "readers")
            _ = try await cognito.signedIn()
            #expect(try await cognito.cost { try await cognito.signedIn() } == Cost(statements: 3, transactions: 2))
        }
    }
}

private struct Cost: Equatable {
    static let oneRead = Cost(statements: 1, transactions: 1)

    let statements: Int
    let transactions: Int
}

extension Cognito {
    /// What the body does to the database.
    fileprivate func cost<Result>(of body: () async throws -> Result) async throws -> Cost {
        let before = application.store.database.statistics
        _ = try await body()
        let after = application.store.database.statistics
        return Cost(
            statements: after.statements - before.statements,
            transactions: after.transactions - before.transactions
        )
    }
}
