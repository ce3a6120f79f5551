import CognitoModel
import Cryptography
import Domain
import Operations
import SignIn
import UserPools

/// Calls the API's operations for pages: their input is held against the model's constraints, as when it comes by the
/// wire, and they count against the limits of the pool's account.
struct OperationCaller: Sendable {
    let services: Services
    /// Nil where accounts have no limits.
    let limiter: RateLimiter?

    /// Calls an operation of the request's client. Throws what the operation throws.
    func call<Called: Operation>(
        _ operation: Called.Type,
        _ members: [String: JSONValue?],
        on request: PageRequest
    ) async throws -> Called.Output where Called.Caller == PublicClient {
        var members = members
        members["ClientId"] = .string(request.client.client.id)
        if let username = (members["Username"] ?? nil)?.stringValue {
            members["SecretHash"] = request.client.client.secretHash(for: username).map(JSONValue.string)
        }
        return try await call(operation, members, as: request.client, on: request)
    }

    /// Calls an operation as that caller. Throws what the operation throws.
    func call<Called: Operation>(
        _ operation: Called.Type,
        _ members: [String: JSONValue?],
        as caller: Called.Caller,
        on request: PageRequest
    ) async throws -> Called.Output {
        try admit("\(operation)", on: request)
        let document = JSONValue.object(members.compactMapValues(\.self))
        let input = try RequestDecoder.request(Called.Input.self, from: Array(document.jsonBytes))
        let call = ServiceCall(caller: caller, service: services, request: request.routed.context)
        return try await Called.run(input, call)
    }

    /// Counts a call of that operation. Throws where the account's limit is reached.
    func admit(_ operation: String, on request: PageRequest) throws {
        guard let limiter else { return }
        let category = LimitCategory(ofOperation: operation)
        guard limiter.admits(category, of: request.pool.account, at: request.now) else {
            throw CognitoError.rateExceeded
        }
    }
}
