import CognitoModel
import Cryptography
import Database
import DatabaseTestSupport
import Domain
import Storage
import Testing

@Suite("Pools, clients and keys are stored")
struct PoolDirectoryTests {
    private static func client(_ id: String, in fixture: StorageFixture, name: String) -> AppClient {
        let configuration = UserPoolClientType(userPoolId: fixture.pool.id, clientName: name, clientId: id)
        return AppClient(id: id, poolID: fixture.pool.id, configuration: configuration, secret: "s3cret")
    }

    @Test("a pool comes back with its keys and configuration", arguments: TestEngine.allCases)
    func pool(engine: TestEngine) async throws {
        try await StorageFixture.run(engine, configure: { $0.userPoolTags = ["a": "b"] }) { fixture in
            let entry = try await fixture.store.directory.pool(fixture.pool.id)
            #expect(entry.keys.jwks == StorageFixture.keys.jwks)
            #expect(entry.pool.configuration.jsonBytes == fixture.pool.configuration.jsonBytes)
            #expect(entry.pool.region == "us-east-1")
            let isNew = try await fixture.store.pools.create(
                fixture.pool,
                keys: StorageFixture.keys,
                now: StorageFixture.now
            )
            #expect(!isNew)
            await #expect(throws: PoolFailure.notFound(id: "us-east-1_None")) {
                try await fixture.store.directory.pool("us-east-1_None")
            }
        }
    }

    @Test("a client's secret is sealed in the database and open in the directory", arguments: TestEngine.allCases)
    func clientSecret(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            #expect(try await fixture.store.clients.create(Self.client("c1", in: fixture, name: "one")))
            #expect(try await !fixture.store.clients.create(Self.client("c1", in: fixture, name: "two")))
            #expect(try await fixture.store.directory.client("c1").client.secret == "s3cret")
            let sealed = try await fixture.store.database.read { connection in
                try connection.row("select sealed_secret, document from app_clients")
            }
            let row = try #require(sealed)
            #expect(!String(decoding: try row.bytes(0), as: UTF8.self).contains("s3cret"))
            #expect(!(try row.text(1)).contains("s3cret"))
        }
    }

    @Test(
        "a change is seen at once here, and on another node by notification",
        .timeLimit(.minutes(1)),
        arguments: [TestEngine.postgreSQL, .pooledPostgreSQL]
    )
    func invalidation(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            #expect(try await fixture.store.clients.create(Self.client("c1", in: fixture, name: "0")))
            var options = DatabaseOptions.small
            // Where there is `NOTIFY`, nothing is seen by looking.
            if engine == .postgreSQL { options.changeInterval = .seconds(3600) }
            let other = try StorageFixture.makeStore(fixture.url, options: options)
            let follower = Task { await other.directory.follow(other.database) }
            // The first change may be seen because the follower drops everything when it begins. It has begun then, and
            // sees the next ones only by being told: the clock stands still, so nothing it keeps runs out.
            for name in ["first", "second", "third", "fourth"] {
                _ = try await other.directory.client("c1")
                _ = try await fixture.store.clients.update(Self.client("c1", in: fixture, name: name))
                #expect(try await fixture.store.directory.client("c1").client.configuration.clientName == name)
                var seen: String?
                // The time limit ends it where it is never seen.
                while seen != name {
                    try await Task.sleep(for: .milliseconds(10))
                    seen = try await other.directory.client("c1").client.configuration.clientName
                }
            }
            await other.database.close()
            await follower.value
        }
    }

    @Test("another master key is refused at start", arguments: TestEngine.allCases)
    func otherMasterKey(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let other = try StorageFixture.makeStore(fixture.url, masterKey: [UInt8](repeating: 8, count: 32))
            await #expect(throws: SealedValueUnreadable.self) { try await other.prepare() }
            await other.database.close()
        }
    }

    @Test("hashes outlive a change of the master key", arguments: TestEngine.allCases)
    func masterKeyRotation(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let hash = try fixture.store.vault.refreshTokenHash("token")
            let newKey = [UInt8](repeating: 8, count: 32)
            for keys in [[newKey, StorageFixture.masterKey], [newKey]] {
                let store = Store(
                    database: try openDatabase(fixture.url, options: .small),
                    vault: try Vault(masterKeys: keys.map { MasterKey($0) }),
                    clock: fixture.clock.wallClock
                )
                try await store.prepare()
                #expect(try store.vault.refreshTokenHash("token") == hash)
                await store.database.close()
            }
        }
    }

    @Test("deleting a pool takes everything along", arguments: TestEngine.allCases)
    func deletePool(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            try await fixture.addUser("ada")
            #expect(try await fixture.store.clients.create(Self.client("c1", in: fixture, name: "one")))
            _ = try await fixture.store.directory.client("c1")
            try await fixture.store.pools.delete(fixture.pool.id)
            #expect(try await fixture.store.directory.findPool(fixture.pool.id) == nil)
            #expect(try await fixture.store.directory.findClient("c1") == nil)
            await #expect(throws: ClientFailure.notFound(id: "c1")) {
                try await fixture.store.directory.client("c1")
            }
            for table in ["users", "app_clients", "signing_keys", "user_pools"] {
                #expect(try await fixture.store.database.rowCount("select 1 from \(unsafeSQL: table)") == 0, "\(table)")
            }
        }
    }

    @Test("an access key opens until it is revoked", arguments: TestEngine.allCases)
    func accessKeys(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let keys = fixture.store.accessKeys
            let key = AccessKey(id: "AKIA1", accountID: "1", description: "ci", createdAt: StorageFixture.now)
            try await keys.create(key, secret: "wJalr")
            #expect(try await keys.secret(of: "AKIA1")?.secret == "wJalr")
            #expect(try await keys.secret(of: "AKIA2") == nil)
            #expect(try await keys.revoke("AKIA1", now: StorageFixture.now))
            #expect(try await !keys.revoke("AKIA1", now: StorageFixture.now))
            #expect(try await keys.secret(of: "AKIA1") == nil)
            #expect(try await keys.list().map(\.revokedAt) == [StorageFixture.now])
        }
    }

    private static let hosts = LoginHosts(plainURL: "https://auth.example.com", prefixBase: "login.example.com")

    private static func domain(_ name: String, isCustom: Bool = false, in fixture: StorageFixture) -> PoolDomain {
        PoolDomain(
            name: name,
            poolID: fixture.pool.id,
            isCustom: isCustom,
            description: DomainDescriptionType(domain: name, managedLoginVersion: 2)
        )
    }

    @Test("a host leads to its pool's domain, by its prefix and region or by its name", arguments: TestEngine.allCases)
    func findDomain(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let (directory, domains) = (fixture.store.directory, fixture.store.domains)
            try await domains.create(Self.domain("mine", in: fixture))
            try await domains.create(Self.domain("id.mine.example.com", isCustom: true, in: fixture))
            let hosts =
                [
                    ("mine.auth.us-east-1.login.example.com", "mine"), ("id.mine.example.com", "id.mine.example.com"),
                    ("mine.auth.eu-west-1.login.example.com", nil), ("other.auth.us-east-1.login.example.com", nil),
                    ("mine", nil), ("id.mine.example.com.auth.us-east-1.login.example.com", nil),
                    ("auth.example.com", nil),
                    ("a.b.example.com", nil), ("mine.auth.us-east-1.amazoncognito.com", nil), ("", nil),
                ] as [(String, String?)]
            for (host, name) in hosts {
                #expect(try await directory.findDomain(host, hosts: Self.hosts)?.name == name, "\(host)")
            }
            // Kept, so that the database isn't asked; nor for what can be no domain.
            let before = fixture.store.database.statistics.statements
            for host in ["mine.auth.us-east-1.login.example.com", "auth.example.com", "localhost", "127.0.0.1"] {
                _ = try await directory.findDomain(host, hosts: Self.hosts)
            }
            #expect(fixture.store.database.statistics.statements == before)
        }
    }

    @Test("a domain that is added, changed or gone is so at once", arguments: TestEngine.allCases)
    func domainChanges(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let (directory, domains) = (fixture.store.directory, fixture.store.domains)
            let host = "mine.auth.us-east-1.login.example.com"
            #expect(try await directory.findDomain(host, hosts: Self.hosts) == nil)
            #expect(try await directory.pool(fixture.pool.id).pool.domain == nil)
            try await domains.create(Self.domain("mine", in: fixture))
            #expect(try await directory.findDomain(host, hosts: Self.hosts) != nil)
            #expect(try await directory.pool(fixture.pool.id).pool.domain?.hasPrefix("mine.auth.us-east-1.") == true)
            _ = try await domains.update("mine", of: fixture.pool.id) { $0.description.managedLoginVersion = 1 }
            #expect(
                try await directory.findDomain(host, hosts: Self.hosts)?.description.managedLoginVersion == 1
            )
            try await domains.delete("mine", of: fixture.pool.id)
            #expect(try await directory.findDomain(host, hosts: Self.hosts) == nil)
            #expect(try await directory.pool(fixture.pool.id).pool.domain == nil)
        }
    }

    @Test("another node's domain is dropped when it goes", arguments: [TestEngine.postgreSQL, .pooledPostgreSQL])
    func domainOfAnotherNode(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let host = "mine.auth.us-east-1.login.example.com"
            let other = try StorageFixture.makeStore(fixture.url)
            let follower = Task { await other.directory.follow(other.database) }
            for _ in 0..<3 {
                try await fixture.store.domains.create(Self.domain("mine", in: fixture))
                // Nothing is kept of a name that is nobody's.
                #expect(try await other.directory.findDomain(host, hosts: Self.hosts) != nil)
                try await fixture.store.domains.delete("mine", of: fixture.pool.id)
                var isThere = true
                for _ in 0..<500 where isThere {
                    isThere = try await other.directory.findDomain(host, hosts: Self.hosts) != nil
                    try await Task.sleep(for: .milliseconds(10))
                }
                try #require(!isThere)
            }
            await other.database.close()
            await follower.value
        }
    }
}
