import CognitoModel
import Synchronization
import Triggers

/// Functions of tests: what each ARN does with an event, and the events that came.
final class Functions: FunctionCaller {
    /// What a function makes of the event: the event with its answer, as functions return it.
    typealias Body = @Sendable (JSONValue) async throws -> JSONValue

    private struct State {
        var bodies: [String: Body] = [:]
        var events: [JSONValue] = []
        var payloads: [String] = []
    }

    private let state = Mutex(State())

    /// The events that functions were called with, in order.
    var events: [JSONValue] { state.withLock { $0.events } }

    /// The same as they came, byte for byte.
    var payloads: [String] { state.withLock { $0.payloads } }

    /// The `triggerSource` of each.
    var sources: [String] { events.compactMap { $0["triggerSource"]?.stringValue } }

    /// Lets the function of the ARN do that.
    func set(_ arn: String, _ body: @escaping Body) { state.withLock { $0.bodies[arn] = body } }

    /// Lets the function of the ARN return its event with these members of `response` set.
    func answer(_ arn: String, with response: [String: JSONValue]) {
        set(arn) { $0.answered(with: response) }
    }

    /// Forgets the events that came.
    func forgetEvents() { state.withLock { ($0.events, $0.payloads) = ([], []) } }

    func clear() { state.withLock { $0 = State() } }

    func call(_ arn: String, event: [UInt8]) async throws(FunctionFailure) -> [UInt8] {
        guard let value = try? RequestDecoder.document(JSONValue.self, from: event) else {
            throw .failed(message: "the event isn't JSON")
        }
        let body = state.withLock { state in
            state.events.append(value)
            state.payloads.append(String(decoding: event, as: UTF8.self))
            return state.bodies[arn]
        }
        guard let body else { throw .unreachable(code: "ResourceNotFoundException") }
        do {
            return try await body(value).jsonBytes
        } catch let failure as FunctionFailure {
            throw failure
        } catch {
            throw .failed(message: "\(error)")
        }
    }
}

extension JSONValue {
    /// The event with these members of `response` set.
    func answered(with response: [String: JSONValue]) -> JSONValue {
        guard case .object(var event) = self, case .object(var all)? = event["response"] else { return self }
        all.merge(response) { $1 }
        event["response"] = .object(all)
        return .object(event)
    }
}

/// What tests can read without a key.
struct ReversingEncryption: CodeEncryption {
    func encrypt(_ code: String, poolID: String) -> String { "sealed:\(String(code.reversed()))" }
}
