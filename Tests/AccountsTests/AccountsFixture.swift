import Accounts
import CognitoModel
import Cryptography
import Database
import Domain
import JOSE
import Messaging
import Storage
import Synchronization
import Triggers

/// The services of accounts on a database that is gone afterwards, with a pool in it, a clock that tests set, and a
/// delivery that keeps what it is given.
struct AccountsFixture: Sendable {
    /// Where the clock begins.
    static let now = Timestamp(milliseconds: 1_795_000_000_000)
    static let issuer = Issuer.publicURL("http://localhost")

    let store: Store
    let pool: UserPool
    let client: AppClient
    let clock: TestClock
    let outbox: Outbox
    let finder: UserFinder
    let passwords: PasswordService
    let messages: MessageSender
    let codes: CodeService
    let attributes: AttributeService
    let accessTokens: AccessTokenVerifier

    /// Runs the body on a fresh store. `configure` changes the pool's configuration.
    static func run(
        configure: (inout UserPoolType) -> Void = { _ in },
        _ body: (AccountsFixture) async throws -> Void
    ) async throws {
        let clock = TestClock()
        let database = try openDatabase("sqlite::memory:")
        do {
            let vault = try Vault(masterKeys: [MasterKey([UInt8](repeating: 7, count: 32))])
            let store = Store(database: database, vault: vault, clock: clock.wallClock)
            try await store.prepare()
            let fixture = try AccountsFixture(store: store, clock: clock, pool: pool(configure: configure))
            _ = try await store.pools.create(fixture.pool, keys: keys.get(), now: now)
            _ = try await store.clients.create(fixture.client)
            try await body(fixture)
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    private init(store: Store, clock: TestClock, pool: UserPool) throws {
        self.store = store
        self.clock = clock
        self.pool = pool
        client = Self.client("client1", in: pool)
        outbox = Outbox()
        let hasher = try PasswordHasher(vault: store.vault, random: .system)
        let simulatedUsers = SimulatedUsers(vault: store.vault, passwords: hasher)
        finder = UserFinder(store: store, simulatedUsers: simulatedUsers)
        passwords = PasswordService(hasher: hasher, store: store)
        messages = MessageSender(
            store: store,
            triggers: TriggerService(functions: NoFunctions()),
            delivery: outbox,
            identifiers: IdentifierGenerator(random: .system),
            clock: clock.wallClock,
            encryption: OperatorCodeEncryption(keys: [:], anyKey: nil, random: .system)
        ) { [outbox] in outbox.note($0) }
        codes = CodeService(
            store: store,
            identifiers: IdentifierGenerator(random: .system),
            messages: messages,
            hosts: LoginHosts(plainURL: "https://login.test", prefixBase: "login.test"),
            limitsMessagesToAddresses: true
        )
        attributes = AttributeService(store: store, codes: codes)
        accessTokens = AccessTokenVerifier(store: store, issuer: Self.issuer)
    }

    static func pool(
        _ id: String = "us-east-1_Test00001",
        configure: (inout UserPoolType) -> Void = { _ in }
    ) -> UserPool {
        var configuration = UserPoolType(id: id, name: "test")
        configuration.schemaAttributes = StandardAttributes.schema
        configure(&configuration)
        return UserPool(id: id, region: "us-east-1", accountID: "000000000000", configuration: configuration)
    }

    static func client(
        _ id: String,
        in pool: UserPool,
        configure: (inout UserPoolClientType) -> Void = { _ in }
    ) -> AppClient {
        var configuration = UserPoolClientType(userPoolId: pool.id, clientName: "test", clientId: id)
        configure(&configuration)
        return AppClient(id: id, poolID: pool.id, configuration: configuration, secret: nil)
    }

    /// One pair for all tests, as making keys takes long.
    static let keys = Result { try makeKeys() }

    static func makeKeys() throws -> TokenKeys {
        TokenKeys(
            id: try SigningKey(id: "id", privateKey: .generate()),
            access: try SigningKey(id: IdentifierGenerator(random: .system).keyID(), privateKey: .generate())
        )
    }

    /// Whoever a caller of that name is taken for, through a client that hides who exists, or one that doesn't.
    func find(_ name: String, hides: Bool = true) async throws -> UserFinder.Found {
        let client = Self.client("c", in: pool) { $0.preventUserExistenceErrors = hides ? .enabled : .legacy }
        return try await finder.find(pool.name(name), through: client, in: pool, now: clock.now)
    }

    /// Adds a user with a verified mail address and the password, if one is given.
    func addUser(_ name: String, password: String? = nil) async throws -> User {
        var user = User(
            poolID: pool.id,
            sub: try RandomSource.system.uuid(),
            username: name,
            status: .confirmed,
            attributes: UserAttributes([
                UserAttribute("email", "\(name)@example.com"), UserAttribute("email_verified", "true"),
            ]),
            createdAt: clock.now,
            modifiedAt: clock.now
        )
        user.password = try password.map { try passwords.hasher.hash($0, of: user.srpIdentity) }
        try await store.users.create(user, in: pool)
        return user
    }
}

/// A clock that stands still until it is told to move.
final class TestClock: Sendable {
    private let time = Mutex(AccountsFixture.now)

    var wallClock: WallClock { WallClock { self.now } }

    var now: Timestamp { time.withLock { $0 } }

    func advance(seconds: Int64) { advance(milliseconds: seconds * 1000) }

    func advance(milliseconds: Int64) { time.withLock { $0 = $0.adding(milliseconds: milliseconds) } }
}

/// Keeps the messages that it is given, or fails.
final class Outbox: MessageDelivery {
    struct NoLine: Error {}

    private let kept = Mutex<[Message]>([])
    private let noted = Mutex<[MessageOutcome]>([])
    private let failing = Mutex(false)

    var messages: [Message] { kept.withLock { $0 } }

    /// What the sender says of each, in order.
    var outcomes: [MessageOutcome] { noted.withLock { $0 } }

    func note(_ event: MessageEvent) {
        noted.withLock { $0.append((event.failure != nil) == (event.outcome == .failed) ? event.outcome : .withheld) }
    }

    /// From now on no message can be handed over.
    func fail() { failing.withLock { $0 = true } }

    func deliver(_ message: Message) async throws(DeliveryFailure) {
        if failing.withLock({ $0 }) { throw DeliveryFailure(message.channel, isPermanent: true, cause: NoLine()) }
        kept.withLock { $0.append(message) }
    }
}
