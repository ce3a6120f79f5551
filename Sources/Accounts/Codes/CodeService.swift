package import CognitoModel
package import Domain
package import Storage

/// Codes that are sent to users: made, kept, sent and taken back.
package struct CodeService: Sendable {
    private let store: Store
    private let identifiers: IdentifierGenerator
    private let messages: MessageSender
    private let simulatedUsers: SimulatedUsers

    package init(
        store: Store,
        identifiers: IdentifierGenerator,
        messages: MessageSender,
        simulatedUsers: SimulatedUsers
    ) {
        self.store = store
        self.identifiers = identifiers
        self.messages = messages
        self.simulatedUsers = simulatedUsers
    }

    /// A new code, not yet kept or sent.
    package struct NewCode: Sendable {
        package let text: String
        package let stored: StoredCode
        package let destination: CodeDestination
    }

    package func make(
        _ purpose: CodePurpose,
        for sub: String,
        in pool: UserPool,
        to destination: CodeDestination,
        now: Timestamp
    ) throws -> NewCode {
        let text = try identifiers.code(digits: purpose.digits)
        let stored = StoredCode(
            purpose: purpose,
            hash: try store.vault.codeHash(text, purpose: purpose, poolID: pool.id, sub: sub),
            attribute: destination.attribute,
            expiresAt: now.adding(seconds: purpose.lifetime)
        )
        return NewCode(text: text, stored: stored, destination: destination)
    }

    /// Sends a code that is kept.
    package func send(_ code: NewCode, username: String, in pool: UserPool) async throws {
        try await messages.send(
            code.text,
            to: code.destination,
            username: username,
            template: code.stored.purpose.template(in: pool)
        )
    }

    /// Makes, keeps and sends a code; an earlier one of the same purpose is void. Throws `CodeFailure` past the hour's
    /// limit. For a user who is simulated, or disabled, all is done but the sending. 2 writes.
    package func request(
        _ purpose: CodePurpose,
        for user: User,
        at destination: CodeDestination,
        in pool: UserPool,
        limit: AttemptLimit,
        isSent: Bool = true,
        now: Timestamp
    ) async throws {
        guard try await store.attempts.isAllowed(limit, subject: .user(sub: user.sub), poolID: pool.id, now: now) else {
            throw limit == .sendSignInCode ? CodeFailure.messagesExceeded : CodeFailure.attemptsExceeded
        }
        let code = try make(purpose, for: user.sub, in: pool, to: destination, now: now)
        try await store.codes.put(code.stored, sub: user.sub, poolID: pool.id)
        if isSent { try await send(code, username: user.username, in: pool) }
    }

    /// As `request`, for a name that nobody has, where the client hides that: all is done but the sending. Returns where
    /// the code seems to go. 2 writes.
    package func simulateRequest(
        _ purpose: CodePurpose,
        forName name: String,
        in pool: UserPool,
        limit: AttemptLimit,
        now: Timestamp
    ) async throws -> CodeDestination {
        let user = try simulatedUsers.user(named: name, in: pool, now: now)
        let addresses = ["phone_number", "email"].compactMap { attribute in
            user.attributes[attribute].map { CodeDestination(UserAttribute(attribute, $0)) }
        }
        guard let destination = addresses.first else { throw RecoveryFailure.noVerifiedAddress }
        try await request(purpose, for: user, at: destination, in: pool, limit: limit, isSent: false, now: now)
        return destination
    }

    /// Why a code for a name that nobody has doesn't help: what the code of a user would be refused with. 1 write.
    package func simulateRedemption(
        of code: String,
        _ purpose: CodePurpose,
        forName name: String,
        in pool: UserPool,
        limit: AttemptLimit
    ) async throws -> CodeFailure {
        let sub = try simulatedUsers.sub(ofName: name, in: pool)
        let outcome = try await store.codes.redeem(
            attempt(code, purpose, sub: sub, in: pool, limit: limit),
            in: pool
        )
        return if case .refused(let failure) = outcome { failure } else { .mismatch }
    }

    /// A code that somebody typed, as the database compares it. Attempts count against the user, or against `subject`.
    package func attempt(
        _ code: String,
        _ purpose: CodePurpose,
        sub: String,
        in pool: UserPool,
        limit: AttemptLimit,
        subject: AttemptSubject? = nil
    ) throws -> CodeRepository.Attempt {
        CodeRepository.Attempt(
            purpose,
            hash: try store.vault.codeHash(code, purpose: purpose, poolID: pool.id, sub: sub),
            sub: sub,
            subject: subject ?? .user(sub: sub),
            limit: limit
        )
    }
}

extension CodePurpose {
    /// What the message says.
    fileprivate func template(in pool: UserPool) -> MessageTemplate {
        switch self {
        case .emailOTP, .smsOTP: .authentication(in: pool)
        case .confirmSignUp, .resetPassword, .verifyEmail, .verifyPhoneNumber: .verification(in: pool)
        }
    }
}
