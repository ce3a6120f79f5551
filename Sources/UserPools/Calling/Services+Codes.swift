import CognitoModel
import Cryptography
import Domain
import Storage

extension Services {
    /// A new code for the user, as text and as the database keeps it.
    func makeCode(
        _ purpose: CodePurpose,
        for sub: String,
        in pool: UserPool,
        to destination: CodeDestination,
        now: Timestamp
    ) throws -> (text: String, stored: StoredCode) {
        let text = try identifiers.verificationCode()
        let stored = StoredCode(
            purpose: purpose,
            hash: try store.vault.codeHash(text, purpose: purpose, poolID: pool.id, sub: sub),
            attribute: destination.attribute,
            expiresAt: now.adding(seconds: purpose.lifetime)
        )
        return (text, stored)
    }

    /// Makes, keeps and sends a verification code; an earlier one of the same purpose is void. Throws
    /// `LimitExceededException` past the hour's limit. 2 writes.
    func sendCode(
        _ purpose: CodePurpose,
        to user: User,
        at destination: CodeDestination,
        in pool: UserPool,
        limit: AttemptLimit,
        now: Timestamp
    ) async throws {
        guard try await store.attempts.isAllowed(limit, subject: user.sub, poolID: pool.id, now: now) else {
            throw CognitoError.attemptLimitExceeded
        }
        let code = try makeCode(purpose, for: user.sub, in: pool, to: destination, now: now)
        try await store.codes.put(code.stored, sub: user.sub, poolID: pool.id)
        await send(
            code.text,
            to: destination,
            username: user.username,
            template: .verification(in: pool),
            now: now
        )
    }

    /// Sends a code, or a temporary password, in the words of the template.
    func send(
        _ code: String,
        to destination: CodeDestination,
        username: String,
        template: MessageTemplate,
        now: Timestamp
    ) async {
        let (subject, body) = template.filled(code: code, username: username, medium: destination.medium)
        let message = Message(
            to: destination.attribute.value,
            channel: destination.channel,
            subject: subject,
            body: body,
            code: code,
            sentAt: now
        )
        await messages.deliver(message)
    }

    /// Throws where the password breaks the pool's policy or was used before. One modular power for each password of
    /// the history; none where the pool keeps none.
    func checkNewPassword(_ password: String, of user: User, in pool: UserPool) async throws {
        try pool.passwordPolicy.check(password)
        guard pool.passwordPolicy.historySize > 0 else { return }
        let used = try await store.users.passwordHistory(
            sub: user.sub,
            poolID: pool.id,
            count: pool.passwordPolicy.historySize
        )
        for earlier in used where try passwords.verify(password, against: earlier, of: user.srpIdentity) {
            throw CognitoError.passwordUsedBefore
        }
    }
}
