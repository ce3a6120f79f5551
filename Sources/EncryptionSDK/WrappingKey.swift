package import Cryptography

/// What data keys are wrapped by, in place of a key of KMS: a raw keyring of the AWS Encryption SDK. Whoever decrypts
/// gives the SDK the same namespace, name and key.
package struct WrappingKey: Sendable {
    /// The kinds of raw keyring.
    package enum Material: Sendable {
        /// A raw AES keyring: 32 bytes, by which the SDK decrypts, too.
        case aes256([UInt8])
        /// A raw RSA keyring with OAEP, SHA-1 and MGF1: only who has the private key decrypts.
        case rsa(RSAPublicKey)
    }

    /// The keyring's namespace, which older SDKs call the provider's id.
    package let namespace: String
    /// The key's name in it.
    package let name: String
    private let material: Material

    /// A key under that name.
    package init(namespace: String, name: String, material: Material) {
        self.namespace = namespace
        self.name = name
        self.material = material
    }

    /// The data key as a message has it: who can unwrap it, and the wrapped key.
    func wrap(
        _ dataKey: [UInt8],
        context: EncryptionContext,
        random: RandomSource
    ) throws -> (information: [UInt8], wrapped: [UInt8]) {
        switch material {
        case .aes256(let key):
            let nonce = try random.bytes(AES256GCM.nonceSize)
            let sealed = try AES256GCM.seal(dataKey, key: key, nonce: nonce, associatedData: context.bytes)
            // The tag's size in bits, the nonce's in bytes, and the nonce.
            var information = Array(name.utf8)
            information.append(UInt32(AES256GCM.tagSize * 8))
            information.append(UInt32(nonce.count))
            return (information + nonce, sealed.ciphertext + sealed.tag)
        case .rsa(let key): return (Array(name.utf8), try key.sealOAEP(dataKey))
        }
    }
}
