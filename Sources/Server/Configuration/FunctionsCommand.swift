import Cryptography
import Domain
import NetworkClient
import Triggers
import UserPools

/// `martlet functions`: calls a function, and encrypts a code, as the server does it, so that operators see whether what they
/// have set up works.
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

    /// A function is called with `event`, and its answer printed; an encrypted code is printed in base64. Throws where the
    /// function fails, or isn't reached, or there is no key.
    package func run(event: () -> String, _ print: (String) -> Void) async throws {
        switch action {
        case .encrypt(let code, let pool, let keyID):
            print(try functions.codeEncryption(random: .system).encrypt(code, poolID: pool, keyID: keyID))
        case .call(let arn):
            let client = NetworkClient()
            let answer: Result<[UInt8], FunctionFailure>
            do {
                answer = .success(try await caller(client).call(arn, event: Array(event().utf8)))
            } catch {
                answer = .failure(error)
            }
            await client.close()
            print(String(decoding: try answer.get(), as: UTF8.self))
        }
    }

    private func caller(_ client: NetworkClient) -> any FunctionCaller {
        functions.caller(transport: client, clock: .system, random: .system) { _ in }
    }
}

extension FunctionFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .failed(let message): "the function failed: \(message)"
        case .unreachable(let code): "the function can't be called: \(code)"
        }
    }
}
