package import CognitoModel
import Cryptography

/// A device of a user that was confirmed.
package struct UserDevice: Sendable {
    /// How many a user may have. Cognito names no limit.
    package static let mostOfUser = 100

    package let poolID: String
    package let sub: String
    package let key: String
    package let name: String?
    /// What proves that it is the device; nil where the app gave nothing, and it can prove nothing.
    package let password: StoredPassword?
    package let isRemembered: Bool
    /// From where it was confirmed, or last proven.
    package let lastAddress: String?
    package let createdAt: Timestamp
    package let modifiedAt: Timestamp
    package let authenticatedAt: Timestamp

    package init(
        poolID: String,
        sub: String,
        key: String,
        name: String?,
        password: StoredPassword?,
        isRemembered: Bool,
        lastAddress: String?,
        createdAt: Timestamp,
        modifiedAt: Timestamp,
        authenticatedAt: Timestamp
    ) {
        self.poolID = poolID
        self.sub = sub
        self.key = key
        self.name = name
        self.password = password
        self.isRemembered = isRemembered
        self.lastAddress = lastAddress
        self.createdAt = createdAt
        self.modifiedAt = modifiedAt
        self.authenticatedAt = authenticatedAt
    }

    /// Whether a sign-in can ask it for a proof.
    package var canProve: Bool { isRemembered && password != nil }

    /// As the API shows it.
    package var wireForm: DeviceType {
        let attributes = [
            ("device_status", "valid"), ("device_name", name),
            ("dev:device_remembered_status", isRemembered ? "remembered" : "not_remembered"),
            ("last_ip_used", lastAddress),
        ]
        return DeviceType(
            deviceKey: key,
            deviceAttributes: attributes.compactMap { name, value in value.map { AttributeType(name: name, value: $0) }
            },
            deviceCreateDate: createdAt,
            deviceLastModifiedDate: modifiedAt,
            deviceLastAuthenticatedDate: authenticatedAt
        )
    }
}

/// Why there is no such device, or can't be.
package enum DeviceFailure: Error, Hashable, Sendable {
    /// The pool tracks no devices.
    case notTracked
    case notFound
    case alreadyConfirmed
    /// Salt or verifier aren't numbers that an honest device makes.
    case invalidVerifier
}

extension UserPool {
    package var tracksDevices: Bool { configuration.deviceConfiguration != nil }

    /// Whether the proof of a remembered device stands for a second factor.
    package var devicesReplaceSecondFactors: Bool {
        configuration.deviceConfiguration?.challengeRequiredOnNewDevice ?? false
    }

    /// Whether a device is remembered only where the user says so.
    package var asksBeforeRemembering: Bool {
        configuration.deviceConfiguration?.deviceOnlyRememberedOnUserPrompt ?? false
    }

    /// `DeviceGroupKey`: what stands for the pool's name in a device's SRP.
    package var deviceGroupKey: String {
        "-" + Hex.encode(Array(SHA256.digest(Array("device group \(id)".utf8)).prefix(4)))
    }
}
