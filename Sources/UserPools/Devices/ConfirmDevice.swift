import Accounts
package import CognitoModel
import Domain
import Storage

/// Keeps a device whose key came with the user's tokens, and what it will prove itself by. 1 read, 1 write.
package enum ConfirmDevice: Operation {
    package static func run(
        _ input: ConfirmDeviceRequest,
        _ call: Call<TokenHolder>
    ) async throws -> ConfirmDeviceResponse {
        let (user, pool) = (call.caller.user, call.caller.pool)
        guard pool.tracksDevices else { throw DeviceFailure.notTracked }
        let device = UserDevice(
            poolID: pool.id,
            sub: user.sub,
            key: input.deviceKey,
            name: input.deviceName,
            password: try verifier(input, call),
            isRemembered: !pool.asksBeforeRemembering,
            lastAddress: call.request.peerAddress,
            createdAt: call.now,
            modifiedAt: call.now,
            authenticatedAt: call.now
        )
        try await call.store.devices.confirm(device)
        return ConfirmDeviceResponse(userConfirmationNecessary: pool.asksBeforeRemembering)
    }

    private static func verifier(_ input: ConfirmDeviceRequest, _ call: Call<TokenHolder>) throws -> StoredPassword? {
        guard let config = input.deviceSecretVerifierConfig else { return nil }
        guard let salt = config.salt, let verifier = config.passwordVerifier else {
            throw DeviceFailure.invalidVerifier
        }
        return try call.passwords.hasher.deviceVerifier(
            salt: salt,
            verifier: verifier,
            of: DevicePlace(poolID: call.caller.pool.id, sub: call.caller.user.sub, key: input.deviceKey),
            in: call.store.vault
        )
    }
}
