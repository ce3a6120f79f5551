/// Holds handlers until it is opened, and tells how many have come.
actor Gate {
    private var isOpen = false
    private var arrived = 0
    private var held: [CheckedContinuation<Void, Never>] = []
    private var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []

    /// Waits for `open`.
    func pass() async {
        arrived += 1
        for watcher in watchers where watcher.count == arrived {
            watcher.continuation.resume()
        }
        if isOpen { return }
        await withCheckedContinuation { held.append($0) }
    }

    /// Waits until `count` have called `pass`.
    func arrival(of count: Int) async {
        if arrived >= count { return }
        await withCheckedContinuation { watchers.append((count, $0)) }
    }

    func open() {
        isOpen = true
        held.forEach { $0.resume() }
        held = []
    }
}
