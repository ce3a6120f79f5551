package import CognitoModel
package import Domain
package import Messaging
package import Storage
import Triggers

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
        /// What is kept of it: its message, too.
        package let stored: StoredCode
        package let destination: CodeDestination
        fileprivate let message: PreparedMessage
    }

    /// What a code is sent for, and who caused it.
    package struct Sending: Sendable {
        fileprivate let occasion: MessageOccasion
        fileprivate let caller: TriggerCaller
        fileprivate let handling: MessageHandling
        fileprivate let username: String?
        fileprivate let link: ConfirmationLink?

        /// `username` is the name that the user knows, if it isn't their username. With a link, a pool that confirms by
        /// links sends it in a mail, with the code in it.
        package init(
            _ occasion: MessageOccasion,
            by caller: TriggerCaller,
            handling: MessageHandling = .delivered,
            username: String? = nil,
            link: ConfirmationLink? = nil
        ) {
            self.occasion = occasion
            self.caller = caller
            self.handling = handling
            self.username = username
            self.link = link
        }
    }

    /// Makes a code and its message, for the write that keeps both. To an address that nobody has proven to be theirs so many
    /// are sent an hour: past that the write withholds the message. Whoever asked isn't told, as it would tell of others
    /// who asked. No read or write.
    package func make(
        _ purpose: CodePurpose,
        for user: User,
        in pool: UserPool,
        to destination: CodeDestination,
        _ sending: Sending,
        expiresAt: Timestamp? = nil,
        now: Timestamp
    ) throws -> NewCode {
        let text = try identifiers.code(digits: purpose.digits)
        let expiry = expiresAt ?? now.adding(seconds: purpose.lifetime)
        let username = sending.username ?? user.username
        var words = purpose.template(in: pool).filled(code: text, username: username, medium: destination.medium)
        var url: String?
        if let link = sending.link, destination.medium == .email,
            let template = MessageTemplate.confirmationLink(in: pool)
        {
            let target = link.url(under: hosts.url(of: pool), code: text)
            words = template.filled(link: target)
            url = target
        }
        var draft = MessageDraft(
            to: user,
            at: destination,
            sending.occasion,
            by: sending.caller,
            handling: sending.handling,
            words: words,
            expiresAt: expiry
        )
        draft.code = text
        draft.username = username
        draft.link = url
        draft.isLimited = limitsMessagesToAddresses && purpose.provesAddress
        let message = try messages.prepare(draft, in: pool, now: now)
        let stored = StoredCode(
            purpose: purpose,
            hash: try store.vault.codeHash(text, purpose: purpose, poolID: pool.id, sub: user.sub),
            attribute: destination.attribute,
            expiresAt: expiry,
            message: message.stored
        )
        return NewCode(text: text, stored: stored, destination: destination, message: message)
    }

    /// Sends a code that is kept, unless the write that kept it withheld its message. Throws `DeliveryFailure` and
    /// `TriggerFailure` where the caller waits for it. No read or write.
    package func send(_ code: NewCode, withheld: WithheldMessages) async throws {
        try await messages.send(code.message, withheld: withheld)
    }

    /// Sends codes that one write kept, each as `send` does, whatever becomes of the others. Throws the first failure.
    package func send(_ codes: [NewCode], withheld: WithheldMessages) async throws {
        try await messages.send(codes.map(\.message), withheld: withheld)
    }

    /// Makes, keeps and sends a code; an earlier one of the same purpose is void. Throws `CodeFailure` past the hour's
    /// limit. 1 write. `recording` is what the user's history gets of it, within the limit.
    package func request(
        _ purpose: CodePurpose,
        for user: User,
        at destination: CodeDestination,
        in pool: UserPool,
        limit: AttemptLimit,
        _ sending: Sending,
        recording event: AuthEvent? = nil,
        now: Timestamp
    ) async throws {
        let code = try make(purpose, for: user, in: pool, to: destination, sending, now: now)
        guard let withheld = try await store.codes.put(code.stored, for: user, within: limit, recording: event) else {
            throw CodeFailure.attemptsExceeded
        }
        try await send(code, withheld: withheld)
    }

    /// Makes and sends a code that answers a challenge of a sign-in, and returns its hash, which the challenge's session is
    /// to carry: it isn't kept here. Throws `CodeFailure` past the hour's limit. 1 write.
    package func sendSignInCode(
        _ purpose: CodePurpose,
        to user: User,
        at destination: CodeDestination,
        in pool: UserPool,
        _ sending: Sending,
        expiresAt: Timestamp? = nil,
        now: Timestamp
    ) async throws -> [UInt8] {
        let code = try make(purpose, for: user, in: pool, to: destination, sending, expiresAt: expiresAt, now: now)
        if let message = code.stored.message {
            guard
                let withheld = try await store.attempts.put(message, to: user.sub, within: .sendSignInCode, now: now)
            else { throw CodeFailure.messagesExceeded }
            try await messages.send(code.message, withheld: withheld)
        }
        return code.stored.hash
    }

    /// Tries a code that changes the user it was sent to, and uses it up where it is right. A user who is simulated has
    /// none that is right. Returns the changed user. Throws `CodeFailure`. 1 write.
    @discardableResult
    package func redeem(
        _ attempt: CodeRepository.Attempt,
        of found: UserFinder.Found,
        in pool: UserPool,
        takingAliases taking: Set<String> = [],
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
            takingAliases: taking,
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
