import CognitoModel
import Cryptography
import Testing

/// An authenticator with one credential, and the browser around it: RS256, and no statement of itself.
struct SoftwareAuthenticator: Sendable {
    private static let key = Result { try RSAPrivateKey.generate() }

    /// Who was there, and what may be copied (WebAuthn section 6.1).
    static let (present, verified, eligible, copied): (UInt8, UInt8, UInt8, UInt8) = (0x01, 0x04, 0x08, 0x10)

    var id = Array(SHA256.digest(Array("a credential".utf8)).prefix(16))
    var origin = "https://example.com"
    /// For whom it signs, where that isn't who asks.
    var relyingParty: String?
    var flags = present | verified
    var counter: UInt32 = 1
    /// What the browser tells beside type, challenge and origin.
    var more: [String: JSONValue] = [:]
    var userHandle: String?
    /// As COSE names it.
    var algorithm = -257

    /// What a browser sends for creation options.
    func register(_ options: JSONValue) throws -> JSONValue {
        let challenge = try #require(options["challenge"]?.stringValue)
        let party = try #require(options["rp"]?["id"]?.stringValue)
        let modulus = try Self.key.get().publicKey.modulus
        let key =
            [0xA4, 0x01, 0x03, 0x03, 0x39] + bigEndian(UInt16(-1 - algorithm)) + [0x20, 0x59, 0x01, 0x00] + modulus
            + [0x21, 0x43, 0x01, 0x00, 0x01]
        let kind = Array(repeating: UInt8(0), count: 16)
        let data = data(party, 0x40) + kind + bigEndian(UInt16(id.count)) + id + key
        let object =
            [0xA3] + text("fmt") + text("none") + text("attStmt") + [0xA0] + text("authData") + [0x59]
            + bigEndian(UInt16(data.count)) + data
        let client = clientData("webauthn.create", challenge)
        return .object([
            "id": base64(id), "rawId": base64(id), "type": .string("public-key"),
            "authenticatorAttachment": .string("platform"), "clientExtensionResults": .object([:]),
            "response": .object([
                "clientDataJSON": base64(client), "attestationObject": base64(object),
                "transports": .array([.string("internal"), .string("hybrid"), .string("carrier-pigeon")]),
            ]),
        ])
    }

    /// What a browser sends for request options.
    func sign(_ options: JSONValue) throws -> JSONValue {
        let challenge = try #require(options["challenge"]?.stringValue)
        let data = data(try #require(options["rpId"]?.stringValue), 0)
        let client = clientData("webauthn.get", challenge)
        let signature = try Self.key.get().sign(data + SHA256.digest(client))
        return .object([
            "id": base64(id), "rawId": base64(id), "type": .string("public-key"),
            "clientExtensionResults": .object([:]),
            "response": .object([
                "clientDataJSON": base64(client), "authenticatorData": base64(data), "signature": base64(signature),
                "userHandle": userHandle.map { base64(Array($0.utf8)) } ?? .null,
            ]),
        ])
    }

    private func data(_ party: String, _ more: UInt8) -> [UInt8] {
        SHA256.digest(Array((relyingParty ?? party).utf8)) + [flags | more] + bigEndian(counter)
    }

    private func clientData(_ type: String, _ challenge: String) -> [UInt8] {
        let basis: [String: JSONValue] = [
            "type": .string(type), "challenge": .string(challenge), "origin": .string(origin),
            "crossOrigin": .boolean(false),
        ]
        return JSONValue.object(basis.merging(more) { _, new in new }).jsonBytes
    }

    private func bigEndian(_ number: some FixedWidthInteger & UnsignedInteger) -> [UInt8] {
        stride(from: number.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    /// A text of less than 24 bytes, in CBOR.
    private func text(_ text: String) -> [UInt8] { [0x60 | UInt8(text.utf8.count)] + Array(text.utf8) }

    private func base64(_ bytes: [UInt8]) -> JSONValue { .string(Base64URL.encode(bytes)) }
}
