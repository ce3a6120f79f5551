import CognitoModel
import Cryptography
import Database
import DatabaseTestSupport
import Domain
import JOSE
import Storage
import Testing

@Suite("Everything that is sealed is sealed anew, while the server serves")
struct SealedValuesTests {
    private static let newKey = [UInt8](repeating: 8, count: 32)
    private static let kinds = [
        "key of hashes", "signing keys", "access keys", "client secrets", "second client secrets", "provider secrets",
        "SAML keys", "passwords", "software tokens", "devices", "software tokens being set up", "imported passwords",
        "import files", "messages", "password history",
    ]

    /// The fixture's database, as a node has it that knows these keys.
    private static func with(
        _ keys: [[UInt8]],
        on fixture: StorageFixture,
        _ body: (Store) async throws -> Void
    ) async throws {
        let store = Store(
            database: try openDatabase(fixture.url, options: .small),
            vault: try Vault(masterKeys: keys.map { MasterKey($0) }),
            clock: fixture.clock.wallClock
        )
        do {
            try await store.prepare()
            try await body(store)
        } catch {
            await store.database.close()
            throw error
        }
        await store.database.close()
    }

    /// A verifier as `PasswordHasher` seals it, without its modular power.
    private static func password(_ text: String, of user: User, _ vault: Vault) throws -> StoredPassword {
        let context = "\(user.poolID)/\(user.username)"
        let sealed = try vault.seal(Array(text.utf8), for: .passwordVerifier, context: context)
        return StoredPassword(salt: [1], sealedVerifier: sealed)
    }

    private static func open(_ password: StoredPassword?, of user: User, _ vault: Vault) throws -> String? {
        let context = "\(user.poolID)/\(user.username)"
        guard let password,
            let opened = try vault.open(password.sealedVerifier, for: .passwordVerifier, context: context)
        else { return nil }
        return String(decoding: opened, as: UTF8.self)
    }

    /// Users with two passwords and two software tokens each, a client with two secrets, one without, and an access key.
    private static func fill(_ fixture: StorageFixture, users count: Int) async throws -> [User] {
        let store = fixture.store
        for (id, secret) in [("c1", "s3cret"), ("c2", nil)] {
            let configuration = UserPoolClientType(userPoolId: fixture.pool.id, clientName: id, clientId: id)
            let client = AppClient(id: id, poolID: fixture.pool.id, configuration: configuration, secret: secret)
            #expect(try await store.clients.create(client))
            if secret != nil { _ = try await store.clients.addSecret("second", to: client) }
        }
        let key = AccessKey(id: "AKIA1", accountID: "1", description: "", createdAt: StorageFixture.now)
        try await store.accessKeys.create(key, secret: "access")
        let description = IdentityProviderType(userPoolId: fixture.pool.id, providerName: "Corp", providerType: .saml)
        let provider = IdentityProvider(description: description, secrets: ["client_secret": "theirs"])
        let privateKey = StorageFixture.keys.id.privateKey
        let samlKey = SAMLKey(certificate: "MII", privateKey: privateKey, createdAt: StorageFixture.now)
        try await store.identityProviders.create(provider, key: samlKey, poolID: fixture.pool.id)
        var users: [User] = []
        for number in 0..<count {
            let user = try await fixture.addUser("user\(number)")
            for text in ["former", "current"] {
                fixture.clock.advance(seconds: 1)
                let password = try password("\(text) of \(user.username)", of: user, store.vault)
                try await store.users.update(sub: user.sub, in: fixture.pool) { $0.password = password }
            }
            let secret = try store.vault.sealSoftwareToken(Array("token of \(user.sub)".utf8), of: user)
            let pending = try store.vault.sealSoftwareToken(Array("next token of \(user.sub)".utf8), of: user)
            try await store.users.update(sub: user.sub, in: fixture.pool) { user in
                user.factors.softwareToken = SoftwareToken(sealedSecret: secret, name: nil, lastStep: 5)
                user.factors.pendingSecret = pending
            }
            try await addDevice(of: user, store)
            users.append(user)
        }
        let message = DueMessage(
            id: "m1",
            poolID: fixture.pool.id,
            sub: users.first?.sub ?? "",
            userName: "user0",
            username: "user0",
            destination: CodeDestination(UserAttribute("email", "a@b.c")),
            occasion: .forgotPassword,
            code: "123456",
            caller: TriggerCaller(clientID: "c1"),
            expiresAt: StorageFixture.now,
            words: ("Subject", "Code 123456")
        )
        try await store.outbox.put(try store.outbox.stored(message, lane: .mails, now: StorageFixture.now))
        try await fixture.addUser("without a password")
        try await fillImports(fixture)
        return users
    }

