package import Cryptography
import Dispatch
import Synchronization

/// Makes RSA keys on a thread of its own and keeps two in stock, so that a new pool needn't wait for its keys.
package final class SigningKeyStock: Sendable {
    private static let stockSize = 2

    private struct Stock {
        var keys: [RSAPrivateKey] = []
        var isClosed = false
    }

    private let stock = Mutex(Stock())
    private let queue = DispatchQueue(label: "martlet.keys", qos: .utility)

    /// An empty stock.
    package init() {}

    /// A key that nobody else has.
    package func take() async throws -> RSAPrivateKey {
        defer { fill() }
        if let key = stock.withLock({ $0.keys.popLast() }) { return key }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try RSAPrivateKey.generate() }) }
        }
    }

    /// Returns once no key is being made: OpenSSL cleans up when the process exits, and must not be at work then.
    package func close() async {
        stock.withLock { $0.isClosed = true }
        await withCheckedContinuation { continuation in queue.async { continuation.resume() } }
    }

    /// Makes what is missing. Not before the server serves: it takes a processor for a third of a second.
    package func fill() {
        queue.async { [self] in
            while stock.withLock({ !$0.isClosed && $0.keys.count < Self.stockSize }) {
                // A failure shows when a key is asked for.
                guard let key = try? RSAPrivateKey.generate() else { return }
                stock.withLock { $0.keys.append(key) }
            }
        }
    }
}
