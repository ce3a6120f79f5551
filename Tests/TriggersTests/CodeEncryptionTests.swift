import Cryptography
import EncryptionSDK
import Testing

@testable import Triggers

@Suite("Encrypting codes")
struct CodeEncryptionTests {
    @Test("a key of the pool's KMSKeyID comes before the one for all, and without either there is none")
    func keys() throws {
        let key = WrappingKey.Material.aes256([UInt8](0..<32))
        let none = OperatorCodeEncryption(keys: ["a": key], anyKey: nil, random: .system)
        #expect(throws: CodeEncryptionFailure.noKey) { try none.encrypt("1", poolID: "p", keyID: "b") }
        let message = try #require(Base64.decode(none.encrypt("1", poolID: "pool_1", keyID: "a")))
        for part in ["userpool-id", "pool_1", "martlet", "aws-crypto-public-key"] {
            #expect(String(decoding: message, as: UTF8.self).contains(part))
        }
        let all = OperatorCodeEncryption(keys: [:], anyKey: key, random: .system)
        #expect(try !all.encrypt("1", poolID: "p", keyID: "b").isEmpty)
        #expect(throws: CodeEncryptionFailure.tooLong) {
            try all.encrypt(String(repeating: "1", count: 4097), poolID: "p", keyID: "b")
        }
    }

    @Test("a log says which key is missing")
    func words() {
        #expect("\(CodeEncryptionFailure.noKey)".contains("--code-encryption-key"))
        #expect("\(CodeEncryptionFailure.tooLong)" == "the code is too long to be encrypted for the function")
    }
}
