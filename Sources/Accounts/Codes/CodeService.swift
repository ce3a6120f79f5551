package import CognitoModel
package import Domain
package import Storage

/// Codes that are sent to users: made, kept, sent and taken back.
package struct CodeService: Sendable {
    private let store: Store
    private let identifiers: IdentifierGenerator
    private let messages: MessageSender
    private let hosts: LoginHosts
    /// Not in dev, where nobody is behind an address.
    private let limitsMessagesToAddresses: Bool

    package init(
        store: Store,
        identifiers: IdentifierGenerator,
        messages: MessageSender,
        hosts: LoginHosts,
        limitsMessagesToAddresses: Bool
    ) {
        self.store = store
        self.identifiers = identifiers
        self.messages = messages
        self.hosts = hosts
        self.limitsMessagesToAddresses = limitsMessagesToAddresses
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

    /// Sends a code that is kept, as `handling` says; one to an address that had the hour's messages already and that nobody
    /// has proven to be theirs is only worded. Whoever asked isn't told: it would tell of others who asked. With a link, a pool that confirms by links sends it in a mail, with the code in it. Up to 1 write.
    package func send(
        _ code: NewCode,
        username: String,
        link: ConfirmationLink? = nil,
        in pool: UserPool,
        handling: MessageHandling = .delivered,
        now: Timestamp
    ) async throws {
        let isWithinLimit = try await isWithinLimit(code, in: pool, now: now)
        let isWithheld = !isWithinLimit && handling != .pretended
        let handling = isWithheld ? .withheld : handling
        if let link, code.destination.medium == .email, let template = MessageTemplate.confirmationLink(in: pool) {
            let url = link.url(under: hosts.url(of: pool), code: code.text)
            return try await messages.send(
                template.filled(link: url),
                code: code.text,
                to: code.destination,
                handling: handling
            )
        }
        try await messages.send(
            code.text,
            to: code.destination,
            username: username,
            template: code.stored.purpose.template(in: pool),
            handling: handling
        )
    }

    private func isWithinLimit(_ code: NewCode, in pool: UserPool, now: Timestamp) async throws -> Bool {
        guard limitsMessagesToAddresses, code.stored.purpose.provesAddress else { return true }
        let hash = try store.vault.addressHash(code.destination.attribute.value, poolID: pool.id)
        return try await store.attempts.isAllowed(
            .unprovenAddressMessage,
            subject: .address(hash: hash),
            poolID: pool.id,
            now: now
        )
    }

    /// Makes, keeps and sends a code; an earlier one of the same purpose is void. Throws `CodeFailure` past the hour's
    /// limit. 2 writes, 3 where it proves an address. `recording` is what the user's history gets of it, within the limit.
    package func request(
        _ purpose: CodePurpose,
        for user: User,
        at destination: CodeDestination,
        in pool: UserPool,
        limit: AttemptLimit,
        link: ConfirmationLink? = nil,
        handling: MessageHandling = .delivered,
        recording event: AuthEvent? = nil,
        now: Timestamp
    ) async throws {
        let isAllowed = try await store.attempts.isAllowed(
            limit,
            subject: .user(sub: user.sub),
            poolID: pool.id,
            recording: event,
            now: now
        )
        guard isAllowed else { throw CodeFailure.attemptsExceeded }
        let code = try make(purpose, for: user.sub, in: pool, to: destination, now: now)
        try await store.codes.put(code.stored, for: user)
        try await send(code, username: user.username, link: link, in: pool, handling: handling, now: now)
    }

    /// Makes and sends a code that answers a challenge of a sign-in, and returns its hash, which the challenge's session is
    /// to carry: it isn't kept here. Throws `CodeFailure` past the hour's limit. 1 write.
    package func sendSignInCode(
        _ purpose: CodePurpose,
        to user: User,
        at destination: CodeDestination,
        in pool: UserPool,
        handling: MessageHandling,
        now: Timestamp
    ) async throws -> [UInt8] {
        let subject = AttemptSubject.user(sub: user.sub)
        guard try await store.attempts.isAllowed(.sendSignInCode, subject: subject, poolID: pool.id, now: now) else {
            throw CodeFailure.messagesExceeded
        }
        let code = try make(purpose, for: user.sub, in: pool, to: destination, now: now)
        try await send(code, username: user.username, in: pool, handling: handling, now: now)
        return code.stored.hash
    }

    /// Tries a code that changes the user it was sent to, and uses it up where it is right. A user who is simulated has
    /// none that is right. Returns the changed user. Throws `CodeFailure`. 1 write.
    @discardableResult
    package func redeem(
        _ attempt: CodeRepository.Attempt,
        of found: UserFinder.Found,
        in pool: UserPool,
        forcingAliases force: Bool = false,
        recording event: AuthEvent? = nil,
        now: Timestamp,
        change: @escaping @Sendable (inout User, UserAttribute) throws -> Void
    ) async throws -> User {
        if found.isSimulated {
            switch try await store.codes.redeem(attempt, in: pool) {
            case .refused(.expired) where SimulatedUsers.wasSentCode(attempt.purpose, found.user, in: pool, now: now):
                throw CodeFailure.mismatch
            case .refused(let failure): throw failure
            case .right: throw CodeFailure.mismatch
            }
        }
        return try await store.codes.redeem(
            attempt,
            in: pool,
            forcingAliases: force,
            recording: event,
            change: change
        )
    }

    /// A code that somebody typed, as the database compares it.
    package func attempt(
        _ code: String,
        _ purpose: CodePurpose,
        sub: String,
        in pool: UserPool,
        limit: AttemptLimit
    ) throws -> CodeRepository.Attempt {
        CodeRepository.Attempt(
            purpose,
            hash: try store.vault.codeHash(code, purpose: purpose, poolID: pool.id, sub: sub),
            sub: sub,
            limit: limit
        )
    }
}

extension CodePurpose {
    /// Whether the message goes where nobody has yet shown that they read it.
    fileprivate var provesAddress: Bool {
        switch self {
        case .confirmSignUp, .verifyEmail, .verifyPhoneNumber: true
        case .emailOTP, .smsOTP, .emailMFA, .smsMFA, .resetPassword: false
        }
    }

    /// What the message says.
    fileprivate func template(in pool: UserPool) -> MessageTemplate {
        switch self {
        case .emailOTP, .smsOTP, .emailMFA, .smsMFA: .authentication(in: pool)
        case .confirmSignUp, .verifyEmail, .verifyPhoneNumber: .verification(in: pool)
        case .resetPassword: .passwordReset(in: pool)
        }
    }
}
