/// What an authenticator says of the moment at which it signed (WebAuthn section 6.1).
package struct AuthenticatorFlags: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Somebody was there.
    package static let userPresent = AuthenticatorFlags(rawValue: 0x01)
    /// It was the user, by a biometric or a PIN.
    package static let userVerified = AuthenticatorFlags(rawValue: 0x04)
    /// The credential may be copied to other devices.
    package static let backupEligible = AuthenticatorFlags(rawValue: 0x08)
    /// It was.
    package static let backedUp = AuthenticatorFlags(rawValue: 0x10)
    /// A credential comes along.
    static let attestedCredential = AuthenticatorFlags(rawValue: 0x40)

    /// Whether they go together: only what may be copied was.
    package var areConsistent: Bool { contains(.backupEligible) || !contains(.backedUp) }
}
