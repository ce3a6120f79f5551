import CognitoModel
import Domain
import Storage

extension SignIn {
    /// NEW_PASSWORD_REQUIRED: asks for a password of the user's own, and for required attributes that are missing.
    func newPasswordChallenge(for user: User) throws -> SignInAnswer {
        let missing = pool.schema.requiredNames.filter { user.attributes[$0] == nil }
        let shown = user.attributes.list.filter { client.mayRead($0.name) }
        let attributes = Dictionary(shown.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        return SignInAnswer(
            challenge: .newPasswordRequired,
            session: try session(.newPasswordRequired, for: .user(user, lockout: nil)),
            parameters: [
                "USER_ID_FOR_SRP": user.username,
                "requiredAttributes": missing.map { "userAttributes.\($0)" }.jsonText,
                "userAttributes": attributes.jsonText,
            ]
        )
    }

    /// Takes the new password, confirms the user and issues tokens. 1 read, 1 write; one modular power and two RSA
    /// signatures.
    func answerNewPassword(_ session: ChallengeSession, _ parameters: SignInParameters) async throws -> SignInAnswer {
        let newPassword = try parameters.required("NEW_PASSWORD")
        guard let user = try await subject(sub: session.sub, username: session.username).user,
            try SignInGuard.next(for: user, client: client, now: now) == .newPassword
        else { throw CognitoError.invalidSession }
        let changes = try attributeChanges(parameters, of: user)
        try await services.checkNewPassword(newPassword, of: user, in: pool)
        let password = try services.passwords.hash(newPassword, of: user.srpIdentity)

        let tokenSession = try newSession(for: user)
        let refreshToken = try services.tokens.refreshToken(keys: entry.keys)
        let changed = try await services.store.sessions.open(
            tokenSession,
            refreshHash: services.store.vault.refreshTokenHash(refreshToken),
            spending: session.spendableNonce,
            in: pool
        ) { [now, pool, client] user in
            guard user.isEnabled, user.status == .forceChangePassword else { throw CognitoError.invalidSession }
            let outcome = try AttributeUpdate.apply(changes, to: user.attributes, in: pool, by: .client(client))
            user.attributes = outcome.attributes
            user.password = password
            user.temporaryPasswordExpiresAt = nil
            user.status = .confirmed
            user.modifiedAt = now
        }
        guard let changed else { throw CognitoError.sessionUsed }
        return try tokens(for: changed, of: tokenSession, refreshToken: refreshToken)
    }

    /// The attributes that came with the password: every missing required one, and none that is required and set.
    private func attributeChanges(_ parameters: SignInParameters, of user: User) throws -> [UserAttribute] {
        let changes = parameters.userAttributes
        let required = pool.schema.requiredNames
        let missing = required.filter { name in
            user.attributes[name] == nil && !changes.contains { $0.name == name && !$0.value.isEmpty }
        }
        guard missing.isEmpty else { throw CognitoError.missingAttributes(missing) }
        let repeated = changes.first { required.contains($0.name) && user.attributes[$0.name] != nil }
        if let repeated { throw CognitoError.attributeAlreadyProvided(repeated.name) }
        return changes
    }
}

extension JSONEncodable {
    fileprivate var jsonText: String { String(decoding: jsonBytes, as: UTF8.self) }
}
