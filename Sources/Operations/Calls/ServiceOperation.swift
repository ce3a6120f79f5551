package import CognitoModel
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
}

extension ServiceOperation where Input: UserPoolBearing {
    /// The pool that the request names.
    package static func poolID(namedBy input: Input) -> String? { input.userPoolId }
}

extension ServiceOperation where Caller: PoolCaller {
    /// The caller's pool.
    package static func poolID(of caller: Caller) -> String? { caller.poolID }
}
