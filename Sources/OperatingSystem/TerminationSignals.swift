import Dispatch
import Glibc

/// SIGTERM and SIGINT, as something to wait for. From its making on they no longer end the process.
///
/// Sendable because the sources are only kept, so that they stay alive, and never touched again.
package final class TerminationSignals: @unchecked Sendable {
    private let arrivals: AsyncStream<Void>
    private let sources: [any DispatchSourceSignal]

    package init() {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        arrivals = stream
        sources = [SIGTERM, SIGINT].map { number in
            _ = signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { continuation.yield() }
            source.resume()
            return source
        }
    }

    /// Returns when the first of them has come, or the task is cancelled.
    package func wait() async {
        for await _ in arrivals { return }
    }
}
