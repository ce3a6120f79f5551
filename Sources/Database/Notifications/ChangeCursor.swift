/// How far somebody has read the numbered changes of a channel.
struct ChangeCursor {
    /// The last change that was read.
    private(set) var number: Int64

    /// Begins after a change.
    init(at number: Int64) { self.number = number }

    /// Goes on to the last of these changes, which were read after it was known that the channel had come to a number.
    ///
    /// Returns the payloads to deliver: the changes' own, or one empty payload where some are gone already, or where
    /// the channel stands before us because the database lost its last commits.
    mutating func advance(to known: Int64, by changes: [(number: Int64, payload: String)]) -> [String] {
        let isWhole = known > number && changes.first?.number == number + 1 && (changes.last?.number ?? 0) >= known
        number = max(known, changes.last?.number ?? known)
        return isWhole ? changes.map(\.payload) : [""]
    }
}
