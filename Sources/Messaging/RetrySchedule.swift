/// When a message is tried again that couldn't be handed over.
enum RetrySchedule {
    /// In milliseconds, by how many tries had failed before.
    private static let delays: [Int64] = [5000, 15_000, 60_000, 300_000, 900_000]

    /// How long until the next try, in milliseconds: a fifth more or less, so that what failed together isn't tried together.
    static func delay(after attempts: Int) -> Int64 {
        let delay = delays[min(max(attempts, 0), delays.count - 1)]
        return delay + Int64.random(in: -delay / 5...delay / 5)
    }
}
