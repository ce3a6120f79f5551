/// Entries of pools' logs that wait in memory: ten thousand at most.
///
/// A pool may have as many as there are places free: five thousand where it is alone, and of several no one takes what
/// the next needs, until a dozen have all that they may.
struct LogBacklog<Entry: Sendable>: Sendable {
    private static var capacity: Int { 10_000 }

    private var entries: [(poolID: String, entry: Entry)] = []
    private var counts: [String: Int] = [:]

    var count: Int { entries.count }

    /// Lets an entry wait; false where there is no room for it.
    mutating func add(_ entry: Entry, of poolID: String) -> Bool {
        guard counts[poolID, default: 0] < Self.capacity - count else { return false }
        entries.append((poolID, entry))
        counts[poolID, default: 0] += 1
        return true
    }

    /// The first that came, which wait no longer.
    mutating func take(atMost most: Int = .max) -> [Entry] {
        let taken = entries.prefix(most)
        for (poolID, _) in taken {
            let left = counts[poolID, default: 1] - 1
            counts[poolID] = left > 0 ? left : nil
        }
        entries.removeFirst(taken.count)
        return taken.map(\.entry)
    }
}
