import CognitoModel
import Domain
import Storage

/// An operation behind its name: decode, check, authenticate, run, encode.
package struct AnyOperation: Sendable {
    package let name: String
    package let isQuick: Bool
    /// Answers the body of a request with the body of its response.
    package let answer: @Sendable (_ body: [UInt8], _ request: CallRequest) async throws -> [UInt8]

    package init<Called: Operation>(_ operation: Called.Type) {
        name = String(describing: operation)
        isQuick = operation.isQuick
        answer = { body, request in
            let input = try RequestDecoder.request(Called.Input.self, from: body)
            if let input = input as? any UserPoolBearing { request.concern.note(poolID: input.userPoolId) }
            let caller = try await Called.authenticate(input, request)
            if let caller = caller as? any PoolCaller { request.concern.note(poolID: caller.pool.id) }
            let call = Call(caller: caller, services: request.services, now: request.services.clock.now())
            return try await Called.run(input, call).jsonBytes
        }
    }
}
