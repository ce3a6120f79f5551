import CognitoModel
import Database
import DatabaseTestSupport
import Domain
import Storage
import Testing

@Suite("Attempts are counted by the hour")
struct AttemptRepositoryTests {
    private static let limit = AttemptLimit.changePassword
    private static let ada = AttemptSubject.user(sub: "ada")

    @Test("the hour runs from the first attempt, however they are spread over it", arguments: TestEngine.allCases)
    func windows(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture async throws in
            // Milliseconds after the first, and whether the attempt is within the limit of five. From the last one an
            // hour would never be over.
            let hour: Int64 = 3_600_000
            let spread: [(milliseconds: Int64, isAllowed: Bool)] = [
                (0, true), (900_000, true), (1_800_000, true), (2_700_000, true), (3_500_000, true),
                (3_599_000, false), (hour - 1, false), (hour, true), (hour + 1, true), (hour + 900_000, true),
                (hour + 1_800_000, true), (hour + 3_000_000, true), (2 * hour - 1, false), (2 * hour, true),
                (9 * hour, true),
            ]
            for (milliseconds, isAllowed) in spread {
                let now = StorageFixture.now.adding(milliseconds: milliseconds)
                #expect(try await Self.attempt(fixture, at: now) == isAllowed, "after \(milliseconds) ms")
            }
        }
    }

    @Test(
        "an attempt past the limit neither prolongs the hour nor counts into the next",
        arguments: TestEngine.allCases
    )
    func exceeded(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture async throws in
            for number in 0..<20 {
                #expect(try await Self.attempt(fixture, at: StorageFixture.now) == (number < Self.limit.attempts))
            }
            let next = StorageFixture.now.adding(seconds: 3600)
            for number in 0..<20 {
                #expect(try await Self.attempt(fixture, at: next) == (number < Self.limit.attempts))
            }
        }
    }

    @Test(
        "each limit is its own, and so is each subject and pool",
        arguments: TestEngine.allCases
    )
    func separate(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            for _ in 0..<Self.limit.attempts { _ = try await Self.attempt(fixture, at: StorageFixture.now) }
            #expect(try await !Self.attempt(fixture, at: StorageFixture.now))
            let others: [(AttemptLimit, AttemptSubject, String)] = [
                (.forgotPassword, Self.ada, fixture.pool.id), (Self.limit, .user(sub: "bob"), fixture.pool.id),
                (Self.limit, .session(nonce: "ada"), fixture.pool.id), (Self.limit, Self.ada, "us-east-1_Other"),
                (Self.limit, .code(hash: Array("ada".utf8)), fixture.pool.id),
                (Self.limit, .code(hash: Array("bob".utf8)), fixture.pool.id),
            ]
            for (limit, subject, poolID) in others {
                for number in 0...limit.attempts {
                    let isAllowed = try await fixture.store.attempts.isAllowed(
                        limit,
                        subject: subject,
                        poolID: poolID,
                        now: StorageFixture.now
                    )
                    #expect(isAllowed == (number < limit.attempts), "\(limit) \(subject) \(poolID)")
                }
            }
        }
    }

    @Test("what counts within the hour outlives the sweep, and nothing else does", arguments: TestEngine.allCases)
    func sweep(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let (store, start) = (fixture.store, StorageFixture.now)
            for _ in 0..<Self.limit.attempts { _ = try await Self.attempt(fixture, at: start) }
            try await store.sweep(now: start.adding(seconds: 3599))
            #expect(try await !Self.attempt(fixture, at: start.adding(seconds: 3599)))
            try await store.sweep(now: start.adding(seconds: 2 * 3600))
            #expect(try await store.database.rowCount("select 1 from attempts") == 0)
        }
    }

    @Test("of many at once no more are allowed than the limit says", arguments: TestEngine.allCases)
    func race(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let outcomes = await concurrently(40) { _ in try await Self.attempt(fixture, at: StorageFixture.now) }
            let allowed = try outcomes.map { try $0.get() }.count { $0 }
            #expect(allowed == Self.limit.attempts)
        }
    }

    private static func attempt(_ fixture: StorageFixture, at now: Timestamp) async throws -> Bool {
        try await fixture.store.attempts.isAllowed(limit, subject: ada, poolID: fixture.pool.id, now: now)
    }
}
