import CognitoModel
import Cryptography
import Database
import DatabaseTestSupport
import Domain
import JOSE
import Storage
import Testing

@Suite("Pools come to new signing keys")
struct SigningKeyTests {
    private static let day: Int64 = 86_400

    /// The fixture's keys under other names, as making keys takes long.
    private static func keys(_ name: String) throws -> TokenKeys {
        TokenKeys(
            id: try SigningKey(id: "id-\(name)=", privateKey: StorageFixture.keys.id.privateKey),
            access: try SigningKey(id: "access-\(name)=", privateKey: StorageFixture.keys.access.privateKey)
        )
    }

    private static func rotate(
        _ fixture: StorageFixture,
        to name: String,
        _ schedule: SigningKeySchedule,
        store: Store? = nil
    ) async throws -> Bool {
        let store = store ?? fixture.store
        let generation = try #require(try await store.signingKeys.generation(of: fixture.pool.id))
        return try await store.signingKeys.replace(generation, by: keys(name), schedule, now: fixture.clock.now)
    }

    /// Which key signs, and which are published, ID keys as access keys.
    private static func state(_ fixture: StorageFixture, _ store: Store? = nil) async throws -> [String] {
        let keys = try await (store ?? fixture.store).directory.pool(fixture.pool.id).keys
        let published = keys.jwks.split(separator: #""kid":""#).dropFirst().map { String($0.prefix { $0 != "=" }) }
        let accesses = published.filter { $0.hasPrefix("access-") }.map { String($0.dropFirst(7)) }
        #expect(accesses == published.filter { $0.hasPrefix("id-") }.map { String($0.dropFirst(3)) })
        #expect(keys.access.id == "access-\(accesses[0])=" && keys.id.id == "id-\(accesses[0])=")
        #expect(accesses.allSatisfy { keys.accessKey("access-\($0)=") != nil && keys.accessKey("id-\($0)=") == nil })
        return accesses
    }

    @Test("a new key is published, then signs, then the old one goes", arguments: TestEngine.allCases)
    func timeline(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture async throws in
            // Another node, that isn't told anything and keeps what it has read as long as it may.
            let other = try StorageFixture.makeStore(fixture.url, clock: fixture.clock)
            #expect(try await Self.state(fixture, other) == ["key"])
            #expect(try await Self.rotate(fixture, to: "new", .publishedAhead))
            #expect(try await Self.state(fixture) == ["key", "new"])
            let signs = Self.day + 630
            let expires = signs + Self.day + 630
            for (seconds, expected) in [
                (30, ["key", "new"]), (signs - 1, ["key", "new"]), (signs, ["new", "key"]),
                (expires - 1, ["new", "key"]), (expires, ["new"]),
            ] {
                fixture.clock.set(after: seconds)
                #expect(try await Self.state(fixture) == expected, "\(seconds)")
                #expect(try await Self.state(fixture, other) == expected, "\(seconds)")
            }
            fixture.clock.advance(seconds: 61)
            try await fixture.store.sweep(now: fixture.clock.now)
            #expect(try await fixture.store.database.rowCount("select 1 from signing_keys") == 2)
            #expect(try await Self.state(fixture) == ["new"])
            await other.database.close()
        }
    }

    @Test("at once means when every node knows the keys", arguments: TestEngine.allCases)
    func atOnce(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture async throws in
            #expect(try await Self.rotate(fixture, to: "new", .atOnce))
            #expect(try await Self.state(fixture) == ["key", "new"])
            fixture.clock.set(after: 35)
            #expect(try await Self.state(fixture) == ["new", "key"])
            fixture.clock.set(after: 35 + Self.day)
            #expect(try await Self.state(fixture) == ["new", "key"])
        }
    }

    @Test(
        "compromised keys are gone when the new ones sign, also those that never signed",
        arguments: TestEngine.allCases
    )
    func compromised(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture async throws in
            #expect(try await Self.rotate(fixture, to: "next", .publishedAhead))
            #expect(try await Self.rotate(fixture, to: "new", .compromised))
            #expect(try await Self.state(fixture) == ["key", "new", "next"])
            fixture.clock.set(after: 35)
            #expect(try await Self.state(fixture) == ["new"])
            // What a later rotation says doesn't bring them back.
            #expect(try await Self.rotate(fixture, to: "newer", .publishedAhead))
            #expect(try await Self.state(fixture) == ["new", "newer"])
        }
    }

    @Test("of many nodes that give a pool keys, one does", arguments: TestEngine.allCases)
    func manyNodes(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture async throws in
            let time = fixture.clock.now.adding(seconds: 1)
            let due = try await fixture.store.signingKeys.generations(madeBefore: time, limit: 10)
            #expect(due.map(\.poolID) == [fixture.pool.id])
            let outcomes = await concurrently(8) { number in
                let keys = try Self.keys("\(number)")
                return try await fixture.store.signingKeys.replace(
                    due[0],
                    by: keys,
                    .publishedAhead,
                    now: fixture.clock.now
                )
            }
            #expect(try outcomes.map { try $0.get() }.filter { $0 }.count == 1)
            #expect(try await fixture.store.database.rowCount("select 1 from signing_keys") == 4)
            fixture.clock.advance(seconds: 10)
            #expect(try await fixture.store.signingKeys.generations(madeBefore: time, limit: 10).count == 1)
            let before = try await fixture.store.signingKeys.generations(madeBefore: StorageFixture.now, limit: 10)
            #expect(before.isEmpty)
        }
    }

    @Test("a pool that is deleted meanwhile leaves no key behind", arguments: TestEngine.allCases)
    func deletedPool(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture async throws in
            for round in 0..<10 {
                let pool = StorageFixture.makePool("us-east-1_Round\(round)")
                _ = try await fixture.store.pools.create(pool, keys: StorageFixture.keys, now: StorageFixture.now)
                let generation = try #require(try await fixture.store.signingKeys.generation(of: pool.id))
                let keys = try Self.keys("\(round)")
                async let deleted: Void = fixture.store.pools.delete(pool.id)
                async let rotated = fixture.store.signingKeys.replace(
                    generation,
                    by: keys,
                    .atOnce,
                    now: StorageFixture.now
                )
                _ = try await (deleted, rotated)
                let left: SQL = "select 1 from signing_keys where pool_id = \(pool.id)"
                #expect(try await fixture.store.database.rowCount(left) == 0)
                #expect(try await fixture.store.signingKeys.generation(of: pool.id) == nil)
            }
        }
    }

    @Test("pools are listed by pages", arguments: TestEngine.allCases)
    func pages(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture async throws in
            for number in 2...5 {
                let pool = StorageFixture.makePool("us-east-1_Test0000\(number)")
                _ = try await fixture.store.pools.create(pool, keys: StorageFixture.keys, now: StorageFixture.now)
            }
            var ids: [String] = []
            while true {
                let page = try await fixture.store.signingKeys.generations(after: ids.last ?? "", limit: 2)
                if page.isEmpty { break }
                ids += page.map(\.poolID)
            }
            #expect(ids == (1...5).map { "us-east-1_Test0000\($0)" })
        }
    }
}
