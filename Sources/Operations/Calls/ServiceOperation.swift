package import CognitoModel
package import Domain
package import HTTPTransport

/// One operation of a service. Its type is named as AWS names it, and so is its file.
///
/// Who may call is part of the type: the pipeline proves a `Caller` before `run`, and an operation can't be compiled
/// against an identity that nothing proves.
package protocol ServiceOperation: Sendable {
    /// What the operations of the service act through.
    associatedtype Service: Sendable
    /// The request, decoded and held against the model's constraints.
    associatedtype Input: JSONDecodable & Sendable
    /// The response.
    associatedtype Output: JSONEncodable & Sendable
    /// Who may call: `Administrator`, `Anyone`, or a caller of the service's own.
    associatedtype Caller: Sendable

    /// Where it runs. On the thread that read the request only what takes one keyed read at most, and no private key.
    static var execution: Execution { get }

    /// The pool that the request is about, for the log; nil if the request doesn't name it.
    static func poolID(namedBy input: Input) -> String?

    /// The pool that the caller belongs to, for the log; nil if the caller belongs to none.
    static func poolID(of caller: Caller) -> String?

    /// Against whose limits the request counts; nil for nobody's.
    static func account(of caller: Caller) -> AccountPlace?

    /// The user that the request is about, for the audit trail, as are those that follow; nil if it names none.
    static func username(namedBy input: Input) -> String?

    /// The client that the request names; nil if it names none.
    static func clientID(namedBy input: Input) -> String?

    /// The user who calls; nil if it is none.
    static func username(of caller: Caller) -> String?

    /// The pool that was made; nil if none was.
    static func poolID(madeIn output: Output) -> String?

    /// The client that was made; nil if none was.
    static func clientID(madeIn output: Output) -> String?

    /// Proves who calls. Throws the error that the caller gets.
    static func authenticate(_ input: Input, _ request: RequestContext, _ service: Service) async throws -> Caller

    /// Does what the operation is for. Throws the error that the caller gets.
    static func run(_ input: Input, _ call: ServiceCall<Service, Caller>) async throws -> Output
}

/// The output of operations that have none: an empty body.
package struct NoOutput: JSONEncodable, Sendable {
    /// The one value.
    package init() {}

    /// Writes nothing.
    package func encode(into json: inout JSONWriter) {}
}

extension ServiceOperation {
    /// On the executor.
    package static var execution: Execution { .executor }

    /// Nil: most requests name no pool.
    package static func poolID(namedBy input: Input) -> String? { nil }

    /// Nil: most callers belong to no pool.
    package static func poolID(of caller: Caller) -> String? { nil }

    /// Nil: who proves nothing counts against nobody's limits.
    package static func account(of caller: Caller) -> AccountPlace? { nil }
}

extension ServiceOperation where Input: UserPoolBearing {
    /// The pool that the request names.
    package static func poolID(namedBy input: Input) -> String? { input.userPoolId }
}

extension ServiceOperation where Caller: PoolCaller {
    /// The caller's pool.
    package static func poolID(of caller: Caller) -> String? { caller.poolID }

    /// The pool's account.
    package static func account(of caller: Caller) -> AccountPlace? { caller.account }
}

extension ServiceOperation {
    /// Nil: most requests name no user.
    package static func username(namedBy input: Input) -> String? { nil }

    /// Nil: most requests name no client.
    package static func clientID(namedBy input: Input) -> String? { nil }

    /// Nil: most callers aren't users.
    package static func username(of caller: Caller) -> String? { nil }

    /// Nil: most operations make none.
    package static func poolID(madeIn output: Output) -> String? { nil }

    /// Nil: most operations make none.
    package static func clientID(madeIn output: Output) -> String? { nil }
}

extension ServiceOperation where Input: UsernameBearing {
    /// The user that the request is about.
    package static func username(namedBy input: Input) -> String? { input.username }
}

extension ServiceOperation where Input: ClientNaming {
    /// The client that the request names.
    package static func clientID(namedBy input: Input) -> String? { input.clientId }
}

extension ServiceOperation where Caller: UserCaller {
    /// The user who calls.
    package static func username(of caller: Caller) -> String? { caller.username }
}

extension ServiceOperation where Output == CreateUserPoolResponse {
    /// The new pool.
    package static func poolID(madeIn output: Output) -> String? { output.userPool?.id }
}

extension ServiceOperation where Output == CreateUserPoolClientResponse {
    /// The new client.
    package static func clientID(madeIn output: Output) -> String? { output.userPoolClient?.clientId }
}

extension ServiceOperation where Caller == Administrator {
    /// The administrator's.
    package static func account(of caller: Administrator) -> AccountPlace? {
        AccountPlace(accountID: caller.accountID, region: caller.region)
    }
}
