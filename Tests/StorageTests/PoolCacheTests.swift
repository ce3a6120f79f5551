import CognitoModel
import Database
import DatabaseTestSupport
import Domain
import Testing

@testable import Storage

@Suite("What is read of pools is kept for a while")
struct PoolCacheTests {
    private let cache = PoolCache()
    private let start = StorageFixture.now

    @Test("and served until it runs out")
    func lifetime() {
        keep("p1", until: 10)
        #expect(cache.pool("p1", at: at(9)).0 != nil)
        #expect(cache.pool("p1", at: at(10)).0 == nil)
        #expect(cache.client("c-p1", at: at(9)).0 != nil)
        #expect(cache.client("c-p1", at: at(10)).0 == nil)
        #expect(cache.pool("p2", at: at(0)).0 == nil)
    }

    @Test("then it is forgotten, as it holds private keys")
    func forgetting() {
        keep("p1", until: 10)
        keep("p2", until: 20)
        cache.forgetExpired(at: at(9))
        #expect(cache.pool("p1", at: at(9)).0 != nil && cache.client("c-p1", at: at(9)).0 != nil)
        cache.forgetExpired(at: at(10))
        // Even a clock that is put back doesn't bring it back.
        #expect(cache.pool("p1", at: at(0)).0 == nil && cache.client("c-p1", at: at(0)).0 == nil)
        #expect(cache.pool("p2", at: at(0)).0 != nil && cache.client("c-p2", at: at(0)).0 != nil)
        cache.forgetExpired(at: at(20))
        #expect(cache.pool("p2", at: at(0)).0 == nil && cache.client("c-p2", at: at(0)).0 == nil)
    }

    @Test("a change drops a pool with its clients, and no other")
    func drop() {
        keep("p1", until: 10)
        keep("p2", until: 10)
        cache.drop("p1")
        #expect(cache.pool("p1", at: start).0 == nil && cache.client("c-p1", at: start).0 == nil)
        #expect(cache.pool("p2", at: start).0 != nil && cache.client("c-p2", at: start).0 != nil)
        cache.dropAll()
        #expect(cache.pool("p2", at: start).0 == nil && cache.client("c-p2", at: start).0 == nil)
    }

    @Test("what was read before a change isn't kept after it")
    func generations() {
        for change in [{ cache.drop("p1") }, { cache.drop("p2") }, { cache.dropAll() }] {
            let (_, poolGeneration) = cache.pool("p1", at: start)
            let (_, clientGeneration) = cache.client("c-p1", at: start)
            change()
            cache.keep(Self.pool("p1"), until: at(10), poolGeneration)
            cache.keep(Self.client("p1"), until: at(10), clientGeneration)
            #expect(cache.pool("p1", at: start).0 == nil)
            #expect(cache.client("c-p1", at: start).0 == nil)
        }
    }

    @Test(
        "the store reads it anew after thirty seconds, and lets go of what nobody asks for",
        arguments: TestEngine.allCases
    )
    func store(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let (store, clock) = (fixture.store, fixture.clock)
            _ = try await store.clients.create(Self.client(fixture.pool.id))
            let id = "c-\(fixture.pool.id)"
            weak let pool = try await store.directory.client(id).poolWithKeys.pool
            weak let keys = try await store.directory.client(id).poolWithKeys.keys
            weak let client = try await store.directory.client(id).client

            let before = store.database.statistics.statements
            clock.set(after: 29)
            _ = try await store.directory.client(id)
            try await store.sweep(now: clock.now)
            let swept = store.database.statistics.statements
            _ = try await store.directory.client(id)
            #expect(store.database.statistics.statements == swept)
            #expect(swept > before)
            #expect(pool != nil && keys != nil && client != nil)

            clock.set(after: 30)
            try await store.sweep(now: clock.now)
            #expect(pool == nil && keys == nil && client == nil)
            let forgotten = store.database.statistics.statements
            _ = try await store.directory.client(id)
            #expect(store.database.statistics.statements == forgotten + 2)
        }
    }

    private func at(_ seconds: Int64) -> Timestamp { start.adding(seconds: seconds) }

    /// Keeps a pool with a client.
    private func keep(_ id: String, until seconds: Int64) {
        cache.keep(Self.pool(id), until: at(seconds), cache.pool(id, at: start).generation)
        cache.keep(Self.client(id), until: at(seconds), cache.client("c-\(id)", at: start).generation)
    }

    private static func pool(_ id: String) -> PoolWithKeys {
        PoolWithKeys(pool: StorageFixture.makePool(id), keys: StorageFixture.keys)
    }

    private static func client(_ poolID: String) -> AppClient {
        let configuration = UserPoolClientType(userPoolId: poolID, clientName: "n", clientId: "c-\(poolID)")
        return AppClient(id: "c-\(poolID)", poolID: poolID, configuration: configuration, secret: nil)
    }
}
