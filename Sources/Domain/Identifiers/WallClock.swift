package import CognitoModel

/// Where the time comes from: a value, so that tests set it and never sleep.
package struct WallClock: Sendable {
    package let now: @Sendable () -> Timestamp

    package init(now: @escaping @Sendable () -> Timestamp) { self.now = now }
}
