package import CognitoModel
import Cryptography
package import Domain
package import Storage

/// Users' passwords: what a new one must be, and whether one is right.
package struct PasswordService: Sendable {
    package let hasher: PasswordHasher
    private let store: Store
    private let gate = ProofGate()
    private let compromised: (any CompromisedPasswords)?

    package init(hasher: PasswordHasher, store: Store, compromised: (any CompromisedPasswords)? = nil) {
        self.hasher = hasher
        self.store = store
        self.compromised = compromised
    }

    /// Whether the password is known to others, where threat protection looks for that at such an event.
    package func isCompromised(_ password: String, at event: EventFilterType, _ protection: ThreatProtection) -> Bool {
        guard protection.isOn, let compromised, let settings = protection.settings,
            settings.looksForCompromisedPasswords(at: event)
        else { return false }
        return compromised.contains(password)
    }

    /// Throws `PasswordFailure.compromised` where the password is known to others and threat protection blocks those;
    /// returns whether it is known and isn't.
    @discardableResult
    package func refuseCompromised(
        _ password: String,
        at event: EventFilterType,
        _ protection: ThreatProtection
    ) throws -> Bool {
        let isCompromised = isCompromised(password, at: event, protection)
        if isCompromised, protection.isEnforced, protection.settings?.blocksCompromisedPasswords == true {
            throw PasswordFailure.compromised
        }
        return isCompromised
    }

    /// Takes a new password: throws `PasswordFailure` where it breaks the pool's policy or was used before. One modular
    /// power, and one for each password of the history, with 1 read, where the pool keeps one.
    package func take(_ password: String, for user: User, in pool: UserPool) async throws -> StoredPassword {
        try await check(password, for: user, in: pool)
        return try hasher.hash(password, of: user.srpIdentity)
    }

    /// Throws `PasswordFailure` where the password breaks the pool's policy or was used before.
    package func check(_ password: String, for user: User, in pool: UserPool) async throws {
        try pool.passwordPolicy.check(password)
        guard pool.passwordPolicy.historySize > 0 else { return }
        // It isn't in the history yet.
        if user.importedPassword != nil, try hasher.verify(password, of: user) { throw PasswordFailure.usedBefore }
        let used = try await store.users.passwordHistory(
            sub: user.sub,
            poolID: pool.id,
            count: pool.passwordPolicy.historySize
        )
        for earlier in used where try hasher.verify(password, against: earlier, of: user.srpIdentity) {
            throw PasswordFailure.usedBefore
        }
    }

    /// To be taken before a user is read whose password is then proven: see `checkProof`.
    package func ticket() -> ProofTicket { gate.ticket() }

    /// Looks at a proof of the user's password, or a code of their software token, and counts it where it is wrong:
    /// both alike. Returns whether there are failures that a success forgets. Throws `SignInFailure` where it is wrong,
    /// or where the user is locked: then it isn't looked at.
    ///
    /// On one node the proofs of a user are looked at one after the other, so that of many at once no more are
    /// evaluated than come before the lock. `lockout` is what was read of the user after `ticket` was taken. A right
    /// proof writes nothing here; a wrong one is 1 write, with what `failure` adds to the user's history.
    package func checkProof(
        of user: User,
        lockout: PasswordLockout?,
        since ticket: ProofTicket,
        in pool: UserPool,
        now: Timestamp,
        otherwise refusal: SignInFailure = .wrongUsernameOrPassword,
        failure: () throws -> AuthEvent? = { nil },
        isRight: () async throws -> Bool
    ) async throws -> Bool {
        let hadFailures = try await look(
            at: .user(sub: user.sub),
            lockout: lockout,
            since: ticket,
            in: pool,
            now: now,
            failure: failure,
            isRight: isRight
        )
        guard let hadFailures else { throw refusal }
        return hadFailures
    }

    /// As `checkProof`, of a password that another store looks at, by a name that it may know in any case. Returns
    /// whether it is right. 1 read, and 1 write for a wrong one.
    package func checkGuess(
        at name: AttemptSubject,
        in pool: UserPool,
        now: Timestamp,
        isRight: () async throws -> Bool
    ) async throws -> Bool {
        let ticket = ticket()
        let lockout = try await store.attempts.passwordFailures(of: name, poolID: pool.id)
        return try await look(at: name, lockout: lockout, since: ticket, in: pool, now: now, isRight: isRight) != nil
    }

    /// Whether there were failures before a right proof; nil for a wrong one, which is counted.
    private func look(
        at subject: AttemptSubject,
        lockout: PasswordLockout?,
        since ticket: ProofTicket,
        in pool: UserPool,
        now: Timestamp,
        failure: () throws -> AuthEvent? = { nil },
        isRight: () async throws -> Bool
    ) async throws -> Bool? {
        try await gate.withTurn(of: subject, since: ticket, known: lockout) { lockout in
            if lockout?.isLocked(at: now) == true { throw SignInFailure.locked }
            if try await isRight() { return (lockout != nil, nil) }
            let counted = try await store.attempts.recordPasswordFailure(
                subject: subject,
                poolID: pool.id,
                recording: failure(),
                now: now
            )
            return (nil, counted)
        }
    }
}
