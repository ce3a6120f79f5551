import CognitoModel
import Domain
import Storage

/// WEB_AUTHN: a passkey of the user's. Asking is 1 read and writes nothing; checking is 1 read and one signature's
/// verification, and that it was used is written with what it leads to. Wrong ones aren't counted: what an authenticator
/// signs can't be guessed.
struct WebAuthnChallenge: SessionChallenge {
    let name = ChallengeNameType.webAuthn

    /// A user who doesn't exist has passkeys that nobody has, and is asked for them.
    func present(in attempt: SignInAttempt) async throws -> PresentedChallenge {
        let (driver, user, pool) = (attempt.driver, attempt.user, attempt.pool)
        guard let relyingParty = pool.relyingParty else { throw SignInFailure.unavailableFactor }
        let kept = try await driver.store.passkeys.all(of: user.sub, poolID: pool.id)
            .filter { $0.relyingPartyID == relyingParty.id }.map(\.descriptor)
        let allowed = attempt.subject.isSimulated ? try driver.simulatedUsers.passkeys(of: user, in: pool) : kept
        guard !allowed.isEmpty else { throw SignInFailure.unavailableFactor }
        let state = try attempt.awaiting(name)
        let options = PasskeyRequestOptions(
            relyingParty: relyingParty,
            challenge: try driver.store.vault.passkeyChallenge(of: state),
            lifetime: attempt.client.authSessionValidity,
            allowed: allowed
        )
        return PresentedChallenge(
            name,
            session: try state.sealed(by: driver.store.vault),
            parameters: ["CREDENTIAL_REQUEST_OPTIONS": String(decoding: options.jsonBytes, as: UTF8.self)],
            availableChallenges: attempt.availableFactors
        )
    }

    /// `CREDENTIAL`. Where the user has no such passkey another is looked at in its place, so that it takes as long.
    func verify(in attempt: SignInAttempt) async throws -> Verification {
        let (driver, pool) = (attempt.driver, attempt.pool)
        let response = try AuthenticationResponse(try attempt.request.parameters.required("CREDENTIAL"))
        guard let relyingParty = pool.relyingParty else { throw SignInFailure.unavailableFactor }
        let found = try await driver.store.passkeys.find(response.id, poolID: pool.id)
        let owned = found.flatMap { $0.sub == attempt.user.sub && !attempt.subject.isSimulated ? $0 : nil }
        let passkey =
            owned ?? .placeholder(poolID: pool.id, id: response.credentialID, relyingPartyID: relyingParty.id)
        let use = try passkey.use(
            response,
            answering: driver.store.vault.passkeyChallenge(of: attempt.state),
            for: relyingParty
        )
        guard owned != nil else { throw SignInFailure.wrongPasskey }
        return .proven(Proof(factor: use.verifiesUser ? .verifiedPasskey : .passkey, passkey: use))
    }
}
