import Synchronization

/// Collects what a request violates of the model's constraints while it is decoded, so that one message names all.
final class Violations: Sendable {
    private let messages = Mutex<[String]>([])

    func add(_ message: String) { messages.withLock { $0.append(message) } }

    /// `InvalidParameterException` with AWS's words for all that was found, or nil.
    var error: CognitoError? {
        let messages = messages.withLock { $0 }
        guard !messages.isEmpty else { return nil }
        let count = "\(messages.count) validation error\(messages.count == 1 ? "" : "s") detected: "
        return CognitoError(.invalidParameter, count + messages.joined(separator: "; "))
    }
}
