import CognitoModel
import Domain
import Synchronization

/// A clock that stands still until it is told to move.
final class TestClock: Sendable {
    private let time = Mutex(Timestamp(milliseconds: 1_795_000_000_000))

    var wallClock: WallClock { WallClock { self.now } }

    var now: Timestamp { time.withLock { $0 } }

    /// Goes on to the beginning of a second, some hours later.
    func begin() {
        time.withLock { $0 = Timestamp(milliseconds: ($0.seconds + 7 * 3600) * 1000) }
    }

    func advance(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
        time.withLock { $0 = $0.adding(milliseconds: milliseconds) }
    }
}

extension Duration {
    static func minutes(_ count: Int) -> Duration { .seconds(count * 60) }
    static func hours(_ count: Int) -> Duration { .minutes(count * 60) }
    static func days(_ count: Int) -> Duration { .hours(count * 24) }
    static let instant = Duration.milliseconds(1)
}
