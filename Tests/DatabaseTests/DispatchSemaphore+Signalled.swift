import Dispatch

extension DispatchSemaphore {
    /// Waits for a signal without holding up a thread of Swift's.
    func signalled() async {
        await withCheckedContinuation { continuation in
            // A thread of its own: those of the global queues are shared with the tasks, and few.
            DispatchQueue(label: "waiting").async {
                self.wait()
                continuation.resume()
            }
        }
    }
}
