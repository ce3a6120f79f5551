import CognitoModel
import Cryptography
import FIDO2

/// What is written of a passkey when it was used.
package struct PasskeyUse: Hashable, Sendable {
    package let credentialID: String
    package let signatureCounter: UInt32
    package let isBackedUp: Bool
    /// Whether it was the user who was there, and not just somebody.
    package let verifiesUser: Bool
    /// Whether the authenticator is one that is carried about, as far as its browser said when it was registered.
    package let isRoaming: Bool
}

extension Passkey {
    /// Checks that the passkey answers the challenge for the user (WebAuthn section 7.2). Throws
    /// `SignInFailure.wrongPasskey`, whatever is wrong. That the counter has grown is checked again where the use is
    /// written. One signature's verification.
    package func use(
        _ response: AuthenticationResponse,
        answering challenge: [UInt8],
        for relyingParty: RelyingParty
    ) throws(SignInFailure) -> PasskeyUse {
        guard constantTimeEqual(response.clientData.challenge, challenge),
            relyingParty.allows(origin: response.clientData.origin)
        else { throw .wrongPasskey }
        let report: Assertion.Report
        do {
            report = try response.assertion.verify(
                by: key,
                relyingPartyID: relyingParty.id,
                clientDataHash: response.clientData.hash
            )
        } catch {
            throw .wrongPasskey
        }
        let verifiesUser = report.flags.contains(.userVerified)
        guard relyingPartyID == relyingParty.id, response.credentialID == id,
            response.userHandle.map({ $0.isEmpty || $0 == Array(sub.utf8) }) ?? true,
            verifiesUser || !relyingParty.requiresUserVerification,
            report.flags.areConsistent, report.flags.contains(.backupEligible) == isBackupEligible,
            report.signatureCounter > signatureCounter || (report.signatureCounter == 0 && signatureCounter == 0)
        else { throw .wrongPasskey }
        return PasskeyUse(
            credentialID: credentialID,
            signatureCounter: report.signatureCounter,
            isBackedUp: report.flags.contains(.backedUp),
            verifiesUser: verifiesUser,
            isRoaming: isRoaming
        )
    }

    private var isRoaming: Bool {
        attachment.map { $0 == "cross-platform" }
            ?? transports.contains { ["ble", "nfc", "smart-card", "usb"].contains($0) }
    }

    /// What is looked at in place of a passkey that isn't there, so that it takes as long. Whoever looks refuses it
    /// whatever comes of that: the generator of P-256 is the key of the private number 1.
    package static func placeholder(poolID: String, id: [UInt8], relyingPartyID: String) -> Passkey {
        Passkey(
            poolID: poolID,
            sub: "",
            id: id,
            relyingPartyID: relyingPartyID,
            key: CredentialKey(.es256, bytes: generator),
            signatureCounter: 0,
            isBackupEligible: true,
            isBackedUp: true,
            transports: [],
            attachment: nil,
            name: "",
            createdAt: Timestamp(milliseconds: 0)
        )
    }

    /// SEC 2, section 2.4.2.
    private static let generator =
        Hex.decode(
            """
            6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296\
            4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5
            """
        ) ?? []
}
