import Accounts
import CognitoModel
import Cryptography
import Domain
import Storage

/// DEVICE_SRP_AUTH: asks a remembered device for `SRP_A`, with which DEVICE_PASSWORD_VERIFIER can be asked.
///
/// Some clients don't send the `Session` back. Of those, pycognito sends the `SRP_A` again by which it has just proven
/// the password, and the session is found by that: nobody else knows the number, as nobody else knows a session. So it
/// is kept where a password was proven by SRP: 1 write more, and 1 read and 1 write where it is taken. A client that
/// sends neither (the first versions of amazon-cognito-identity-js) can't be told from somebody who has the device's
/// secrets alone, and is refused.
struct DeviceSRPAuthChallenge: SessionChallenge {
    let name = ChallengeNameType.deviceSrpAuth

    func present(in attempt: SignInAttempt) async throws -> PresentedChallenge {
        let state = try attempt.awaiting(name)
        let session = try state.sealed(by: attempt.driver.store.vault)
        if let hash = try provenHash(in: attempt) {
            try await attempt.driver.store.devices.keep(session, of: state, under: hash)
        }
        return PresentedChallenge(name, session: session, parameters: [:])
    }

    func verify(in attempt: SignInAttempt) async throws -> Verification {
        _ = try attempt.request.parameters.required("SRP_A")
        let key = try attempt.request.parameters.required("DEVICE_KEY")
        guard key == attempt.state.deviceKey else { throw DeviceFailure.notFound }
        return .chosen(.devicePasswordVerifier)
    }

    func keptSession(_ request: SignInRequest, _ driver: SignInDriver) async throws -> String? {
        guard let publicKey = request.parameters["SRP_A"], !publicKey.isEmpty,
            let deviceKey = request.parameters["DEVICE_KEY"]
        else { return nil }
        let hash = try driver.store.vault.deviceProofHash(
            request.clientPublicKey(in: driver.passwords.hasher.group).bytes,
            deviceKey: deviceKey,
            client: request.client
        )
        return try await driver.store.devices.takeSession(keptUnder: hash, poolID: request.client.poolID)
    }

    /// The hash for the exchange that has just proven the password; nil where nothing of the kind did.
    private func provenHash(in attempt: SignInAttempt) throws -> [UInt8]? {
        guard attempt.state.challenge == .passwordVerifier, let deviceKey = attempt.state.deviceKey else { return nil }
        let vault = attempt.driver.store.vault
        let exchange = try attempt.request.srpExchange(openedBy: vault).exchange
        guard let publicKey = Base64.decode(exchange.clientPublicKey) else { return nil }
        return try vault.deviceProofHash(publicKey, deviceKey: deviceKey, client: attempt.client)
    }
}
