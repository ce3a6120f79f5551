package import CognitoModel
import Cryptography
package import Database
package import Domain

/// Codes sent to users.
package struct CodeRepository: Sendable {
    private let database: any DatabaseEngine

    package init(database: any DatabaseEngine) { self.database = database }

    /// Keeps a code; an earlier one of the same purpose is void. One write.
    package func put(_ code: StoredCode, sub: String, poolID: String) async throws {
        try await database.write { try $0.put(code, poolID: poolID, sub: sub) }
    }

    /// What became of an attempt on a code.
    package enum Redemption<Result: Sendable>: Sendable {
        case redeemed(Result)
        case mismatch, expired, limitExceeded

        /// Throws what an operation that takes a code answers to one that isn't right.
        package func throwUnlessRedeemed() throws {
            switch self {
            case .redeemed: return
            case .mismatch: throw CognitoError.codeMismatch
            case .expired: throw CognitoError.codeExpired
            case .limitExceeded: throw CognitoError.attemptLimitExceeded
            }
        }
    }

    /// Tries a code and leaves it as it is; the attempt is counted. One write.
    package func check(
        _ purpose: CodePurpose,
        hash: [UInt8],
        sub: String,
        poolID: String,
        limit: AttemptLimit,
        now: Timestamp
    ) async throws -> Redemption<UserAttribute> {
        try await database.write { connection in
            guard try connection.countAttempt(limit, subject: sub, poolID: poolID, now: now) else {
                return .limitExceeded
            }
            return try connection.compareCode(purpose, hash: hash, sub: sub, poolID: poolID, now: now)
        }
    }

    /// Tries a code. The right one is used up, and `change` made to the user, in the same transaction; if `change`
    /// throws, the code stays. Every attempt is counted, and past the limit even the right code is refused.
    package func redeem<Result: Sendable>(
        _ purpose: CodePurpose,
        hash: [UInt8],
        sub: String,
        in pool: UserPool,
        limit: AttemptLimit,
        now: Timestamp,
        forcingAliases force: Bool = false,
        change: @escaping @Sendable (inout User, UserAttribute) throws -> Result
    ) async throws -> Redemption<Result> {
        try await database.write { connection in
            let outcome = try connection.attempt(
                purpose,
                hash,
                sub: sub,
                countedAs: sub,
                poolID: pool.id,
                limit: limit,
                now: now
            )
            switch outcome {
            case .expired: return .expired
            case .mismatch: return .mismatch
            case .limitExceeded: return .limitExceeded
            case .redeemed(let attribute):
                let result = try connection.updateUser(sub: sub, in: pool, forcingAliases: force) { user in
                    try change(&user, attribute)
                }
                return .redeemed(result)
            }
        }
    }

    /// Tries a code that changes nothing about the user; returns the attribute it was sent to. Attempts are counted
    /// against `subject`, such as the session that the code was sent in. One transaction.
    package func redeem(
        _ purpose: CodePurpose,
        hash: [UInt8],
        sub: String,
        countedAs subject: String,
        in pool: UserPool,
        limit: AttemptLimit,
        now: Timestamp
    ) async throws -> Redemption<UserAttribute> {
        try await database.write { connection in
            try connection.attempt(
                purpose,
                hash,
                sub: sub,
                countedAs: subject,
                poolID: pool.id,
                limit: limit,
                now: now
            )
        }
    }
}

extension Connection {
    /// Counts an attempt on a code and, within the limit, makes it.
    fileprivate func attempt(
        _ purpose: CodePurpose,
        _ hash: [UInt8],
        sub: String,
        countedAs subject: String,
        poolID: String,
        limit: AttemptLimit,
        now: Timestamp
    ) throws -> CodeRepository.Redemption<UserAttribute> {
        guard try countAttempt(limit, subject: subject, poolID: poolID, now: now) else { return .limitExceeded }
        let outcome = try checkCode(purpose, hash: hash, sub: sub, poolID: poolID, now: now)
        if case .redeemed = outcome { try clearAttempts(limit.rawValue, subject: subject, poolID: poolID) }
        return outcome
    }

    /// Compares a code and uses it up where it is right. Two nodes that try at once: one deletes the row and wins.
    private func checkCode(
        _ purpose: CodePurpose,
        hash: [UInt8],
        sub: String,
        poolID: String,
        now: Timestamp
    ) throws -> CodeRepository.Redemption<UserAttribute> {
        let outcome = try compareCode(purpose, hash: hash, sub: sub, poolID: poolID, now: now)
        guard case .redeemed = outcome else { return outcome }
        let deleted = try execute(
            """
            delete from codes where pool_id = \(poolID) and sub = \(sub) and purpose = \(purpose.rawValue)
                and hash = \(hash)
            """
        )
        return deleted == 1 ? outcome : .expired
    }

    /// Compares a code with the one that was sent.
    fileprivate func compareCode(
        _ purpose: CodePurpose,
        hash: [UInt8],
        sub: String,
        poolID: String,
        now: Timestamp
    ) throws -> CodeRepository.Redemption<UserAttribute> {
        let stored = try row(
            """
            select hash, attribute, attribute_value, expires_at from codes
            where pool_id = \(poolID) and sub = \(sub) and purpose = \(purpose.rawValue)
            """
        )
        guard let stored, now.milliseconds < (try stored.integer(3)) else { return .expired }
        guard constantTimeEqual(try stored.bytes(0), hash) else { return .mismatch }
        return .redeemed(UserAttribute(try stored.text(1), try stored.text(2)))
    }
}
