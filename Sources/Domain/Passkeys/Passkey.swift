package import CognitoModel
import Cryptography
package import FIDO2

/// A passkey of a user: what is kept of a credential that an authenticator has made.
package struct Passkey: Sendable, Hashable {
    /// How many a user may have.
    package static let mostOfUser = 20

    package let poolID: String
    package let sub: String
    /// What the authenticator calls it.
    package let id: [UInt8]
    package let relyingPartyID: String
    package let key: CredentialKey
    /// How often the authenticator had signed by it; 0 where it doesn't count.
    package let signatureCounter: UInt32
    /// Whether it may be copied to other devices, and whether it was.
    package let isBackupEligible: Bool
    package let isBackedUp: Bool
    package let transports: [String]
    package let attachment: String?
    /// What the user sees.
    package let name: String
    package let createdAt: Timestamp

    package init(
        poolID: String,
        sub: String,
        id: [UInt8],
        relyingPartyID: String,
        key: CredentialKey,
        signatureCounter: UInt32,
        isBackupEligible: Bool,
        isBackedUp: Bool,
        transports: [String],
        attachment: String?,
        name: String,
        createdAt: Timestamp
    ) {
        self.poolID = poolID
        self.sub = sub
        self.id = id
        self.relyingPartyID = relyingPartyID
        self.key = key
        self.signatureCounter = signatureCounter
        self.isBackupEligible = isBackupEligible
        self.isBackedUp = isBackedUp
        self.transports = transports
        self.attachment = attachment
        self.name = name
        self.createdAt = createdAt
    }

    /// The id of which the API shows that; nil where it is none.
    package static func id(of credentialID: String) -> [UInt8]? { Base64URL.decode(credentialID) }

    /// The id as the API shows it.
    package var credentialID: String { Base64URL.encode(id) }

    /// As ListWebAuthnCredentials shows it.
    package var wireForm: WebAuthnCredentialDescription {
        WebAuthnCredentialDescription(
            credentialId: credentialID,
            friendlyCredentialName: name,
            relyingPartyId: relyingPartyID,
            authenticatorAttachment: attachment,
            authenticatorTransports: transports,
            createdAt: createdAt
        )
    }

    /// As options name it.
    package var descriptor: PasskeyDescriptor { PasskeyDescriptor(id: credentialID, transports: transports) }
}

/// A passkey as options name it.
package struct PasskeyDescriptor: Hashable, Sendable, JSONEncodable {
    package let id: String
    package let transports: [String]

    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.member("type", "public-key")
        json.member("id", id)
        json.member("transports", transports)
        json.endObject()
    }
}
