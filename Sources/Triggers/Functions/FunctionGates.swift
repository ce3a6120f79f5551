import Synchronization

/// Bounds how many calls of each function are under way at once, and how many wait: a function that is slow holds up
/// its own users alone.
final class FunctionGates: Sendable {
    private struct Waiter {
        let number: UInt64
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct Gate {
        var running = 0
        var waiters: [Waiter] = []
    }

    private struct State {
        /// Those that anybody is at.
        var gates: [String: Gate] = [:]
        var next: UInt64 = 0
    }

    private let state = Mutex(State())

    /// Waits until a call of the function may begin, of which `bound` may be under way, and as many may wait. Returns
    /// whether it may: not, where too many wait or `deadline` passes. Whoever was let in calls `leave`.
    func enter(_ function: String, bound: Int, by deadline: ContinuousClock.Instant) async -> Bool {
        let number: UInt64? = state.withLock { state in
            var gate = state.gates[function] ?? Gate()
            if gate.running < bound {
                gate.running += 1
                state.gates[function] = gate
                return nil
            }
            state.next += 1
            return state.next
        }
        guard let number else { return true }
        return await withTaskGroup(of: Void.self) { group in
            group.addTask {
                try? await Task.sleep(until: deadline, clock: .continuous)
                self.giveUp(number, function)
            }
            let isIn = await withCheckedContinuation { continuation in
                let answer = begin(Waiter(number: number, continuation: continuation), function, bound, deadline)
                if let answer { continuation.resume(returning: answer) }
            }
            group.cancelAll()
            return isIn
        }
    }

    /// Lets the next one in, who has waited longest.
    func leave(_ function: String) {
        let next: Waiter? = state.withLock { state in
            guard var gate = state.gates[function] else { return nil }
            if !gate.waiters.isEmpty {
                let next = gate.waiters.removeFirst()
                state.gates[function] = gate
                return next
            }
            gate.running -= 1
            state.gates[function] = gate.running == 0 ? nil : gate
            return nil
        }
        next?.continuation.resume(returning: true)
    }

    /// How many functions anybody is at.
    var count: Int { state.withLock { $0.gates.count } }

    /// Lines a caller up. Returns whether they may go on or must go; nil where they wait.
    private func begin(
        _ waiter: Waiter,
        _ function: String,
        _ bound: Int,
        _ deadline: ContinuousClock.Instant
    ) -> Bool? {
        state.withLock { state in
            var gate = state.gates[function] ?? Gate()
            defer { if gate.running > 0 { state.gates[function] = gate } }
            if gate.running < bound {
                gate.running += 1
                return true
            }
            // Whoever comes after their time isn't looked after any more.
            guard .now < deadline, !Task.isCancelled, gate.waiters.count < bound else { return false }
            gate.waiters.append(waiter)
            return nil
        }
    }

    private func giveUp(_ number: UInt64, _ function: String) {
        let waiter: Waiter? = state.withLock { state in
            guard let place = state.gates[function]?.waiters.firstIndex(where: { $0.number == number }) else {
                return nil
            }
            return state.gates[function]?.waiters.remove(at: place)
        }
        waiter?.continuation.resume(returning: false)
    }
}
