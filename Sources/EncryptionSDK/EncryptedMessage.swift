package import Cryptography

/// A message of the AWS Encryption SDK in version 1 of its format, by the algorithm suite 0x0378: AES-256-GCM with a
/// key derived by HKDF with SHA-384, signed by ECDSA on P-384 ("AWS Encryption SDK message format reference").
package enum EncryptedMessage {
    /// The most that is encrypted at once, in bytes: one frame's worth.
    package static let longestPlaintext = 4096

    private static let version: UInt8 = 1
    /// Customer authenticated encrypted data.
    private static let type: UInt8 = 0x80
    private static let suite: UInt16 = 0x0378
    private static let framed: UInt8 = 2
    private static let lastFrame = UInt32.max
    private static let keySize = 32

    /// Encrypts a short text. The message says its context openly, and the key that verifies its signature. A key
    /// agreement's worth of work: one key of P-384 is made, and signs once. Throws `CryptographyError`.
    package static func seal(
        _ plaintext: [UInt8],
        context pairs: [String: String],
        under wrappingKey: WrappingKey,
        random: RandomSource
    ) throws -> [UInt8] {
        precondition(plaintext.count <= longestPlaintext, "a caller encrypts a code or a password")
        let signingKey = try P384SigningKey.generate()
        var pairs = pairs
        pairs["aws-crypto-public-key"] = Base64.encode(signingKey.compressedPublicKey)
        let context = EncryptionContext(pairs)
        let messageID = try random.bytes(16)
        let dataKey = try random.bytes(keySize)
        var suiteAndID: [UInt8] = []
        suiteAndID.append(suite)
        suiteAndID += messageID
        let key = try HKDFSHA384.derive(keySize, from: dataKey, salt: [], info: suiteAndID)

        var message = [version, type] + suiteAndID
        message.append(field: context.bytes)
        message.append(UInt16(1))
        let wrapped = try wrappingKey.wrap(dataKey, context: context, random: random)
        message.append(field: Array(wrappingKey.namespace.utf8))
        message.append(field: wrapped.information)
        message.append(field: wrapped.wrapped)
        message.append(framed)
        message.append(UInt32(0))
        message.append(UInt8(AES256GCM.nonceSize))
        message.append(UInt32(longestPlaintext))
        message += try headerAuthentication(of: message, key: key)
        message += try body(plaintext, messageID: messageID, key: key)
        message.append(field: try signingKey.signature(over: message))
        return message
    }

    /// The header is sealed under number 0, frames under their own: the key is this message's alone.
    private static func headerAuthentication(of header: [UInt8], key: [UInt8]) throws -> [UInt8] {
        let nonce = [UInt8](repeating: 0, count: AES256GCM.nonceSize)
        return nonce + (try AES256GCM.seal([], key: key, nonce: nonce, associatedData: header).tag)
    }

    /// One frame, which is the last.
    private static func body(_ plaintext: [UInt8], messageID: [UInt8], key: [UInt8]) throws -> [UInt8] {
        let number: UInt32 = 1
        var nonce = [UInt8](repeating: 0, count: AES256GCM.nonceSize - 4)
        nonce.append(number)
        var associated = messageID + Array("AWSKMSEncryptionClient Final Frame".utf8)
        associated.append(number)
        associated.append(UInt64(plaintext.count))
        let sealed = try AES256GCM.seal(plaintext, key: key, nonce: nonce, associatedData: associated)
        var body: [UInt8] = []
        body.append(lastFrame)
        body.append(number)
        body += nonce
        body.append(UInt32(plaintext.count))
        return body + sealed.ciphertext + sealed.tag
    }
}
