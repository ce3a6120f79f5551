package import CognitoModel
import Cryptography
import Domain
import Storage

/// Setting up a software token within a sign-in that awaits MFA_SETUP.
extension SignInDriver {
    /// Makes the secret of a token, and the session that carries it: nothing is kept until its first code has come. 1
    /// read. Throws `FactorFailure` where the pool has no such factor, and `SignInFailure` for a session that isn't
    /// good.
    package func associateSoftwareToken(
        session: String,
        now: Timestamp
    ) async throws -> (secret: String, session: String) {
        let (state, user, client) = try await settingUp(session, now: now)
        let secret = try identifiers.random.bytes(TOTP.secretSize)
        let next = try awaitingSetup(state.settingUp(secret), of: user, client: client, now: now)
        return (Base32.encode(secret), next)
    }

    /// Keeps the token of the session, if that is its first code, and returns the session that answers MFA_SETUP. 1
    /// read, 1 write. Throws as above.
    package func verifySoftwareToken(
        session: String,
        code: String,
        name: String?,
        now: Timestamp
    ) async throws -> String {
        var (state, user, client) = try await settingUp(session, now: now)
        guard let secret = state.softwareTokenSecret else { throw FactorFailure.softwareTokenNotSetUp }
        guard let first = TOTP.step(of: code, secret: secret, at: now) else { throw FactorFailure.wrongFirstCode }
        let token = SoftwareToken(
            sealedSecret: try store.vault.sealSoftwareToken(secret, of: user),
            name: name,
            lastStep: first
        )
        var step = SessionRepository.Step()
        step.nonce = state.spendableNonce
        step.epoch = state.epoch
        step.change = { user in
            user.factors.softwareToken = token
            user.factors.turn(.softwareToken, on: true)
        }
        let pool = try await store.directory.pool(state.poolID).pool
        guard let changed = try await store.sessions.advance(state.sub, by: step, in: pool) else {
            throw SignInFailure.invalidSession
        }
        state.prove(.softwareTokenSetup, at: now)
        return try awaitingSetup(state, of: changed, client: client, now: now)
    }

    /// The state of a session that awaits MFA_SETUP, and the user that it is of. 1 read.
    private func settingUp(
        _ session: String,
        now: Timestamp
    ) async throws -> (state: SignInState, user: User, client: AppClient) {
        let state = try SignInState.open(session, vault: store.vault)
        guard let found = try await store.directory.findClient(state.clientID) else {
            throw SignInFailure.invalidSession
        }
        try state.check(for: found.client, at: now)
        guard state.challenge == .mfaSetup, !state.hasProven(.softwareTokenSetup) else {
            throw SignInFailure.invalidSession
        }
        let pool = found.poolWithKeys.pool
        guard pool.secondFactors.contains(.softwareToken) else { throw FactorFailure.softwareTokenUnavailable }
        guard let user = try await store.users.signingIn(sub: state.sub, in: pool).user, user.isEnabled,
            user.credentialEpoch == state.epoch
        else { throw SignInFailure.invalidSession }
        return (state, user, found.client)
    }

    private func awaitingSetup(
        _ state: SignInState,
        of user: User,
        client: AppClient,
        now: Timestamp
    ) throws -> String {
        try state.awaiting(
            .mfaSetup,
            of: user,
            codeHash: nil,
            nonce: identifiers.uuid(),
            expiresAt: now.adding(seconds: client.authSessionValidity)
        ).sealed(by: store.vault)
    }
}
