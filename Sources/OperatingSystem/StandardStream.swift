import Dispatch
import Glibc
import Synchronization

/// Standard output or standard error, a line at a time and never mixed up.
///
/// Lines are written by a thread of the stream's own, so that a slow reader holds up nobody. Past a bound lines are
/// dropped, and how many is said once the reader takes lines again.
package final class StandardStream: Sendable {
    /// Where somebody waits for each line.
    package static let output = StandardStream(descriptor: STDOUT_FILENO, gathering: .milliseconds(1))
    /// Where the log goes.
    package static let error = StandardStream(descriptor: STDERR_FILENO, gathering: .milliseconds(20))

    /// The most bytes that wait.
    private static let bound = 4 << 20

    private struct Waiting {
        var bytes: [UInt8] = []
        var dropped = 0
        var isWriting = false
    }

    private let descriptor: Int32
    /// How long lines are gathered before they are written together: one write for each would cost more than the line.
    private let gathering: DispatchTimeInterval
    private let waiting = Mutex(Waiting())
    private let queue: DispatchQueue

    private init(descriptor: Int32, gathering: DispatchTimeInterval) {
        self.descriptor = descriptor
        self.gathering = gathering
        queue = DispatchQueue(label: "martlet.stream.\(descriptor)")
    }

    /// Writes a line. Returns at once.
    package func write(_ line: some Sequence<UInt8>) {
        let mustWake = waiting.withLock { waiting in
            guard waiting.bytes.count < Self.bound else {
                waiting.dropped += 1
                return false
            }
            waiting.bytes.append(contentsOf: line)
            waiting.bytes.append(UInt8(ascii: "\n"))
            defer { waiting.isWriting = true }
            return !waiting.isWriting
        }
        if mustWake { queue.asyncAfter(deadline: .now() + gathering) { self.drain() } }
    }

    /// Writes a line of text. Returns at once.
    package func write(_ line: String) { write(line.utf8) }

    /// Waits until every line is written.
    package func flush() { queue.sync { self.drain() } }

    private func drain() {
        while true {
            let batch = waiting.withLock { waiting in
                defer { waiting.bytes = [] }
                if waiting.dropped > 0 {
                    waiting.bytes.append(contentsOf: "{\"message\":\"\(waiting.dropped) lines dropped\"}\n".utf8)
                    waiting.dropped = 0
                }
                if waiting.bytes.isEmpty { waiting.isWriting = false }
                return waiting.bytes
            }
            if batch.isEmpty { return }
            writeAll(batch)
        }
    }

    private func writeAll(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written > 0 {
                rest = rest.dropFirst(written)
            } else if errno != EINTR {
                // Nobody reads any more: there is nobody to tell.
                return
            }
        }
    }
}
