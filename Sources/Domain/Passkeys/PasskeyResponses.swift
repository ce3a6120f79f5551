package import CognitoModel
import Cryptography
import FIDO2

/// A browser's answer to the options of a registration (`RegistrationResponseJSON`, WebAuthn section 5.1).
package struct RegistrationResponse: Sendable {
    private static let knownTransports = ["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"]
    private static let knownAttachments = ["platform", "cross-platform"]

    let credentialID: [UInt8]
    let clientData: ClientData
    let attestationObject: [UInt8]
    /// What the browser knows of how to reach the authenticator; what isn't known here is left out.
    let transports: [String]
    let attachment: String?

    /// Throws `PasskeyFailure.malformed`.
    package init(_ document: JSONValue) throws(PasskeyFailure) {
        guard document["type"]?.stringValue == "public-key", let response = document["response"],
            let id = document["id"]?.bytes(atMost: Attestation.idLimit),
            let clientData = response["clientDataJSON"]?.bytes(atMost: ClientData.sizeLimit),
            let object = response["attestationObject"]?.bytes(atMost: Attestation.sizeLimit)
        else { throw .malformed }
        credentialID = id
        self.clientData = try ClientData(clientData, .create)
        attestationObject = object
        let said: [String] =
            if case .array(let values) = response["transports"] {
                values.prefix(16).compactMap(\.stringValue)
            } else { [] }
        transports = Self.knownTransports.filter(said.contains)
        attachment = document["authenticatorAttachment"]?.stringValue.flatMap { text in
            Self.knownAttachments.contains(text) ? text : nil
        }
    }

    /// The challenge that it answers.
    package var challenge: [UInt8] { clientData.challenge }
}

/// A browser's answer to the options of a sign-in (`AuthenticationResponseJSON`).
package struct AuthenticationResponse: Sendable {
    private static let sizeLimit = 32 * 1024

    package let credentialID: [UInt8]
    let clientData: ClientData
    let assertion: Assertion
    /// The credential's id as it is kept.
    package var id: String { Base64URL.encode(credentialID) }
    /// The user's id, as the authenticator has kept it; nil where it hasn't.
    let userHandle: [UInt8]?

    /// Reads its JSON. Throws `PasskeyFailure.malformed`.
    package init(_ text: String) throws(PasskeyFailure) {
        guard text.utf8.count <= Self.sizeLimit,
            let document = try? RequestDecoder.document(JSONValue.self, from: text),
            document["type"]?.stringValue == "public-key", let response = document["response"],
            let id = document["id"]?.bytes(atMost: Attestation.idLimit), !id.isEmpty,
            let clientData = response["clientDataJSON"]?.bytes(atMost: ClientData.sizeLimit),
            let data = response["authenticatorData"]?.bytes(atMost: Assertion.sizeLimit),
            let signature = response["signature"]?.bytes(atMost: Assertion.sizeLimit)
        else { throw .malformed }
        credentialID = id
        self.clientData = try ClientData(clientData, .get)
        assertion = Assertion(authenticatorData: data, signature: signature)
        switch response["userHandle"] {
        case nil, .null: userHandle = nil
        case let handle?:
            guard let bytes = handle.bytes(atMost: 64) else { throw .malformed }
            userHandle = bytes
        }
    }
}

extension JSONValue {
    /// The bytes of a base64url text, with or without padding; nil for any other value, and for more bytes than that.
    fileprivate func bytes(atMost limit: Int) -> [UInt8]? {
        guard let text = stringValue, text.utf8.count <= limit * 4 / 3 + 4 else { return nil }
        let isPadded = text.hasSuffix("=")
        let digits = isPadded ? text.prefix(while: { $0 != "=" }) : text[...]
        guard let bytes = Base64URL.decode(String(digits)), bytes.count <= limit else { return nil }
        return bytes
    }
}
