package import CognitoModel
import Domain
import Storage
import Synchronization

/// One operation of the API. Its type is named as AWS names it, and so is its file.
///
/// Who may call is part of the type: the pipeline proves a `Caller` before `run`, and an operation can't be compiled
/// against an identity that nothing proves.
package protocol Operation: Sendable {
    associatedtype Input: JSONDecodable & Sendable
    associatedtype Output: JSONEncodable & Sendable
    associatedtype Caller: Sendable

    /// Whether it takes a few microseconds beside one keyed read, and no private key: such a request isn't handed to
    /// another thread.
    static var isQuick: Bool { get }

    /// Proves who calls. Throws the error that the caller gets.
    static func authenticate(_ input: Input, _ request: CallRequest) async throws -> Caller

    static func run(_ input: Input, _ call: Call<Caller>) async throws -> Output
}

/// What the pipeline knows of a request beside its input.
package struct CallRequest: Sendable {
    package let services: Services
    /// The `x-amzn-requestid` of the answer.
    package let id: String
    /// Who signed the request; nil where it wasn't signed, or needn't be.
    package let administrator: Administrator?
    /// Told of the pool as soon as it is known, for the log.
    package let concern: Concern

    package init(services: Services, id: String, administrator: Administrator?, concern: Concern) {
        self.services = services
        self.id = id
        self.administrator = administrator
        self.concern = concern
    }
}

/// Which pool a request is about.
package final class Concern: Sendable {
    private let id = Mutex<String?>(nil)

    package init() {}

    package var poolID: String? { id.withLock { $0 } }

    func note(poolID: String) { id.withLock { $0 = poolID } }
}

/// A caller of one pool.
protocol PoolCaller {
    var pool: UserPool { get }
}

extension TokenHolder: PoolCaller {}
extension PublicClient: PoolCaller {}

/// One call: who makes it, and what it acts through.
@dynamicMemberLookup
package struct Call<Caller: Sendable>: Sendable {
    package let caller: Caller
    package let services: Services
    /// The moment of the call: one for all that it does.
    package let now: Timestamp

    package subscript<Member>(dynamicMember path: any KeyPath<Services, Member> & Sendable) -> Member {
        services[keyPath: path]
    }
}

/// The output of operations that have none: an empty body.
package struct NoOutput: JSONEncodable, Sendable {
    package func encode(into json: inout JSONWriter) {}
}

extension Operation {
    package static var isQuick: Bool { false }
}

extension Operation where Caller == Administrator {
    package static func authenticate(_ input: Input, _ request: CallRequest) async throws -> Administrator {
        guard let administrator = request.administrator else {
            throw CognitoError(.missingAuthenticationToken, "Missing Authentication Token")
        }
        return administrator
    }
}

extension Operation where Caller == PublicClient, Input: ClientBearing {
    package static func authenticate(_ input: Input, _ request: CallRequest) async throws -> PublicClient {
        let (client, entry) = try await request.services.store.directory.client(input.clientId)
        return PublicClient(client: client, entry: entry)
    }
}

extension Operation where Caller == TokenHolder, Input: AccessTokenBearing {
    /// One read, and one RSA public operation the first time that a token comes.
    package static func authenticate(_ input: Input, _ request: CallRequest) async throws -> TokenHolder {
        try await TokenHolder(accessToken: input.accessToken, services: request.services)
    }
}

extension Call where Caller == Administrator {
    /// The pool of that id in the caller's account and region. Throws `ResourceNotFoundException` where there is none.
    func pool(_ id: String) async throws -> UserPool {
        let pool = try await services.store.directory.pool(id).pool
        guard pool.region == caller.region, pool.accountID == caller.accountID else {
            throw CognitoError.poolDoesNotExist(id)
        }
        return pool
    }

    /// The client of that pool, and the pool.
    func client(_ id: String, in poolID: String) async throws -> PublicClient {
        _ = try await pool(poolID)
        let (client, entry) = try await services.store.directory.client(id, in: poolID)
        return PublicClient(client: client, entry: entry)
    }
}
