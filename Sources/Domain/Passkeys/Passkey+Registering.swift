package import CognitoModel
import Cryptography
import FIDO2

extension Passkey {
    /// The passkey that a browser has answered with, whose challenge was found good (WebAuthn section 7.1). Throws
    /// `PasskeyFailure`. What the authenticator says of itself has to be signed right, but anybody may have made it.
    package init(
        registering response: RegistrationResponse,
        of user: User,
        for relyingParty: RelyingParty,
        now: Timestamp
    ) throws(PasskeyFailure) {
        guard relyingParty.allows(origin: response.clientData.origin) else { throw .originNotAllowed }
        let attestation: Attestation
        do {
            attestation = try Attestation(response.attestationObject, clientDataHash: response.clientData.hash)
        } catch {
            throw error == .unsupported ? .unsupported : .malformed
        }
        guard attestation.relyingPartyHash == SHA256.digest(Array(relyingParty.id.utf8)) else {
            throw .otherRelyingParty
        }
        let flags = attestation.flags
        guard flags.contains(.userPresent), flags.contains(.userVerified) || !relyingParty.requiresUserVerification
        else {
            throw .unsupported
        }
        guard flags.areConsistent, attestation.credentialID == response.credentialID else { throw .malformed }
        do {
            try attestation.verifyStatement(relyingPartyID: relyingParty.id)
        } catch {
            throw .malformed
        }
        self.init(
            poolID: user.poolID,
            sub: user.sub,
            id: attestation.credentialID,
            relyingPartyID: relyingParty.id,
            key: attestation.key,
            signatureCounter: attestation.signatureCounter,
            isBackupEligible: flags.contains(.backupEligible),
            isBackedUp: flags.contains(.backedUp),
            transports: response.transports,
            attachment: response.attachment,
            name: Self.names[Hex.encode(attestation.aaguid)] ?? "Passkey",
            createdAt: now
        )
    }

    /// Who makes the authenticators of these AAGUIDs.
    private static let names = [
        "ea9b8d664d011d213ce4b6b48cb575d4": "Google Password Manager",
        "adce000235bcc60a648b0b25f1f05503": "Chrome on Mac",
        "08987058cadc4b81b6e130de50dcbe96": "Windows Hello",
        "9ddd1817af5a4672a2b93e3dd95000a9": "Windows Hello",
        "6028b017b1d44c02b4b3afcdafc96bb2": "Windows Hello",
        "fbfc3007154e4ecc8c0b6e020557d7bd": "iCloud Keychain",
        "dd4ec289e01d41c9bb8970fa845d4bf2": "iCloud Keychain",
        "531126d6e717415c93203d9aa6981239": "Dashlane",
        "bada5566a7aa401fbd9645619a55120d": "1Password",
        "d548826e79b4db40a3d811116f7e8349": "Bitwarden",
        "53414d53554e47000000000000000000": "Samsung Pass",
    ]
}
