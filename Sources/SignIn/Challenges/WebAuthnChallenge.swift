import CognitoModel
import Domain
import Storage

/// WEB_AUTHN: a passkey of the user's. Asking is 1 read and writes nothing; checking is 1 read and one signature's
/// verification, and that it was used is written with what it leads to. Wrong ones don't lock the user out: what an
/// authenticator signs can't be guessed.
struct WebAuthnChallenge: SessionChallenge {
    let name = ChallengeNameType.webAuthn

    /// What SELECT_CHALLENGE asked a passkey to sign may come with the choice.
    func isAnswered(in attempt: SignInAttempt) -> Bool {
        attempt.state.challenge == .selectChallenge && attempt.request.parameters["CREDENTIAL"] != nil
    }

    func present(in attempt: SignInAttempt) async throws -> PresentedChallenge {
        let state = try attempt.awaiting(name)
        guard let options = try await attempt.passkeyOptions(for: state) else {
            throw SignInFailure.unavailableFactor
        }
        return PresentedChallenge(
            name,
            session: try state.sealed(by: attempt.driver.store.vault),
            parameters: ["CREDENTIAL_REQUEST_OPTIONS": options],
            availableChallenges: attempt.availableFactors
        )
    }

    /// `CREDENTIAL`. Where the user has no such passkey another is looked at in its place, so that it takes as long.
    func verify(in attempt: SignInAttempt) async throws -> Verification {
        let response = try AuthenticationResponse(try attempt.request.parameters.required("CREDENTIAL"))
        guard let relyingParty = attempt.pool.relyingParty else { throw SignInFailure.unavailableFactor }
        do {
            let use = try await use(of: response, for: relyingParty, in: attempt)
            return .proven(Proof(factor: use.verifiesUser ? .verifiedPasskey : .passkey, passkey: use))
        } catch SignInFailure.wrongPasskey {
            try await attempt.recordWrongPasskey()
            throw SignInFailure.wrongPasskey
        }
    }

    private func use(
        of response: AuthenticationResponse,
        for relyingParty: RelyingParty,
        in attempt: SignInAttempt
    ) async throws -> PasskeyUse {
        let (driver, pool) = (attempt.driver, attempt.pool)
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
        return use
    }
}
