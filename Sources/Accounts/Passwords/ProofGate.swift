import Domain
import Synchronization

/// Lets the proofs of one user be looked at one after the other, and tells each of what the one before it counted.
///
/// How often a password failed is read with the user, before the proof is looked at: of many guesses at once each would
/// find none. So they queue by user, on this node, and a guess that waited is judged by the failures that were counted
/// meanwhile and not by those that it read. Another node adds at most the guess that it is looking at.
final class ProofGate: Sendable {
    private struct Counted {
        let sequence: UInt64
        let lockout: PasswordLockout
    }

    private struct State {
        /// Those whose turn it is, with those that wait for it.
        var turns: [AttemptSubject: [CheckedContinuation<Void, Never>]] = [:]
        var newer: [AttemptSubject: Counted] = [:]
        var older: [AttemptSubject: Counted] = [:]
        var sequence: UInt64 = 0

        mutating func record(_ lockout: PasswordLockout, of subject: AttemptSubject) {
            sequence += 1
            if newer.count >= ProofGate.halfLimit {
                older = newer
                newer = [:]
            }
            newer[subject] = Counted(sequence: sequence, lockout: lockout)
        }
    }

    /// At most twice as many subjects are remembered. One that is forgotten is judged by what the database said.
    private static let halfLimit = 4096

    private let state = Mutex(State())

    /// The moment before a user is read: what is counted after it, the read may have missed.
    func ticket() -> ProofTicket { ProofTicket(sequence: state.withLock { $0.sequence }) }

    /// Waits for the subject's turn, and runs the body with the failures that count: those that were read, or those
    /// that were counted since. What the body returns as counted is told to those who wait.
    func withTurn<Result>(
        of subject: AttemptSubject,
        since ticket: ProofTicket,
        known: PasswordLockout?,
        _ body: (PasswordLockout?) async throws -> (result: Result, counted: PasswordLockout?)
    ) async rethrows -> Result {
        await takeTurn(of: subject)
        defer { passTurn(of: subject) }
        let counted = state.withLock { $0.newer[subject] ?? $0.older[subject] }
        let current = counted.flatMap { $0.sequence > ticket.sequence ? $0.lockout : nil } ?? known
        let (result, lockout) = try await body(current)
        if let lockout { state.withLock { $0.record(lockout, of: subject) } }
        return result
    }

    private func takeTurn(of subject: AttemptSubject) async {
        let isFree = state.withLock { state in
            if state.turns[subject] != nil { return false }
            state.turns[subject] = []
            return true
        }
        if isFree { return }
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                guard state.turns[subject] != nil else {
                    state.turns[subject] = []
                    return true
                }
                state.turns[subject]?.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
    }

    private func passTurn(of subject: AttemptSubject) {
        let next: CheckedContinuation<Void, Never>? = state.withLock { state in
            guard var waiting = state.turns[subject], !waiting.isEmpty else {
                state.turns[subject] = nil
                return nil
            }
            let next = waiting.removeFirst()
            state.turns[subject] = waiting
            return next
        }
        next?.resume()
    }
}

/// A moment in the order of what is counted against guesses.
package struct ProofTicket: Hashable, Sendable {
    let sequence: UInt64
}
