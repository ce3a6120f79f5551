import Accounts
import CognitoModel
import Cryptography
import Domain
import SRP
import Storage

/// DEVICE_PASSWORD_VERIFIER: SRP's proof of a device's password. Its state is in the secret block. Asking is 1 read and one
/// modular power; checking 1 read and two, and a wrong proof 1 write: it counts as a wrong password does.
struct DevicePasswordVerifierChallenge: Challenge {
    let mismatch = SignInFailure.wrongUsernameOrPassword

    func present(in attempt: SignInAttempt) async throws -> PresentedChallenge {
        let (driver, user) = (attempt.driver, attempt.user)
        let hasher = driver.passwords.hasher
        let clientKey = try attempt.request.clientPublicKey(in: hasher.group)
        let (device, password) = try await device(in: attempt)
        let verifier = try hasher.verifier(password, of: device.place, in: driver.store.vault)
        let ephemeral = BigNumber(try driver.identifiers.random.bytes(CognitoSRP.ephemeralSize))
        let serverKey = try hasher.group.serverPublicKey(verifier: verifier, ephemeral: ephemeral)
        let state = try attempt.awaiting(.devicePasswordVerifier)
        let exchange = SRPExchange(state, keys: (clientKey, ephemeral, serverKey))
        return PresentedChallenge(
            .devicePasswordVerifier,
            session: try state.sealed(by: driver.store.vault),
            parameters: [
                "DEVICE_KEY": device.key,
                "SALT": Hex.encode(BigNumber(password.salt).bytes),
                "SECRET_BLOCK": Base64.encode(try driver.store.vault.sealState(exchange)),
                "SRP_B": Hex.encode(serverKey.bytes),
                "USERNAME": user.username,
            ]
        )
    }

    func state(of session: String?, _ request: SignInRequest, driver: SignInDriver) async throws -> SignInState {
        let state = try request.srpExchange(openedBy: driver.store.vault).exchange.state
        try state.check(for: request.client, at: request.now)
        guard state.challenge == .devicePasswordVerifier else { throw SignInFailure.unexpectedChallenge }
        return state
    }

    func verify(in attempt: SignInAttempt) async throws -> Verification {
        let (driver, subject) = (attempt.driver, attempt.subject)
        let proof = try attempt.request.srpProof(openedBy: driver.store.vault)
        let (device, password) = try await device(in: attempt)
        let hadFailures = try await driver.passwords.checkProof(
            of: subject.user,
            lockout: subject.lockout,
            since: subject.ticket,
            in: attempt.pool,
            now: attempt.request.now
        ) {
            let hasher = driver.passwords.hasher
            let expected = try await proof.exchange.expectedProof(
                verifier: try hasher.verifier(password, of: device.place, in: driver.store.vault),
                secretBlock: proof.secretBlock,
                timestamp: proof.timestamp,
                names: (attempt.pool.deviceGroupKey, device.key),
                group: hasher.group
            )
            return proof.isEqual(to: expected) && !subject.isSimulated
        }
        return .proven(Proof(factor: .device, clearsFailures: hadFailures))
    }

    /// The device as it is now: it may have been forgotten since it was named.
    private func device(in attempt: SignInAttempt) async throws -> (UserDevice, StoredPassword) {
        let given = try attempt.request.parameters.required("DEVICE_KEY")
        guard let key = attempt.state.deviceKey, key == given else { throw DeviceFailure.notFound }
        let devices = attempt.driver.store.devices
        let device = try await devices.get(key, of: attempt.user.sub, poolID: attempt.pool.id)
        guard device.canProve, let password = device.password else { throw DeviceFailure.notFound }
        return (device, password)
    }
}
