import CognitoModel
import Database
import DatabaseTestSupport
import Domain
import Storage
import Testing

@Suite("Refresh tokens are rotated")
struct RefreshTokenRotationTests {
    /// A session that was opened with the refresh token `[0]`, and two nodes that may rotate it.
    private struct SignIn: Sendable {
        static let now = StorageFixture.now

        let fixture: StorageFixture
        let node: Store
        /// The other node's, a second behind: the clocks of two nodes never agree.
        let nodeClock: TestClock
        let session: TokenSession

        static func run(_ engine: TestEngine, _ body: (SignIn) async throws -> Void) async throws {
            try await StorageFixture.run(engine) { fixture in
                let nodeClock = TestClock()
                let node = try StorageFixture.makeStore(fixture.url, clock: nodeClock)
                do {
                    try await node.prepare()
                    let session = try fixture.session(of: try await fixture.addUser("ada"))
                    try await fixture.open(session, refreshHash: [0])
                    let signIn = SignIn(fixture: fixture, node: node, nodeClock: nodeClock, session: session)
                    signIn.set(after: 0)
                    try await body(signIn)
                } catch {
                    await node.database.close()
                    throw error
                }
                await node.database.close()
            }
        }

        func set(after seconds: Int64) {
            fixture.clock.set(after: seconds)
            nodeClock.set(after: seconds - 1)
        }

        /// Rotates a token at that time, on the first node.
        func rotate(
            _ old: [UInt8],
            to new: [UInt8],
            after seconds: Int64 = 0,
            grace: Int64 = 0
        ) async throws -> Bool {
            set(after: seconds)
            return try await rotate(old, to: new, grace: grace, on: fixture.store)
        }

        func rotate(
            _ old: [UInt8],
            to new: [UInt8],
            grace: Int64 = 0,
            on store: Store
        ) async throws -> Bool {
            try await store.sessions.rotate(session, from: old, to: new, graceSeconds: grace)
        }

        func find(_ hash: [UInt8]) async throws -> SessionRepository.Refreshable {
            let found = try await fixture.store.sessions.find(refreshHash: hash, poolID: fixture.pool.id)
            return try #require(found, "\(hash)")
        }

        /// Rotates `old` many times at once, on two nodes in turn, and returns the tokens that were handed out.
        func race(_ old: [UInt8], count: Int = 20, grace: Int64 = 0) async throws -> [[UInt8]] {
            let outcomes = await concurrently(count) { number in
                let new = old + [UInt8(number)]
                let store = number.isMultiple(of: 2) ? fixture.store : node
                return try await rotate(old, to: new, grace: grace, on: store) ? new : nil
            }
            return try outcomes.compactMap { try $0.get() }
        }
    }

    @Test("of many who rotate a token at once, on two nodes, one wins", arguments: TestEngine.withPooler)
    func oneWins(engine: TestEngine) async throws {
        try await SignIn.run(engine) { signIn in
            var current: [UInt8] = [0]
            for _ in 0..<10 {
                let winners = try await signIn.race(current)
                let winner = try #require(winners.first)
                #expect(winners.count == 1)
                #expect(try await signIn.find(current).supersededAt != nil)
                #expect(try await signIn.find(winner).supersededAt == nil)
                current = winner
            }
            #expect(try await signIn.fixture.store.database.rowCount("select 1 from sessions") == 1)
            #expect(try await signIn.fixture.store.database.rowCount("select 1 from refresh_tokens") == 10)
        }
    }

    @Test("in the grace period all win, and each new token is good for one rotation", arguments: TestEngine.withPooler)
    func allWinInGrace(engine: TestEngine) async throws {
        try await SignIn.run(engine) { signIn in
            let winners = try await signIn.race([0], count: 8, grace: 60)
            #expect(winners.count == 8)
            #expect(try await signIn.find([0]).supersededAt != nil)
            for token in winners {
                #expect(try await signIn.find(token).supersededAt == nil)
                #expect(try await signIn.race(token, count: 6).count == 1)
                #expect(try await signIn.find(token).supersededAt != nil)
            }
        }
    }

    @Test("the grace period begins with the first rotation and isn't prolonged", arguments: TestEngine.withPooler)
    func graceEnds(engine: TestEngine) async throws {
        try await SignIn.run(engine) { signIn async throws in
            #expect(try await signIn.rotate([0], to: [1], grace: 10))
            #expect(try await signIn.rotate([0], to: [2], after: 9, grace: 10))
            #expect(try await signIn.find([0]).supersededAt == SignIn.now)
            #expect(try await !signIn.rotate([0], to: [3], after: 10, grace: 10))
            #expect(try await signIn.node.sessions.find(refreshHash: [3], poolID: signIn.session.poolID) == nil)
            // The token beside the session's own has a grace period as well.
            #expect(try await signIn.rotate([2], to: [4], after: 20, grace: 10))
            #expect(try await signIn.rotate([2], to: [5], after: 29, grace: 10))
            #expect(try await !signIn.rotate([2], to: [6], after: 30, grace: 10))
            for token in [[1], [4], [5]] as [[UInt8]] {
                #expect(try await signIn.find(token).supersededAt == nil)
            }
        }
    }

    @Test(
        "without grace a token that comes again is refused, whatever the clock says",
        arguments: TestEngine.withPooler
    )
    func reuse(engine: TestEngine) async throws {
        try await SignIn.run(engine) { signIn async throws in
            #expect(try await signIn.rotate([0], to: [1]))
            for seconds in [-60, 0, 60] as [Int64] {
                #expect(try await !signIn.rotate([0], to: [2], after: seconds))
            }
            #expect(try await !signIn.rotate([9], to: [2]))
            #expect(try await signIn.find([1]).supersededAt == nil)
            #expect(try await signIn.find([0]).session == signIn.session)
        }
    }

    @Test("revoking ends every token of the sign-in", arguments: TestEngine.withPooler)
    func revoke(engine: TestEngine) async throws {
        try await SignIn.run(engine) { signIn in
            #expect(try await signIn.rotate([0], to: [1], grace: 10))
            #expect(try await signIn.rotate([0], to: [2], grace: 10))
            for token in [[0], [1], [2]] as [[UInt8]] {
                #expect(try await !signIn.find(token).isRevoked)
            }
            try await signIn.fixture.store.sessions.revoke(signIn.session)
            for token in [[0], [1], [2]] as [[UInt8]] {
                #expect(try await signIn.find(token).isRevoked)
            }
        }
    }

    @Test("a token is found at every moment while it is rotated out", arguments: TestEngine.withPooler)
    func foundThroughout(engine: TestEngine) async throws {
        try await SignIn.run(engine) { signIn async throws in
            for number in 0..<30 as Range<UInt8> {
                async let isRotated = signIn.rotate([number], to: [number + 1], on: signIn.node)
                let found = await concurrently(4) { _ in try await signIn.find([number]) }
                #expect(try await isRotated)
                for one in found { #expect(try one.get().session == signIn.session) }
            }
        }
    }
}
