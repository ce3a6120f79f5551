import CognitoModel
import Cryptography
package import Database
package import Domain

/// Codes sent to users.
package struct CodeRepository: Sendable {
    private let database: any DatabaseEngine
    private let clock: WallClock

    package init(database: any DatabaseEngine, clock: WallClock) {
        self.database = database
        self.clock = clock
    }

    /// A code that somebody typed.
    package struct Attempt: Sendable {
        package let purpose: CodePurpose
        /// The keyed hash of what was typed.
        package let hash: [UInt8]
        /// Whose code it should be.
        package let sub: String
        /// Against whom the attempt counts.
        package let subject: AttemptSubject
        package let limit: AttemptLimit

        package init(
            _ purpose: CodePurpose,
            hash: [UInt8],
            sub: String,
            subject: AttemptSubject,
            limit: AttemptLimit
        ) {
            self.purpose = purpose
            self.hash = hash
            self.sub = sub
            self.subject = subject
            self.limit = limit
        }
    }

    /// Keeps a code; an earlier one of the same purpose is void. One write.
    package func put(_ code: StoredCode, sub: String, poolID: String) async throws {
        try await database.write { try $0.put(code, poolID: poolID, sub: sub) }
    }

    /// Tries a code and leaves it as it is. Returns the attribute that it was sent to. Throws `CodeFailure`; the attempt
    /// is counted either way. One write.
    package func check(_ attempt: Attempt, poolID: String) async throws -> UserAttribute {
        let now = clock.now()
        return try await database.write { connection in
            let allowed = try connection.countAttempt(attempt.limit, subject: attempt.subject, poolID: poolID, now: now)
            guard allowed else { return CodeOutcome<UserAttribute>.refused(.attemptsExceeded) }
            return try connection.compare(attempt, poolID: poolID, now: now)
        }.get()
    }

    /// Tries a code. The right one is used up, and `change` made to the user, in the same transaction; if `change`
    /// throws, the code stays. Every attempt is counted, and past the limit even the right code is refused. Throws
    /// `CodeFailure`. One write.
    @discardableResult
    package func redeem<Result: Sendable>(
        _ attempt: Attempt,
        in pool: UserPool,
        forcingAliases force: Bool = false,
        change: @escaping @Sendable (inout User, UserAttribute) throws -> Result
    ) async throws -> Result {
        let now = clock.now()
        return try await database.write { connection -> CodeOutcome<Result> in
            switch try connection.use(attempt, poolID: pool.id, now: now) {
            case .refused(let failure): return .refused(failure)
            case .right(let attribute):
                let result = try connection.updateUser(
                    sub: attempt.sub,
                    in: pool,
                    now: now,
                    forcingAliases: force
                ) { user in
                    try change(&user, attribute)
                }
                return .right(result)
            }
        }.get()
    }

    /// Tries a code that changes nothing about the user, and uses it up where it is right. One write.
    package func redeem(_ attempt: Attempt, in pool: UserPool) async throws -> CodeOutcome<UserAttribute> {
        let now = clock.now()
        return try await database.write { try $0.use(attempt, poolID: pool.id, now: now) }
    }
}

/// What became of an attempt on a code. A value within a transaction, as an error would undo the count of the attempt.
package enum CodeOutcome<Result: Sendable>: Sendable {
    /// With what redeeming gives: the attribute that the code was sent to, or what the change to the user returned.
    case right(Result)
    case refused(CodeFailure)

    fileprivate func get() throws -> Result {
        switch self {
        case .right(let result): return result
        case .refused(let failure): throw failure
        }
    }
}

extension Connection {
    /// Counts an attempt on a code and, within the limit, uses the code up where it is right.
    fileprivate func use(
        _ attempt: CodeRepository.Attempt,
        poolID: String,
        now: Timestamp
    ) throws -> CodeOutcome<UserAttribute> {
        guard try countAttempt(attempt.limit, subject: attempt.subject, poolID: poolID, now: now) else {
            return .refused(.attemptsExceeded)
        }
        let outcome = try compare(attempt, poolID: poolID, now: now)
        guard case .right = outcome else { return outcome }
        // Of two nodes that try at once, the one that deletes the row wins.
        let deleted = try execute(
            """
            delete from codes where pool_id = \(poolID) and sub = \(attempt.sub)
                and purpose = \(attempt.purpose.rawValue) and hash = \(attempt.hash)
            """
        )
        guard deleted == 1 else { return .refused(.expired) }
        try clearAttempts(attempt.limit, subject: attempt.subject, poolID: poolID)
        return outcome
    }

    /// Compares a code with the one that was sent.
    fileprivate func compare(
        _ attempt: CodeRepository.Attempt,
        poolID: String,
        now: Timestamp
    ) throws -> CodeOutcome<UserAttribute> {
        let stored = try row(
            """
            select hash, attribute, attribute_value, expires_at from codes
            where pool_id = \(poolID) and sub = \(attempt.sub) and purpose = \(attempt.purpose.rawValue)
            """
        )
        guard let stored, now.milliseconds < (try stored.integer(3)) else { return .refused(.expired) }
        guard constantTimeEqual(try stored.bytes(0), attempt.hash) else { return .refused(.mismatch) }
        return .right(UserAttribute(try stored.text(1), try stored.text(2)))
    }
}
