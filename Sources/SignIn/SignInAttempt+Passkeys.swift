import CognitoModel
import Domain
import Storage

extension SignInAttempt {
    /// `CREDENTIAL_REQUEST_OPTIONS`: what a passkey of the user's is to sign for that state; nil where they have none
    /// for the pool's domain. A user who doesn't exist has passkeys that nobody has. 1 read.
    func passkeyOptions(for state: SignInState) async throws -> String? {
        guard let relyingParty = pool.relyingParty else { return nil }
        let kept = try await driver.store.passkeys.all(of: user.sub, poolID: pool.id)
            .filter { $0.relyingPartyID == relyingParty.id }.map(\.descriptor)
        let allowed = subject.isSimulated ? try driver.simulatedUsers.passkeys(of: user, in: pool) : kept
        guard !allowed.isEmpty else { return nil }
        return PasskeyRequestOptions(
            relyingParty: relyingParty,
            challenge: try driver.store.vault.passkeyChallenge(of: state),
            lifetime: client.authSessionValidity,
            allowed: allowed
        ).jsonText
    }

    /// Records that a passkey wasn't right, for as many times in an hour as the user's history is worth it. 1 write
    /// where a history is kept.
    func recordWrongPasskey() async throws {
        guard let event = try event(.fail, failing: .mfa(.failure)) else { return }
        _ = try await driver.store.attempts.isAllowed(
            .wrongPasskey,
            subject: .user(sub: user.sub),
            poolID: pool.id,
            recording: event,
            now: request.now
        )
    }
}
