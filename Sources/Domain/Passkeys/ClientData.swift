import CognitoModel
import Cryptography

/// What a browser says of a call to an authenticator (WebAuthn section 5.8.1): the authenticator signs over its digest.
struct ClientData {
    static let sizeLimit = 4096

    /// What the call was for.
    enum Kind: String {
        case create = "webauthn.create"
        case get = "webauthn.get"
    }

    let challenge: [UInt8]
    let origin: String
    /// SHA-256 of the text.
    let hash: [UInt8]

    /// Reads its text. Throws `PasskeyFailure.malformed`; a page within another site's counts as that one's.
    init(_ text: [UInt8], _ kind: Kind) throws(PasskeyFailure) {
        guard text.count <= Self.sizeLimit, let members = try? RequestDecoder.document(JSONValue.self, from: text),
            members["type"]?.stringValue == kind.rawValue,
            let challenge = members["challenge"]?.stringValue.flatMap({ Base64URL.decode($0) }),
            let origin = members["origin"]?.stringValue
        else { throw .malformed }
        self.challenge = challenge
        let isEmbedded = members["crossOrigin"] == .boolean(true) || members["topOrigin"] != nil
        self.origin = isEmbedded ? "" : origin
        hash = SHA256.digest(text)
    }
}
