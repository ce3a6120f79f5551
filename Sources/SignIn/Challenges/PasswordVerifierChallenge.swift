import Accounts
import CognitoModel
import Cryptography
import Domain
import SRP
import Storage

/// PASSWORD_VERIFIER: SRP's proof of the password. Its state is in the secret block, so it needs no `Session`. Asking is
/// one modular power and writes nothing; checking is two, and a wrong proof 1 write.
struct PasswordVerifierChallenge: Challenge {
    /// The proof is computed over `USER_ID_FOR_SRP`.
    let takesAliases = false
    let mismatch = SignInFailure.wrongUsernameOrPassword

    /// A user without a password gets one that looks the same.
    func present(in attempt: SignInAttempt) async throws -> PresentedChallenge {
        let driver = attempt.driver
        let clientKey = try attempt.request.clientPublicKey(in: attempt.driver.passwords.hasher.group)
        let (user, password) = try userWithPassword(attempt)
        let verifier = try driver.passwords.hasher.verifier(password, of: user.srpIdentity)
        let group = driver.passwords.hasher.group
        let ephemeral = BigNumber(try driver.identifiers.random.bytes(CognitoSRP.ephemeralSize))
        let serverKey = try group.serverPublicKey(verifier: verifier, ephemeral: ephemeral)
        let state = try attempt.awaiting(.passwordVerifier)
        let exchange = SRPExchange(state, keys: (clientKey, ephemeral, serverKey))
        return PresentedChallenge(
            .passwordVerifier,
            session: [.userAuth, .customAuth].contains(attempt.state.flow)
                ? try state.sealed(by: driver.store.vault) : nil,
            parameters: [
                // A number, so without leading zeros: some clients hash its text as it comes, others its value.
                "SALT": Hex.encode(BigNumber(password.salt).bytes),
                "SECRET_BLOCK": Base64.encode(try driver.store.vault.sealState(exchange)),
                "SRP_B": Hex.encode(serverKey.bytes),
                "USERNAME": user.username,
                "USER_ID_FOR_SRP": user.username,
            ]
        )
    }

    func state(of session: String?, _ request: SignInRequest, driver: SignInDriver) async throws -> SignInState {
        let vault = driver.store.vault
        if let session {
            _ = try SignInState.open(
                session,
                awaiting: .passwordVerifier,
                client: request.client,
                vault: vault,
                now: request.now
            )
        }
        let state = try request.srpExchange(openedBy: vault).exchange.state
        guard state.poolID == request.client.poolID, state.clientID == request.client.id else {
            throw SignInFailure.wrongUsernameOrPassword
        }
        try state.check(for: request.client, at: request.now)
        guard state.challenge == .passwordVerifier else { throw SignInFailure.wrongUsernameOrPassword }
        return state
    }

    func verify(in attempt: SignInAttempt) async throws -> Verification {
        let (driver, subject) = (attempt.driver, attempt.subject)
        let proof = try attempt.request.srpProof(openedBy: driver.store.vault)
        let (user, password) = try userWithPassword(attempt)
        let hadFailures = try await driver.passwords.checkProof(
            of: subject.user,
            lockout: subject.lockout,
            since: subject.ticket,
            in: attempt.pool,
            now: attempt.request.now,
            failure: { try attempt.event(.fail, failing: .password(.failure)) }
        ) {
            let hasher = driver.passwords.hasher
            let expected = try await proof.exchange.expectedProof(
                verifier: try hasher.verifier(password, of: user.srpIdentity),
                secretBlock: proof.secretBlock,
                timestamp: proof.timestamp,
                identity: user.srpIdentity,
                group: hasher.group
            )
            return proof.isEqual(to: expected) && !subject.isSimulated && subject.user.password != nil
        }
        return .proven(Proof(factor: .password, clearsFailures: hadFailures))
    }

    /// The user and their password, or one that nobody knows for a user who has none.
    private func userWithPassword(_ attempt: SignInAttempt) throws -> (User, StoredPassword) {
        let user = attempt.user
        return (user, try user.password ?? attempt.driver.passwords.hasher.simulatedPassword(of: user.srpIdentity))
    }
}
