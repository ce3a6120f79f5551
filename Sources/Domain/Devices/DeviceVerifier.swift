package import Cryptography
import SRP

/// The SRP verifiers of devices: devices make them, so that nobody but the device knows its password.
extension PasswordHasher {
    /// What a device sends to be remembered by, in base64, sealed. Throws `DeviceFailure.invalidVerifier`.
    package func deviceVerifier(
        salt: String,
        verifier: String,
        of device: DevicePlace,
        in vault: Vault
    ) throws -> StoredPassword {
        guard salt.utf8.count <= 256, verifier.utf8.count <= 1024, let salt = Base64.decode(salt), !salt.isEmpty,
            let bytes = Base64.decode(verifier), try group.clientPublicKey(bytes) != nil
        else { throw DeviceFailure.invalidVerifier }
        return StoredPassword(
            salt: salt,
            sealedVerifier: try vault.seal(BigNumber(bytes).bytes, for: .deviceVerifier, context: device.context)
        )
    }

    /// The verifier of a device. Throws `SealedValueUnreadable`.
    package func verifier(_ stored: StoredPassword, of device: DevicePlace, in vault: Vault) throws -> BigNumber {
        guard let opened = try vault.open(stored.sealedVerifier, for: .deviceVerifier, context: device.context) else {
            throw SealedValueUnreadable(what: "verifier of the device \(device.key)")
        }
        return BigNumber(opened)
    }
}

/// Whose device it is: what a verifier is sealed for. `SealedColumn` says the same in SQL.
package struct DevicePlace: Hashable, Sendable {
    package let poolID: String
    package let sub: String
    package let key: String

    package init(poolID: String, sub: String, key: String) {
        self.poolID = poolID
        self.sub = sub
        self.key = key
    }

    fileprivate var context: String { "\(poolID)/\(sub)/\(key)" }
}

extension UserDevice {
    package var place: DevicePlace { DevicePlace(poolID: poolID, sub: sub, key: key) }
}
