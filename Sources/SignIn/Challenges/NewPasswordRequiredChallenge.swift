import Accounts
import CognitoModel
import Domain

/// NEW_PASSWORD_REQUIRED: asks for a password of the user's own in place of a temporary one, and for required
/// attributes that are missing. Taking it is one modular power; it is written with the session that it leads to.
struct NewPasswordRequiredChallenge: SessionChallenge {
    let name = ChallengeNameType.newPasswordRequired

    func present(in attempt: SignInAttempt) async throws -> PresentedChallenge {
        let user = attempt.user
        let missing = attempt.pool.schema.requiredNames.filter { user.attributes[$0] == nil }
        let shown = user.attributes.list.filter { attempt.client.mayRead($0.name) }
        let attributes = Dictionary(shown.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        return PresentedChallenge(
            name,
            session: try attempt.session(awaiting: name),
            parameters: [
                "USER_ID_FOR_SRP": user.username,
                "requiredAttributes": missing.map { "userAttributes.\($0)" }.jsonText,
                "userAttributes": attributes.jsonText,
            ]
        )
    }

    func verify(in attempt: SignInAttempt) async throws -> Verification {
        let newPassword = try attempt.request.parameters.required("NEW_PASSWORD")
        // The state is of an earlier call: since then the user may have got another state, or be gone.
        guard !attempt.subject.isSimulated, attempt.next == .challenge(name) else { throw SignInFailure.invalidSession }
        let (pool, client) = (attempt.pool, attempt.client)
        let changes = try attributeChanges(attempt)
        let status = attempt.user.status
        try attempt.driver.passwords.refuseCompromised(newPassword, at: .passwordChange, attempt.request.protection)
        let password = try await attempt.driver.passwords.take(newPassword, for: attempt.user, in: pool)
        return .proven(
            Proof(factor: .newPassword) { user in
                guard user.isEnabled, user.status == status else { throw SignInFailure.invalidSession }
                let outcome = try AttributeUpdate.apply(changes, to: user.attributes, in: pool, by: .client(client))
                user.attributes = outcome.attributes
                user.password = password
                user.temporaryPasswordExpiresAt = nil
                user.status = .confirmed
            }
        )
    }

    /// The attributes that came with the password: every missing required one, and none that is required and set.
    private func attributeChanges(_ attempt: SignInAttempt) throws -> [UserAttribute] {
        let current = attempt.user.attributes
        let changes = attempt.request.parameters.userAttributes
        let required = attempt.pool.schema.requiredNames
        let missing = required.filter { name in
            current[name] == nil && !changes.contains { $0.name == name && !$0.value.isEmpty }
        }
        guard missing.isEmpty else { throw SignInFailure.missingAttributes(missing) }
        let repeated = changes.first { required.contains($0.name) && current[$0.name] != nil }
        if let repeated { throw SignInFailure.attributeAlreadySet(repeated.name) }
        return changes
    }
}
