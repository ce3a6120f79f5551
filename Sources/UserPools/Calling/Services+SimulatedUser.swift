import CognitoModel
import Domain
import Storage

/// What operations on codes answer about a user whose existence the client hides: nothing is sent, but attempts count
/// against the same limits, or the limits would tell.
extension Services {
    /// Where a code seems to go. 1 write.
    func simulatedCode(
        _ limit: AttemptLimit,
        for username: String,
        in pool: UserPool,
        now: Timestamp
    ) async throws -> CodeDeliveryDetailsType {
        try await countSimulated(limit, for: username, in: pool, now: now)
        return CodeDestination.simulated(username: username).details
    }

    /// What a code is refused with: it is wrong where one was requested while it would still be good, else there is
    /// none. 1 read, 1 write.
    func simulatedRefusal(
        _ limit: AttemptLimit,
        requestedBy request: AttemptLimit,
        _ purpose: CodePurpose,
        for username: String,
        in pool: UserPool,
        now: Timestamp
    ) async throws -> CognitoError {
        try await countSimulated(limit, for: username, in: pool, now: now)
        let subject = pool.signInNames.subject(ofUnknown: username)
        let requested = try await store.attempts.lastAttempt(request, subject: subject, poolID: pool.id)
        let isGood = requested.map { now < $0.adding(seconds: purpose.lifetime) } ?? false
        return isGood ? CognitoError.codeMismatch : CognitoError.codeExpired
    }

    private func countSimulated(
        _ limit: AttemptLimit,
        for username: String,
        in pool: UserPool,
        now: Timestamp
    ) async throws {
        let subject = pool.signInNames.subject(ofUnknown: username)
        guard try await store.attempts.isAllowed(limit, subject: subject, poolID: pool.id, now: now) else {
            throw CognitoError.attemptLimitExceeded
        }
    }
}
