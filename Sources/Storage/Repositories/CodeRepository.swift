import CognitoModel
import Cryptography
package import Database
package import Domain

/// Codes sent to users.
package struct CodeRepository: Sendable {
    private let database: any DatabaseEngine
    private let clock: WallClock
    private let feed: AuthEventFeed

    package init(database: any DatabaseEngine, clock: WallClock, feed: AuthEventFeed = AuthEventFeed()) {
        self.database = database
        self.clock = clock
        self.feed = feed
    }

    /// A code that somebody typed.
    package struct Attempt: Sendable {
        package let purpose: CodePurpose
        /// The keyed hash of what was typed.
        package let hash: [UInt8]
        /// Whose code it should be.
        package let sub: String
        /// How often a code may be tried.
        package let limit: AttemptLimit
        /// Whether the attempt was counted already, as the code was checked.
        package var isCounted = false

        package init(
            _ purpose: CodePurpose,
            hash: [UInt8],
            sub: String,
            limit: AttemptLimit
        ) {
            self.purpose = purpose
            self.hash = hash
            self.sub = sub
            self.limit = limit
        }
    }

    /// Keeps a code for the user as they are, and its message; an earlier one of the same purpose is void. Returns the
    /// message if it is withheld. One write.
    @discardableResult
    package func put(_ code: StoredCode, for user: User) async throws -> WithheldMessages {
        try await database.write { try $0.put(code, for: user) }
    }

    /// As above where the user may have another, which is counted; nil past the limit. One write, with the event that
    /// goes along: past the limit there is none, so that nobody fills a user's history.
    package func put(
        _ code: StoredCode,
        for user: User,
        within limit: AttemptLimit,
        recording event: AuthEvent? = nil
    ) async throws -> WithheldMessages? {
        let now = clock.now()
        let withheld: WithheldMessages? = try await database.write { connection in
            let subject = AttemptSubject.user(sub: user.sub)
            guard try connection.countAttempt(limit, subject: subject, poolID: user.poolID, now: now) else {
                return nil
            }
            if let event { try connection.insert(event) }
            return try connection.put(code, for: user)
        }
        if withheld != nil { feed.tell(event) }
        return withheld
    }

    /// Tries a code and leaves it as it is. Returns the attribute that it was sent to. Throws `CodeFailure`; the
    /// attempt is counted either way. One write.
    package func check(_ attempt: Attempt, poolID: String) async throws -> UserAttribute {
        let now = clock.now()
        return try await database.write { connection in
            try connection.compare(attempt, poolID: poolID, now: now).outcome
        }.get()
    }

    /// Tries a code. The right one is used up, and `change` made to the user, in the same transaction; if `change`
    /// throws, the code stays. Every attempt is counted, and past the limit even the right code is refused. Returns the
    /// changed user. Throws `CodeFailure`. One write.
    @discardableResult
    package func redeem(
        _ attempt: Attempt,
        in pool: UserPool,
        takingAliases taking: Set<String> = [],
        recording event: AuthEvent? = nil,
        change: @escaping @Sendable (inout User, UserAttribute) throws -> Void
    ) async throws -> User {
        let now = clock.now()
        let user = try await database.write { connection -> CodeOutcome<User> in
            switch try connection.use(attempt, poolID: pool.id, now: now) {
            case .refused(let failure): return .refused(failure)
            case .right(let attribute):
                let (user, epoch) = try connection.updateUser(
                    sub: attempt.sub,
                    in: pool,
                    now: now,
                    takingAliases: taking
                ) { user in
                    try change(&user, attribute)
                    return user.credentialEpoch
                }
                if let event { try connection.insert(event) }
                if attempt.purpose.verifiesAddress, epoch != user.credentialEpoch {
                    try connection.keepVerificationCodes(of: user, since: epoch)
                }
                return .right(user)
            }
        }.get()
        feed.tell(event)
        return user
    }

    /// Tries a code that changes nothing about the user, and uses it up where it is right. One write.
    package func redeem(_ attempt: Attempt, in pool: UserPool) async throws -> CodeOutcome<UserAttribute> {
        let now = clock.now()
        return try await database.write { try $0.use(attempt, poolID: pool.id, now: now) }
    }
}

/// What became of an attempt on a code. A value within a transaction, as an error would undo the count of the attempt.
package enum CodeOutcome<Result: Sendable>: Sendable {
    /// With what redeeming gives: the attribute that the code was sent to, or the changed user.
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
    /// Tries a code, and uses it up where it is right.
    fileprivate func use(
        _ attempt: CodeRepository.Attempt,
        poolID: String,
        now: Timestamp
    ) throws -> CodeOutcome<UserAttribute> {
        let (outcome, subject) = try compare(attempt, poolID: poolID, now: now)
        guard case .right = outcome else { return outcome }
        // Of two nodes that try at once, the one that deletes the row wins.
        let deleted = try execute(
            """
            delete from codes where pool_id = \(poolID) and sub = \(attempt.sub)
                and purpose = \(attempt.purpose.rawValue) and hash = \(attempt.hash)
            """
        )
        guard deleted == 1 else { return .refused(.expired) }
        try clearAttempts(attempt.limit, subject: subject, poolID: poolID)
        return outcome
    }

    /// Counts an attempt and, within the limit, compares the code with the one that was sent. One that was sent under
    /// an older epoch of the user's credentials, and so to an address that they may not have any more, is as one that
    /// expired; so is every code of a disabled user.
    ///
    /// Attempts count against the code that was sent, so that nobody's guesses are held against the next one, and
    /// against the user where none was.
    fileprivate func compare(
        _ attempt: CodeRepository.Attempt,
        poolID: String,
        now: Timestamp
    ) throws -> (outcome: CodeOutcome<UserAttribute>, subject: AttemptSubject) {
        let stored = try row(
            """
            select codes.hash, codes.attribute, codes.attribute_value, codes.expires_at,
                coalesce(users.enabled and users.credential_epoch = codes.credential_epoch, 1 = 1)
            from codes left join users on users.pool_id = codes.pool_id and users.sub = codes.sub
            where codes.pool_id = \(poolID) and codes.sub = \(attempt.sub) and codes.purpose = \(attempt.purpose.rawValue)
            """
        )
        let subject = try stored.map { AttemptSubject.code(hash: try $0.bytes(0)) } ?? .user(sub: attempt.sub)
        let isAllowed =
            try attempt.isCounted || countAttempt(attempt.limit, subject: subject, poolID: poolID, now: now)
        guard isAllowed else { return (.refused(.attemptsExceeded), subject) }
        guard let stored, now.milliseconds < (try stored.integer(3)) else { return (.refused(.expired), subject) }
        // First, so that only who has the code learns anything of the user.
        guard constantTimeEqual(try stored.bytes(0), attempt.hash) else { return (.refused(.mismatch), subject) }
        guard try stored.boolean(4) else { return (.refused(.expired), subject) }
        return (.right(UserAttribute(try stored.text(1), try stored.text(2))), subject)
    }
}
