package import Cryptography

/// A key that signs tokens: RS256 (RFC 7518 section 3.3), with the id that the published key set names it by.
package struct SigningKey: Sendable {
    /// `kid`, which tokens and the key set name it by.
    package let id: String
    /// The pair: what signs, and what is published.
    package let privateKey: RSAPrivateKey
    package let publicKey: RSAPublicKey
    /// `{"kid":…,"alg":"RS256"}` in base64url with the dot after it: the same for every token.
    private let encodedHeader: [UInt8]

    /// `id` is base64 text, so it needs no escaping in JSON.
    package init(id: String, privateKey: RSAPrivateKey) throws {
        self.id = id
        self.privateKey = privateKey
        publicKey = try privateKey.publicKey
        encodedHeader = Base64URL.encodedBytes(Array(#"{"kid":"\#(id)","alg":"RS256"}"#.utf8)) + [UInt8(ascii: ".")]
    }

    /// A compact JWS (RFC 7515 section 7.1) of the payload. One RSA private operation.
    package func sign(_ payload: [UInt8]) throws -> String {
        var token = encodedHeader
        token += Base64URL.encodedBytes(payload)
        let signature = try privateKey.sign(token)
        token.append(UInt8(ascii: "."))
        token += Base64URL.encodedBytes(signature)
        return String(decoding: token, as: UTF8.self)
    }

    /// The public half as a JSON Web Key (RFC 7517).
    package var jwk: String {
        let e = Base64URL.encode(publicKey.exponent)
        let n = Base64URL.encode(publicKey.modulus)
        return #"{"alg":"RS256","e":"\#(e)","kid":"\#(id)","kty":"RSA","n":"\#(n)","use":"sig"}"#
    }
}
