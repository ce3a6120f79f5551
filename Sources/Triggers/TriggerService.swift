import CognitoModel
import Domain
import JSON

/// Calls the functions of pools at the moments of their triggers. A file for each trigger says what its event has, and
/// which answers it takes.
///
/// Nothing is called inside a transaction, as that may run again.
package struct TriggerService: Sendable {
    /// How long what a function answers may be, in bytes: what Lambda allows.
    package static let longestAnswer = 6 << 20

    /// How many values there may be in the response of an answer, at any depth: a long one of many costs a hundred times
    /// its own size.
    private static let mostValues = 10_000

    private let functions: any FunctionCaller

    package init(functions: any FunctionCaller) { self.functions = functions }

    /// Calls the pool's function; returns the `response` of its answer, nil where the pool has no function for the
    /// trigger. Throws `TriggerFailure`.
    func answer(to event: TriggerEvent) async throws(TriggerFailure) -> JSONValue? {
        let trigger = event.source.trigger
        guard let function = event.pool.function(for: trigger) else { return nil }
        let answer = try await call(function, event)
        guard let returned = try? JSONElement(parsing: answer), returned.kind != .null else {
            throw .malformed(trigger, .notJSON)
        }
        // A function returns the event that it was given, with its answer. These two are there or they aren't, and
        // Cognito takes no event in which one has become null, as it does in languages that write what they have no
        // value for.
        guard returned["version"]?.string != nil,
            let caller = returned["callerContext"], caller.kind == .object, caller["clientId"]?.kind != .null,
            returned["request"]?["clientMetadata"]?.kind != .null,
            let response = returned["response"], response.kind == .object, response.holds(atMost: Self.mostValues),
            let value = try? RequestDecoder.document(JSONValue.self, from: response)
        else { throw .malformed(trigger, .unrecognizable) }
        return value
    }

    /// Calls the pool's function and looks at nothing that it returns. Throws `TriggerFailure` where there is none,
    /// too.
    func tell(_ event: TriggerEvent) async throws(TriggerFailure) {
        let trigger = event.source.trigger
        guard let function = event.pool.function(for: trigger) else {
            throw .unreachable(trigger, code: FunctionError.notFound)
        }
        _ = try await call(function, event)
    }

    private func call(_ function: TriggerFunction, _ event: TriggerEvent) async throws(TriggerFailure) -> [UInt8] {
        do {
            return try await functions.call(function.arn, event: event.bytes(version: function.eventVersion))
        } catch {
            switch error {
            case .failed(let message): throw .refused(function.trigger, message: message)
            case .unreachable(let code): throw .unreachable(function.trigger, code: code)
            }
        }
    }
}
