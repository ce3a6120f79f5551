import Synchronization

/// Whether the database may be unable to write: a full disk or a file that turned read-only stops writes alone, and
/// reads go on as if nothing were. A `ping` then has to write too.
final class WriterCondition: Sendable {
    /// How long a failure counts for itself. What is nearly full takes a small write now and then, such as a `ping`'s,
    /// and refuses the next.
    private static let memory = Duration.seconds(2)

    private struct Fault {
        let error: DatabaseError
        let time: ContinuousClock.Instant
    }

    private let codes: Set<DatabaseError.Code>
    private let lastFault = Mutex<Fault?>(nil)

    /// Takes note of failures with these codes: those that are the database's and not the caller's.
    init(noting codes: Set<DatabaseError.Code>) { self.codes = codes }

    /// Takes note of a failure.
    func note(_ error: any Error) {
        guard let error = error as? DatabaseError, codes.contains(error.code) else { return }
        lastFault.withLock { $0 = Fault(error: error, time: .now) }
    }

    /// Throws the last failure if it is fresh. If it is older, has the caller prove that writing works again.
    func check(proof: () async throws -> Void) async throws {
        guard let fault = lastFault.withLock({ $0 }) else { return }
        guard fault.time.duration(to: .now) > Self.memory else { throw fault.error }
        try await proof()
        lastFault.withLock { if $0?.time == fault.time { $0 = nil } }
    }
}
