package import OperatingSystem
import Synchronization

/// Gathers work of requests that are handled at the same time, so that it is done several at a time.
///
/// While no job waits for a thread, work is done at once by the thread that asks, as if there were no lanes. While jobs
/// wait, the request queues up behind them anew, and when its turn comes, the thread takes with its work what others have
/// brought until then. So lanes fill by themselves as the machine gets busy, no request waits for others to come, and none
/// for longer than it takes to serve those that came before it. A request whose turn comes to nothing, as another's has
/// taken its work along, costs a look.
///
/// There are never more orders than requests in flight, which the transport bounds.
package final class LaneQueue<Work: LaneWork>: Sendable {
    private struct Order {
        let id: UInt64
        let work: [Work]
        let continuation: CheckedContinuation<[Work.Result], any Error>
    }

    private struct State {
        /// In the order in which they came, which is that of their turns.
        var orders: [Order] = []
        var lastID: UInt64 = 0
    }

    private let executor: RequestExecutor
    private let state = Mutex(State())
    private let counts = Mutex(LaneCounts())

    /// What has been done so far.
    package var statistics: LaneCounts { counts.withLock { $0 } }

    /// A queue for requests that run on the executor.
    package init(executor: RequestExecutor) { self.executor = executor }

    /// Does a request's work, at most eight of it. Throws what `LaneWork.alone` does, and `CancellationError` where the task is
    /// cancelled before its turn.
    package func run(_ work: [Work]) async throws -> [Work.Result] {
        guard executor.isCrowded, work.allSatisfy(\.fitsLanes), work.count <= Lanes.width else {
            counts.withLock { $0.alone += work.count }
            return try work.map { try $0.alone() }
        }
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let order = Order(id: id, work: work, continuation: continuation)
                state.withLock { $0.orders.append(order) }
                executor.takeTurn { self.serve() }
                // The handler may have been called before there was anything to withdraw.
                if Task.isCancelled { withdraw(id) }
            }
        } onCancel: {
            withdraw(id)
        }
    }

    private func withdraw(_ id: UInt64) {
        let order = state.withLock { state in
            state.orders.firstIndex { $0.id == id }.map { state.orders.remove(at: $0) }
        }
        order?.continuation.resume(throwing: CancellationError())
    }

    /// The turn of the order that has waited longest, which takes along those behind it that fit into the lanes.
    private func serve() {
        let orders = state.withLock { state in
            var lanes = 0
            var count = 0
            for order in state.orders {
                guard lanes + order.work.count <= Lanes.width else { break }
                lanes += order.work.count
                count += 1
            }
            // The others have turns of their own, maybe on another thread.
            if lanes < Work.worthwhile { count = min(count, 1) }
            defer { state.orders.removeFirst(count) }
            return Array(state.orders.prefix(count))
        }
        let work = orders.flatMap(\.work)
        let together = work.count >= Work.worthwhile
        let done = together ? Work.together(work) : work.map { _ in nil }
        counts.withLock { counts in
            counts.calls += together ? 1 : 0
            counts.alone += together ? 0 : work.count
            counts.inLanes += done.count { $0 != nil }
            counts.faults += together ? done.count { $0 == nil } : 0
        }
        var results = done[...]
        for order in orders {
            let own = results.prefix(order.work.count)
            results = results.dropFirst(order.work.count)
            order.continuation.resume(
                with: Swift.Result { try zip(order.work, own).map { try $1 ?? $0.alone() } }
            )
        }
    }
}

/// How much was done in which way.
package struct LaneCounts: Sendable {
    /// Done by itself.
    package internal(set) var alone = 0
    /// Done in lanes.
    package internal(set) var inLanes = 0
    /// Calls that did so.
    package internal(set) var calls = 0
    /// Went wrong in a lane, and was then done alone.
    package internal(set) var faults = 0
}
