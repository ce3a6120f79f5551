package import Cryptography

/// A compact JWE (RFC 7516 section 7.1) with RSA-OAEP and A256GCM: the form of Cognito's refresh tokens.
package enum CompactJWE {
    private static let header = Base64URL.encodedBytes(Array(#"{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}"#.utf8))

    /// Encrypts the payload to the key. One RSA public operation.
    package static func seal(_ payload: [UInt8], to key: RSAPublicKey, random: RandomSource) throws -> String {
        let contentKey = try random.bytes(32)
        let nonce = try random.bytes(AES256GCM.nonceSize)
        let sealed = try AES256GCM.seal(payload, key: contentKey, nonce: nonce, associatedData: header)
        let parts = [try key.sealOAEP(contentKey), nonce, sealed.ciphertext, sealed.tag]
        let token = parts.reduce(into: header) { token, part in
            token.append(UInt8(ascii: "."))
            token += Base64URL.encodedBytes(part)
        }
        return String(decoding: token, as: UTF8.self)
    }

    /// The payload, or nil where the token isn't whole or wasn't encrypted to this key. One RSA private operation.
    package static func open(_ token: String, with key: RSAPrivateKey) throws -> [UInt8]? {
        let parts = Array(token.utf8).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 5 else { return nil }
        let decoded = parts.compactMap(Base64URL.decode)
        guard decoded.count == 5, decoded[2].count == AES256GCM.nonceSize,
            let contentKey = try key.openOAEP(decoded[1]), contentKey.count == 32
        else { return nil }
        return try AES256GCM.open(
            decoded[3],
            tag: decoded[4],
            key: contentKey,
            nonce: decoded[2],
            associatedData: Array(parts[0])
        )
    }
}
