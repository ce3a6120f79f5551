package import Cryptography

/// A compact JWS (RFC 7515 section 7.1), split but not yet believed.
package struct CompactJWS: Sendable {
    /// The JSON of the header.
    package let header: [UInt8]
    package let payload: [UInt8]
    private let signature: [UInt8]
    private let signedPart: [UInt8]

    /// Nil where the text isn't three parts of base64url.
    package init?(_ token: String) {
        let bytes = Array(token.utf8)
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3,
            let header = Base64URL.decode(parts[0]),
            let payload = Base64URL.decode(parts[1]),
            let signature = Base64URL.decode(parts[2])
        else { return nil }
        self.header = header
        self.payload = payload
        self.signature = signature
        signedPart = Array(bytes[..<parts[1].endIndex])
    }

    /// Whether the key signed it by RS256. The algorithm is the verifier's choice, never the token's
    /// (RFC 8725 section 3.1). One RSA public operation.
    package func isSigned(by key: RSAPublicKey) throws -> Bool {
        try key.verify(signature, over: signedPart)
    }
}
