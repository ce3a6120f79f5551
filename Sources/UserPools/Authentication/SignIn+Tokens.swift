import CognitoModel
import Domain
import Storage

extension SignIn {
    /// A proven factor's admission to go on: the nonce of the session or secret block that it came with.
    struct Admission: Sendable {
        /// Nil for flows of a single call, which have nothing that could be replayed.
        let nonce: SessionRepository.Nonce?
        /// Whether failed passwords are to be forgotten.
        let clearsFailures: Bool
    }

    /// Goes on after the user has proven who they are: tokens, or the challenge that stands before them.
    func proceed(_ user: User, _ admission: Admission) async throws -> SignInAnswer {
        switch try SignInGuard.next(for: user, client: client, now: now) {
        case .tokens: return try await openSession(for: user, admission)
        case .newPassword:
            if let nonce = admission.nonce, try await !services.store.sessions.spend(nonce, poolID: pool.id) {
                throw CognitoError.sessionUsed
            }
            return try newPasswordChallenge(for: user)
        }
    }

    /// Opens a session and issues its tokens. 1 write; two RSA signatures.
    private func openSession(for user: User, _ admission: Admission) async throws -> SignInAnswer {
        let session = try newSession(for: user)
        let refreshToken = try services.tokens.refreshToken(keys: entry.keys)
        let isOpen = try await services.store.sessions.open(
            session,
            refreshHash: services.store.vault.refreshTokenHash(refreshToken),
            spending: admission.nonce,
            clearingFailures: admission.clearsFailures
        )
        guard isOpen else { throw CognitoError.sessionUsed }
        return try tokens(for: user, of: session, refreshToken: refreshToken)
    }

    func newSession(for user: User) throws -> TokenSession {
        TokenSession(
            id: try services.identifiers.sessionID(at: now),
            poolID: pool.id,
            sub: user.sub,
            clientID: client.id,
            originJTI: try services.identifiers.uuid(),
            authTime: now,
            expiresAt: now.adding(seconds: try TokenValidity(client.configuration).refresh)
        )
    }

    /// The tokens of a session. Two RSA signatures.
    func tokens(for user: User, of session: TokenSession, refreshToken: String?) throws -> SignInAnswer {
        let tokens = try services.tokens.issue(
            for: user,
            client: client,
            pool: pool,
            session: session,
            keys: entry.keys,
            now: now
        )
        return SignInAnswer(
            tokens: AuthenticationResultType(
                accessToken: tokens.access,
                expiresIn: tokens.expiresIn,
                tokenType: "Bearer",
                refreshToken: refreshToken,
                idToken: tokens.id
            )
        )
    }
}
