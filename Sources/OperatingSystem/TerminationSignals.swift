import Dispatch
import Glibc

/// SIGTERM and SIGINT, as something to wait for.
package enum TerminationSignals {
    /// Returns when the first of them comes, or the task is cancelled. From the call on they no longer end the process.
    package static func wait() async {
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        let sources = [SIGTERM, SIGINT].map { number in
            _ = signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { continuation.yield(number) }
            source.resume()
            return source
        }
        for await _ in stream { break }
        sources.forEach { $0.cancel() }
    }
}
