import CognitoModel
import Cryptography
import Database
import DatabaseTestSupport
import Domain
import JOSE
import Storage
import Synchronization

/// A store on one engine, with a pool in it and a clock that stands still.
struct StorageFixture: Sendable {
    static let now = Timestamp(milliseconds: 1_795_000_000_000)
    static let masterKey = [UInt8](repeating: 7, count: 32)

    let store: Store
    let pool: UserPool
    let url: String

    /// Runs the body on a fresh database of the engine. `configure` changes the pool's configuration.
    static func run(
        _ engine: TestEngine,
        configure: (inout UserPoolType) -> Void = { _ in },
        _ body: (StorageFixture) async throws -> Void
    ) async throws {
        try await engine.withURL { url in
            let store = try makeStore(url)
            do {
                try await store.prepare()
                var configuration = UserPoolType(id: "us-east-1_Test00001", name: "test")
                configuration.schemaAttributes = StandardAttributes.schema
                configure(&configuration)
                let pool = UserPool(
                    id: "us-east-1_Test00001",
                    region: "us-east-1",
                    accountID: "000000000000",
                    configuration: configuration
                )
                let isNew = try await store.pools.create(pool, keys: keys, now: now)
                guard isNew else { throw CognitoError.internalFailure }
                try await body(StorageFixture(store: store, pool: pool, url: url))
            } catch {
                await store.database.close()
                throw error
            }
            await store.database.close()
        }
    }

    /// Another store on the same database, as another node has it.
    static func makeStore(_ url: String, masterKey: [UInt8] = masterKey) throws -> Store {
        Store(
            database: try openDatabase(url, options: .small),
            vault: try Vault(masterKeys: [masterKey]),
            clock: WallClock { now }
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
}

/// Whether the error is one of Cognito's with that code.
func hasCode(_ code: ErrorCode) -> (any Error) -> Bool {
    { ($0 as? CognitoError)?.code == code }
}