    /// A user whose password was imported as a hash, and a job with a file of two parts.
    private static func fillImports(_ fixture: StorageFixture) async throws {
        let (store, pool, now) = (fixture.store, fixture.pool, StorageFixture.now)
        let hash = try store.vault.seal([1, 2], for: .importedPassword, context: "\(pool.id)/imported")
        let user = User(
            poolID: pool.id,
            sub: "5f1c5b1e-0000-4000-8000-000000000000",
            username: "imported",
            status: .confirmed,
            attributes: UserAttributes(),
            importedPassword: ImportedPassword(sealedHash: hash),
            createdAt: now,
            modifiedAt: now
        )
        try await store.users.create(user, in: pool)
        let job = ImportJob(poolID: pool.id, id: "import-1", name: "n", roleARN: "r", algorithm: nil, createdAt: now)
        try await store.imports.create(job)
        let upload = ImportRepository.Upload(poolID: pool.id, jobID: job.id, id: "u")
        for number in 0..<2 {
            let isKept = try await store.imports.keep([UInt8(number)], number: number, of: upload)
            #expect(isKept)
        }
        let isComplete = try await store.imports.complete(upload, parts: 2)
        #expect(isComplete)
    }

    /// A device as ConfirmDevice keeps it.
    private static func addDevice(of user: User, _ store: Store) async throws {
        let context = "\(user.poolID)/\(user.sub)/key"
        let sealed = try store.vault.seal(Array("device".utf8), for: .deviceVerifier, context: context)
        try await store.database.write { connection in
            try connection.execute(
                """
                insert into devices (pool_id, sub, device_key, salt, verifier, remembered, created_at, modified_at,
                    authenticated_at)
                values (\(user.poolID), \(user.sub), 'key', \([UInt8(1)]), \(sealed), true, 1, 1, 1)
                """
            )
        }
    }

    private static func rememberPasswords(_ pool: inout UserPoolType) {
        pool.policies = UserPoolPolicyType(passwordPolicy: PasswordPolicyType(passwordHistorySize: 3))
    }

    private static func reseal(_ store: Store, batch: Int = 250) async throws -> [SealedValues.Resealing] {
        var results: [SealedValues.Resealing] = []
        try await store.sealedValues.inBatches(of: batch).reseal { results.append($0) }
        return results
    }

    @Test(
        "afterwards the old key can go, and a second time nothing is to do",
        arguments: TestEngine.withPooler,
        [1, 4, 250]
    )
    func reseal(engine: TestEngine, batch: Int) async throws {
        try await StorageFixture.run(engine, configure: Self.rememberPasswords) { fixture in
            let users = try await Self.fill(fixture, users: 9)
            let names = fixture.store.vault.keys.map(\.name)
            let counts = [1, 2, 1, 1, 1, 1, 1, 9, 9, 9, 9, 1, 2, 1, 18]
            try await Self.with([Self.newKey, StorageFixture.masterKey], on: fixture) { store in
                let before = try await store.sealedValues.count()
                #expect(before.map(\.kind) == Self.kinds)
                // Whoever knows the new key seals that of hashes under it when they start.
                #expect(before.dropFirst().map { $0.byKey[names[0]] } == counts.dropFirst().map(Optional.init))
                let results = try await Self.reseal(store, batch: batch)
                #expect(results.map(\.kind) == Self.kinds)
                #expect(results.map(\.rewritten) == [0] + counts.dropFirst())
                #expect(results.allSatisfy { $0.remaining == 0 && $0.unreadable == 0 })
                let after = try await store.sealedValues.count()
                #expect(after.map(\.byKey) == counts.map { [store.vault.keys[0].name: $0] })
                #expect(try await Self.reseal(store, batch: batch).allSatisfy { $0.rewritten == 0 })
            }
            try await Self.with([Self.newKey], on: fixture) { store in
                #expect(try await store.directory.pool(fixture.pool.id).keys.jwks == StorageFixture.keys.jwks)
                #expect(try await store.directory.client("c1").client.secret == "s3cret")
                #expect(try await store.directory.client("c2").client.secret == nil)
                #expect(try await store.accessKeys.secret(of: "AKIA1")?.secret == "access")
                let provider = try await store.identityProviders.get("Corp", poolID: fixture.pool.id)
                #expect(provider.secrets == ["client_secret": "theirs"])
                for user in users {
                    let found = try await store.users.get(user.username, in: fixture.pool)
                    #expect(try Self.open(found.password, of: user, store.vault) == "current of \(user.username)")
                    let device = try await store.devices.get("key", of: user.sub, poolID: user.poolID)
                    let verifier = try store.vault.open(
                        #require(device.password).sealedVerifier,
                        for: .deviceVerifier,
                        context: "\(user.poolID)/\(user.sub)/key"
                    )
                    #expect(verifier == Array("device".utf8))
                    let token = try #require(found.factors.softwareToken)
                    let secret = try store.vault.openSoftwareToken(token.sealedSecret, of: user)
                    #expect(secret == Array("token of \(user.sub)".utf8) && token.lastStep == 5)
                    let pending = try store.vault.openSoftwareToken(#require(found.factors.pendingSecret), of: user)
                    #expect(pending == Array("next token of \(user.sub)".utf8))
                    let history = try await store.users.passwordHistory(
                        sub: user.sub,
                        poolID: fixture.pool.id,
                        count: 3
                    )
                    let opened = try history.map { try Self.open($0, of: user, store.vault) }
                    #expect(opened == ["current of \(user.username)", "former of \(user.username)"])
                }
            }
        }
    }

    @Test("a value under a key that is missing is told, and left as it is", arguments: TestEngine.allCases)
    func unreadable(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let users = try await Self.fill(fixture, users: 3)
            let stranger = try Vault(masterKeys: [MasterKey([UInt8](repeating: 9, count: 32))])
            let password = try Self.password("x", of: users[1], stranger)
            try await fixture.store.users.update(sub: users[1].sub, in: fixture.pool) { $0.password = password }
            try await Self.with([Self.newKey, StorageFixture.masterKey], on: fixture) { store in
                let result = try #require(try await Self.reseal(store).first { $0.kind == "passwords" })
                #expect(result.rewritten == 2 && result.unreadable == 1 && result.remaining == 0)
                let byKey = try await store.sealedValues.count().first { $0.kind == "passwords" }?.byKey
                #expect(byKey == [store.vault.keys[0].name: 2, stranger.keys[0].name: 1])
                let found = try await store.users.get("user1", in: fixture.pool)
                #expect(found.password == password)
            }
        }
    }

