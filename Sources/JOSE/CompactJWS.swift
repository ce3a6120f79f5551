package import Cryptography

/// A compact JWS (RFC 7515 section 7.1), split but not yet believed.
package struct CompactJWS: Sendable {
    /// The JSON of the header.
    package let header: [UInt8]
    /// What was signed, decoded from base64url.
    package let payload: [UInt8]
    private let signature: [UInt8]
    private let signedPart: [UInt8]

    /// Nil where the text isn't three parts of base64url.
    package init?(_ token: String) {
        let bytes = Array(token.utf8)
        let dot = UInt8(ascii: ".")
        guard let first = bytes.firstIndex(of: dot), let last = bytes.lastIndex(of: dot), first < last,
            // A third dot would stand between these two, where no character of base64url is one.
            let header = Base64URL.decode(bytes[..<first]),
            let payload = Base64URL.decode(bytes[(first + 1)..<last]),
            let signature = Base64URL.decode(bytes[(last + 1)...])
        else { return nil }
        self.header = header
        self.payload = payload
        self.signature = signature
        signedPart = Array(bytes[..<last])
    }

    /// Whether the key signed it by RS256. The algorithm is the verifier's choice, never the token's
    /// (RFC 8725 section 3.1). One RSA public operation.
    package func isSigned(by key: RSAPublicKey) throws -> Bool {
        try key.verify(signature, over: signedPart)
    }
}
