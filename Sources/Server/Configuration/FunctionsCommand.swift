import Cryptography
import Domain
import NetworkClient
import Synchronization
import Triggers

/// `martlet functions`: calls a function, and encrypts a code, as the server does it, so that operators see whether
/// what they have set up works.
package struct FunctionsCommand: Sendable {
    private enum Action {
        case call(arn: String)
        case encrypt(code: String, pool: String, keyID: String)
    }

    /// The flags of every `martlet functions` command.
    package static let flags =
        [
            Flag("arn", "ARN", "call: the function; required"),
            Flag("pool", "ID", "encrypt: the user pool; required"),
            Flag("key-id", "ARN", "encrypt: the pool's KMSKeyID; required"),
            Flag("code", "CODE", "encrypt: the code; required"),
        ] + FunctionConfiguration.productionFlags

    private let action: Action
    private let functions: FunctionConfiguration

    /// Reads `call` or `encrypt`, and flags. Throws `UsageError`.
    package init(_ arguments: [String], environment: [String: String]) throws {
        let values = try FlagValues(Array(arguments.dropFirst()), flags: Self.flags, environment: environment)
        switch arguments.first {
        case "call": action = .call(arn: try values.required("arn"))
        case "encrypt":
            action = .encrypt(
                code: try values.required("code"),
                pool: try values.required("pool"),
                keyID: try values.required("key-id")
            )
        default: throw UsageError("functions: say call or encrypt")
        }
        functions = try FunctionConfiguration(values, environment: environment)
    }

    /// A function is called with `event`, and its answer printed; an encrypted code is printed in base64. Throws where
    /// the function fails, or isn't reached, or there is no key.
    package func run(event: () -> String, _ print: (String) -> Void) async throws {
        switch action {
        case .encrypt(let code, let pool, let keyID):
            print(try functions.codeEncryption(random: .system).encrypt(code, poolID: pool, keyID: keyID))
        case .call(let arn):
            print(String(decoding: try await answer(of: arn, to: event()), as: UTF8.self))
        }
    }

    private func answer(of arn: String, to event: String) async throws -> [UInt8] {
        let client = NetworkClient()
        let over = CallBox()
        let caller = functions.caller(transport: client, clock: .system, random: .system) { over.put($0) }
        let answer: Result<[UInt8], FunctionFailure>
        do {
            answer = .success(try await caller.call(arn, event: Array(event.utf8)))
        } catch {
            answer = .failure(error)
        }
        await client.close()
        return try answer.mapError { FunctionCommandFailure(failure: $0, call: over.call) }.get()
    }

    /// Takes what is told of the call.
    private final class CallBox: Sendable {
        private let kept = Mutex<FunctionCall?>(nil)

        var call: FunctionCall? { kept.withLock { $0 } }

        func put(_ call: FunctionCall) { kept.withLock { $0 = call } }
    }
}

/// A call failed: what users would be told, and what only the operator is.
struct FunctionCommandFailure: Error, CustomStringConvertible {
    let failure: FunctionFailure
    let call: FunctionCall?

    var description: String {
        switch failure {
        case .failed(let message): return "the function failed: \(message)"
        case .unreachable(let code):
            let cause = call.flatMap { call in call.detail.map { " (tries: \(call.tries), \($0))" } }
            return "the function can't be called: \(code)\(cause ?? "")"
        }
    }
}
