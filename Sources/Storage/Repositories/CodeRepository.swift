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
            let outcome = try connection.attempt(purpose, hash, sub: sub, poolID: pool.id, limit: limit, now: now)
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

    /// Tries a code that changes nothing about the user; returns the attribute it was sent to. One transaction.
    package func redeem(
        _ purpose: CodePurpose,
        hash: [UInt8],
        sub: String,
        in pool: UserPool,
        limit: AttemptLimit,
        now: Timestamp
    ) async throws -> Redemption<UserAttribute> {
        try await database.write { connection in
            try connection.attempt(purpose, hash, sub: sub, poolID: pool.id, limit: limit, now: now)
        }
    }
}

extension Connection {
    /// Counts an attempt on a code and, within the limit, makes it.
    fileprivate func attempt(
        _ purpose: CodePurpose,
        _ hash: [UInt8],
        sub: String,
        poolID: String,
        limit: AttemptLimit,
        now: Timestamp
    ) throws -> CodeRepository.Redemption<UserAttribute> {
        guard try countAttempt(limit, subject: sub, poolID: poolID, now: now) else { return .limitExceeded }
        let outcome = try checkCode(purpose, hash: hash, sub: sub, poolID: poolID, now: now)
        if case .redeemed = outcome { try clearAttempts(limit.rawValue, subject: sub, poolID: poolID) }
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
        let stored = try row(
            """
            select hash, attribute, attribute_value, expires_at from codes
            where pool_id = \(poolID) and sub = \(sub) and purpose = \(purpose.rawValue)
            """
        )
        guard let stored, now.milliseconds < (try stored.integer(3)) else { return .expired }
        let expected = try stored.bytes(0)
        guard constantTimeEqual(expected, hash) else { return .mismatch }
        let deleted = try execute(
            """
            delete from codes where pool_id = \(poolID) and sub = \(sub) and purpose = \(purpose.rawValue)
                and hash = \(expected)
            """
        )
        guard deleted == 1 else { return .expired }
        return .redeemed(UserAttribute(try stored.text(1), try stored.text(2)))
    }
}
