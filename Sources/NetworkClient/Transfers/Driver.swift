import Glibc
import OperatingSystem
import Synchronization

/// Hands transfers to a thread of its own and ends them there. The thread starts with the first transfer, and ends some
/// time after the last.
final class Driver: Sendable {
    private struct State {
        var incoming: [Transfer] = []
        var cancelled: [Transfer] = []
        /// Those that the thread has taken, and that may block it.
        var current: [ObjectIdentifier: Transfer] = [:]
        /// Transfers that were handed over and aren't ended.
        var count = 0
        /// There while the thread may be asleep on it.
        var multi: MultiHandle?
        var isRunning = false
        var isClosed = false
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    private let limits: NetworkClientLimits
    private let state = Mutex(State())

    init(limits: NetworkClientLimits) { self.limits = limits }

    /// Carries the transfer out and returns when it is over. Where the task is cancelled it is ended at once.
    func run(_ transfer: Transfer) async -> TransferOutcome {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                transfer.hold(continuation)
                begin(transfer)
            }
        } onCancel: {
            transfer.isCancelled.store(true, ordering: .sequentiallyConsistent)
            transfer.sever()
            state.withLock { state in
                guard state.isRunning else { return }
                state.cancelled.append(transfer)
                state.multi?.wake()
            }
        }
    }

    /// Ends every transfer as cancelled, closes the connections and refuses further transfers. Returns when the thread
    /// has let go of everything.
    func close() async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                state.isClosed = true
                state.current.values.forEach { $0.sever() }
                guard state.isRunning else { return true }
                state.closers.append(continuation)
                state.multi?.wake()
                return false
            }
            if isOver { continuation.resume() }
        }
    }

    private func begin(_ transfer: Transfer) {
        let (failure, mustStart): (NetworkFailure?, Bool) = state.withLock { state in
            if state.isClosed { return (.cancelled, false) }
            if state.count >= limits.concurrentTransfers + limits.waitingTransfers { return (.overloaded, false) }
            state.count += 1
            state.incoming.append(transfer)
            state.multi?.wake()
            defer { state.isRunning = true }
            return (nil, !state.isRunning)
        }
        if let failure { return transfer.finish(TransferOutcome(failure: failure)) }
        guard mustStart else { return }
        do {
            try startThread { self.serve() }
        } catch {
            endUnserved(.other(error.description))
        }
    }

    /// The thread's life: as many sessions as there are reasons for one.
    private func serve() {
        // OpenSSL writes to sockets whose peer may be gone. The signal goes to the thread that writes.
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGPIPE)
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
        while true {
            guard let multi = MultiHandle(limits) else { return endUnserved(.other("libcurl can't be initialized")) }
            state.withLock { $0.multi = multi }
            serve(multi)
            // What came between the session's end and here is for the next one.
            let closers: [CheckedContinuation<Void, Never>]? = state.withLock { state in
                guard state.incoming.isEmpty else { return nil }
                state.isRunning = false
                defer { state.closers = [] }
                return state.closers
            }
            if let closers { return closers.forEach { $0.resume() } }
        }
    }

    /// One session: until there was nothing to do for a while, or the driver is closed.
    private func serve(_ multi: MultiHandle) {
        let board = TransferBoard(multi, limits: limits)
        var idleSince = ContinuousClock.now
        while true {
            let work = state.withLock { state in
                defer { (state.incoming, state.cancelled) = ([], []) }
                for transfer in state.incoming { state.current[ObjectIdentifier(transfer)] = transfer }
                return (incoming: state.incoming, cancelled: state.cancelled, isClosed: state.isClosed)
            }
            let ended = work.isClosed ? board.abandon(work.incoming) : board.advance(work.incoming, work.cancelled)
            if board.count > 0 || !ended.isEmpty { idleSince = .now }
            // Who goes on finds the place free.
            state.withLock { state in
                state.count -= ended.count
                for (transfer, _) in ended { state.current[ObjectIdentifier(transfer)] = nil }
            }
            for (transfer, outcome) in ended { transfer.finish(outcome) }
            let mustEnd = state.withLock { state in
                let isOver = state.isClosed || idleSince.duration(to: .now) >= limits.idleTimeout
                guard isOver, board.count == 0, state.incoming.isEmpty else { return false }
                // Nobody may wake it from here on.
                state.multi = nil
                return true
            }
            if mustEnd { return MailSockets.stopListening(board) }
            multi.sleep(for: board.count > 0 ? board.patience : idleSince + limits.idleTimeout - .now)
        }
    }

    /// No thread serves what was handed over.
    private func endUnserved(_ failure: NetworkFailure) {
        let (transfers, closers) = state.withLock { state in
            defer {
                (state.incoming, state.cancelled, state.closers) = ([], [], [])
                state.count -= state.incoming.count
                state.isRunning = false
            }
            return (state.incoming, state.closers)
        }
        transfers.forEach { $0.finish(TransferOutcome(failure: failure)) }
        closers.forEach { $0.resume() }
    }
}
