import OperatingSystem
import Synchronization

/// A file of secrets that is read anew when it may have changed: whoever renews tokens or passwords writes them there.
final class SecretFile: Sendable {
    /// How old what was read may be.
    private static let age = Duration.seconds(1)

    private struct State {
        var lines: [String]
        var readAt = ContinuousClock.now
    }

    private let path: String
    private let flag: String
    private let state: Mutex<State>

    /// Throws `UsageError` for a file that others may read, or with another number of lines.
    init(_ path: String, of flag: String, lines counts: ClosedRange<Int>) throws {
        self.path = path
        self.flag = flag
        let lines = try PrivateFile.lines(path, of: flag)
        guard counts.contains(lines.count) else {
            let needed = counts.count == 1 ? "\(counts.lowerBound)" : "\(counts.lowerBound) to \(counts.upperBound)"
            throw UsageError("\(flag): \(path) must hold \(needed) lines, and not \(lines.count)")
        }
        state = Mutex(State(lines: lines))
    }

    /// The lines without white space around them, empty ones, and comments after `#`. As many as at the start: a file that
    /// can't be read any more, or has fewer, leaves them as they were.
    var lines: [String] {
        state.withLock { state in
            if state.readAt.duration(to: .now) > Self.age {
                state.readAt = .now
                if let lines = try? PrivateFile.lines(path, of: flag), lines.count >= state.lines.count {
                    state.lines = lines
                }
            }
            return state.lines
        }
    }
}
