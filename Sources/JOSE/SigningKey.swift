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

    /// A compact JWS (RFC 7515 section 7.1) of the payload, made at once. One RSA private operation.
    package func sign(_ payload: [UInt8]) throws -> String {
        let input = signingInput(payload)
        return Self.token(input, signature: try privateKey.sign(input))
    }

    /// As `sign`, in turn with the other requests' signatures, several of which may be computed at a time
    /// (`LaneQueue`).
    package func signInTurn(_ payload: [UInt8]) async throws -> String {
        try await Self.signInTurn([(self, payload)])[0]
    }

    /// As `sign`, of up to eight payloads in one turn. One RSA private operation each.
    package static func signInTurn(_ payloads: [(key: SigningKey, payload: [UInt8])]) async throws -> [String] {
        let inputs = payloads.map { $0.key.signingInput($0.payload) }
        let signatures = zip(payloads, inputs).map { RSASignature(of: $1, by: $0.key.privateKey) }
        return try await zip(inputs, RSASignature.inTurn(signatures)).map { token($0, signature: $1) }
    }

    private func signingInput(_ payload: [UInt8]) -> [UInt8] { encodedHeader + Base64URL.encodedBytes(payload) }

    private static func token(_ input: [UInt8], signature: [UInt8]) -> String {
        String(decoding: input + [UInt8(ascii: ".")] + Base64URL.encodedBytes(signature), as: UTF8.self)
    }

    /// The public half as a JSON Web Key (RFC 7517).
    package var jwk: String {
        let e = Base64URL.encode(publicKey.exponent)
        let n = Base64URL.encode(publicKey.modulus)
        return #"{"alg":"RS256","e":"\#(e)","kid":"\#(id)","kty":"RSA","n":"\#(n)","use":"sig"}"#
    }
}
