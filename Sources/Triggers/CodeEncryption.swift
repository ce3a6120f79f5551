import CognitoModel
package import Cryptography
package import Domain
package import EncryptionSDK

/// Encrypts the codes that custom senders deliver.
package protocol CodeEncryption: Sendable {
    /// The code as a function of the pool decrypts it: base64 of a message of the AWS Encryption SDK. Throws
    /// `CodeEncryptionFailure`, or `CryptographyError`.
    func encrypt(_ code: String, in pool: UserPool) throws -> String
}

/// Why a code can't be encrypted.
package enum CodeEncryptionFailure: Error, Hashable, Sendable {
    /// The operator has given no key for the `KMSKeyID` of the pool.
    case noKey
    /// The code is longer than any is.
    case tooLong
}

extension CodeEncryptionFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noKey:
            "no key is configured for the pool's KMSKeyID (--code-encryption-key, or codeEncryptionKeys in --functions)"
        case .tooLong: "the code is too long to be encrypted for the function"
        }
    }
}

/// Encrypts codes under the keys that the operator gives in place of those of KMS: raw keyrings with the namespace `martlet`,
/// and the `KMSKeyID` of the pool as the key's name.
package struct OperatorCodeEncryption: CodeEncryption {
    /// The namespace of the keyrings.
    package static let namespace = "martlet"

    private let keys: [String: WrappingKey.Material]
    private let anyKey: WrappingKey.Material?
    private let random: RandomSource

    /// `keys` are by `KMSKeyID`; `anyKey` stands for those that aren't among them.
    package init(keys: [String: WrappingKey.Material], anyKey: WrappingKey.Material?, random: RandomSource) {
        self.keys = keys
        self.anyKey = anyKey
        self.random = random
    }

    package func encrypt(_ code: String, in pool: UserPool) throws -> String {
        guard let keyID = pool.configuration.lambdaConfig?.kmsKeyID else { throw CodeEncryptionFailure.noKey }
        return try encrypt(code, poolID: pool.id, keyID: keyID)
    }

    /// The code as a function of that pool decrypts it.
    package func encrypt(_ code: String, poolID: String, keyID: String) throws -> String {
        guard let material = keys[keyID] ?? anyKey else { throw CodeEncryptionFailure.noKey }
        let plaintext = Array(code.utf8)
        guard plaintext.count <= EncryptedMessage.longestPlaintext else { throw CodeEncryptionFailure.tooLong }
        let message = try EncryptedMessage.seal(
            plaintext,
            context: ["userpool-id": poolID],
            under: WrappingKey(namespace: Self.namespace, name: keyID, material: material),
            random: random
        )
        return Base64.encode(message)
    }
}
