/// Why a connection was told to leave. The raw value is what metrics show.
package enum ConnectionDeparture: String, CaseIterable, Sendable {
    /// It kept the server waiting for longer than it may.
    case late
    /// There were too many, and it had kept the server waiting longest.
    case tooMany = "too_many"
    /// The same among those of its address.
    case tooManyOfAddress = "too_many_of_address"
    /// Bodies that weren't complete held too much, and its was the oldest.
    case unfinishedBodies = "unfinished_bodies"
}
