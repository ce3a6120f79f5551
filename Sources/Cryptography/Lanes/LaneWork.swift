/// Work that is done by itself, or several at a time in lanes.
package protocol LaneWork: Sendable {
    associatedtype Result: Sendable

    /// Whether lanes can do it on this machine.
    var fitsLanes: Bool { get }

    /// From how many on a call of all lanes takes less of a processor than one after the other.
    static var worthwhile: Int { get }

    /// Does it by itself.
    func alone() throws -> Result

    /// Does up to eight of it at a time. Nil for each that went wrong: it is then done alone.
    static func together(_ work: [Self]) -> [Result?]
}
