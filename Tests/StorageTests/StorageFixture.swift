import CognitoModel
import Cryptography
import Database
import DatabaseTestSupport
import Domain
import JOSE
import Storage
import Synchronization

/// A store on one engine, with a pool in it and a clock that tests set.
struct StorageFixture: Sendable {
    /// Where the clock begins.
    static let now = Timestamp(milliseconds: 1_795_000_000_000)
    static let masterKey = [UInt8](repeating: 7, count: 32)

    let store: Store
    let pool: UserPool
    let url: String
    let clock: TestClock

    /// Runs the body on a fresh database of the engine. `configure` changes the pool's configuration.
    static func run(
        _ engine: TestEngine,
        configure: (inout UserPoolType) -> Void = { _ in },
        _ body: (StorageFixture) async throws -> Void
    ) async throws {
        try await engine.withURL { url in
            let clock = TestClock()
            let store = try makeStore(url, clock: clock)
            do {
                try await store.prepare()
                let pool = makePool(configure: configure)
                let isNew = try await store.pools.create(pool, keys: keys, now: now)
                guard isNew else { throw PoolNotNew() }
                try await body(StorageFixture(store: store, pool: pool, url: url, clock: clock))
            } catch {
                await store.database.close()
                throw error
            }
            await store.database.close()
        }
    }

    static func makePool(
        _ id: String = "us-east-1_Test00001",
        configure: (inout UserPoolType) -> Void = { _ in }
    ) -> UserPool {
        var configuration = UserPoolType(id: id, name: "test")
        configuration.schemaAttributes = StandardAttributes.schema
        configure(&configuration)
        return UserPool(id: id, region: "us-east-1", accountID: "000000000000", configuration: configuration)
    }

    /// Another store on the same database, as another node has it.
    static func makeStore(
        _ url: String,
        masterKey: [UInt8] = masterKey,
        clock: TestClock = TestClock(),
        options: DatabaseOptions = .small
    ) throws -> Store {
        Store(
            database: try openDatabase(url, options: options),
            vault: try Vault(masterKeys: [MasterKey(masterKey)]),
            clock: clock.wallClock
        )
    }

    /// One pair for all tests, as making keys takes long.
    static let keys: TokenKeys = {
        do {
            return TokenKeys(
                id: try SigningKey(id: "id-key=", privateKey: .generate()),
                access: try SigningKey(id: "access-key=", privateKey: .generate())
            )
        } catch {
            preconditionFailure("\(error)")
        }
    }()

    func user(_ name: String, _ attributes: [UserAttribute] = [], status: UserStatusType = .confirmed) throws -> User {
        User(
            poolID: pool.id,
            sub: try RandomSource.system.uuid(),
            username: name,
            status: status,
            attributes: UserAttributes(attributes),
            createdAt: Self.now,
            modifiedAt: Self.now
        )
    }

    /// Adds a user and returns them.
    @discardableResult
    func addUser(_ name: String, _ attributes: [UserAttribute] = []) async throws -> User {
        let user = try user(name, attributes)
        try await store.users.create(user, in: pool)
        return user
    }

    /// A group, which isn't stored yet.
    func group(_ name: String) throws -> UserGroup {
        UserGroup(
            id: try RandomSource.system.uuid(),
            poolID: pool.id,
            name: name,
            description: nil,
            roleARN: nil,
            precedence: nil,
            createdAt: Self.now,
            modifiedAt: Self.now
        )
    }

    func session(of user: User) throws -> TokenSession {
        TokenSession(
            id: try RandomSource.system.uuid(),
            poolID: pool.id,
            sub: user.sub,
            clientID: "client",
            originJTI: try RandomSource.system.uuid(),
            authTime: Self.now,
            expiresAt: Self.now.adding(seconds: 3600)
        )
    }

    /// Opens a session with nothing else to write.
    func open(_ session: TokenSession, refreshHash: [UInt8]) async throws {
        var step = SessionRepository.Step()
        step.opening = (session, refreshHash)
        _ = try await store.sessions.advance(session.sub, by: step, in: pool)
    }

    /// The failed passwords that count against the user of that name.
    func failures(against name: String) async throws -> Int? {
        let nobody = "00000000-0000-4000-8000-00000000dead"
        return try await store.users.signingIn(name, standIn: nobody, in: pool).lockout?.failures
    }
}

/// A fresh database had a pool already.
private struct PoolNotNew: Error {}

/// A clock that stands still until it is told to move.
final class TestClock: Sendable {
    private let time = Mutex(StorageFixture.now)

    var wallClock: WallClock { WallClock { self.now } }

    var now: Timestamp { time.withLock { $0 } }

    /// Moves to so many seconds after the beginning.
    func set(after seconds: Int64) { set(StorageFixture.now.adding(seconds: seconds)) }

    func set(_ now: Timestamp) { time.withLock { $0 = now } }

    func advance(seconds: Int64) { time.withLock { $0 = $0.adding(seconds: seconds) } }
}