    @Test("a value that somebody changes at each try remains, and is told", arguments: TestEngine.allCases)
    func remaining(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let users = try await Self.fill(fixture, users: 2)
            let database = RecordingDatabase(fixture.store.database) {
                // As a node does that hasn't the new key first yet.
                let password = try Self.password("again", of: users[0], fixture.store.vault)
                try await fixture.store.users.update(sub: users[0].sub, in: fixture.pool) { $0.password = password }
            }
            let vault = try Vault(masterKeys: [Self.newKey, StorageFixture.masterKey].map { MasterKey($0) })
            let store = Store(database: database, vault: vault, clock: fixture.clock.wallClock)
            try await store.prepare()
            let result = try #require(try await Self.reseal(store).first { $0.kind == "passwords" })
            #expect(result.rewritten == 1 && result.remaining == 1 && result.unreadable == 0)
            let byKey = try await store.sealedValues.count().first { $0.kind == "passwords" }?.byKey
            #expect(byKey == [vault.keys[0].name: 1, vault.keys[1].name: 1])
        }
    }

    /// A node that hasn't the new key first yet seals under the old one; what it writes must win, and what it read
    /// before must not come back.
    @Test(
        "who changes a password meanwhile wins, and nothing that was replaced comes back",
        arguments: TestEngine.allCases
    )
    func concurrentChanges(engine: TestEngine) async throws {
        try await StorageFixture.run(engine, configure: Self.rememberPasswords) { fixture in
            let users = try await Self.fill(fixture, users: 20)
            let keys = [Self.newKey, StorageFixture.masterKey]
            try await Self.with(keys, on: fixture) { store in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for (number, user) in users.enumerated() {
                        group.addTask {
                            for round in 0..<10 {
                                // Half of them change a password, the others something else of the user.
                                let password = try Self.password("round \(round)", of: user, store.vault)
                                try await store.users.update(sub: user.sub, in: fixture.pool) { user in
                                    if number % 2 == 0 { user.password = password }
                                    user.attributes["name"] = "round \(round)"
                                }
                            }
                        }
                    }
                    for _ in 0..<3 { group.addTask { _ = try await Self.reseal(store, batch: 3) } }
                    try await group.waitForAll()
                }
                _ = try await Self.reseal(store)
                let newest = store.vault.keys[0].name
                for (kind, byKey) in try await store.sealedValues.count() {
                    #expect(Set(byKey.keys) == [newest], "\(kind)")
                }
                for (number, user) in users.enumerated() {
                    let found = try await store.users.get(user.username, in: fixture.pool)
                    let expected = number % 2 == 0 ? "round 9" : "current of \(user.username)"
                    #expect(try Self.open(found.password, of: user, store.vault) == expected)
                    #expect(found.attributes["name"] == "round 9")
                }
            }
        }
    }
}
