import Cryptography
import EncryptionSDK
import Testing

@Suite("Messages of the AWS Encryption SDK")
struct EncryptedMessageTests {
    /// Reads a message as the format reference has it.
    private struct Reader {
        var rest: ArraySlice<UInt8>

        mutating func bytes(_ count: Int) -> [UInt8] {
            defer { rest = rest.dropFirst(count) }
            return Array(rest.prefix(count))
        }

        mutating func number(_ count: Int) -> Int { bytes(count).reduce(0) { $0 << 8 | Int($1) } }

        mutating func field() -> [UInt8] { bytes(number(2)) }
    }

    private static let key = [UInt8](0..<32)

    @Test("a message has every part that the format reference names, and its plaintext comes back")
    func format() throws {
        let wrapping = WrappingKey(namespace: "martlet", name: "arn:aws:kms:x", material: .aes256(Self.key))
        let message = try EncryptedMessage.seal(
            Array("123456".utf8),
            context: ["userpool-id": "eu-central-1_A"],
            under: wrapping,
            random: .system
        )
        var reader = Reader(rest: message[...])
        #expect(reader.bytes(4) == [1, 0x80, 0x03, 0x78])
        let messageID = reader.bytes(16)
        let context = reader.field()
        var pairs = Reader(rest: context[...])
        #expect(pairs.number(2) == 2)
        #expect(pairs.field() == Array("aws-crypto-public-key".utf8))
        let point = try #require(Base64.decode(String(decoding: pairs.field(), as: UTF8.self)))
        #expect(point.count == 49 && (point[0] == 2 || point[0] == 3))
        #expect(pairs.field() == Array("userpool-id".utf8))
        #expect(pairs.field() == Array("eu-central-1_A".utf8))
        #expect(pairs.rest.isEmpty)

        #expect(reader.number(2) == 1)
        #expect(reader.field() == Array("martlet".utf8))
        var information = Reader(rest: reader.field()[...])
        #expect(information.bytes(13) == Array("arn:aws:kms:x".utf8))
        #expect(information.number(4) == 128 && information.number(4) == 12)
        let wrapped = reader.field()
        let dataKey = try #require(
            try AES256GCM.open(
                Array(wrapped.dropLast(16)),
                tag: Array(wrapped.suffix(16)),
                key: Self.key,
                nonce: information.bytes(12),
                associatedData: context
            )
        )
        #expect(reader.bytes(10) == [2, 0, 0, 0, 0, 12, 0, 0, 16, 0])
        let header = Array(message.prefix(message.count - reader.rest.count))
        let derived = try HKDFSHA384.derive(32, from: dataKey, salt: [], info: [0x03, 0x78] + messageID)
        let nonce = reader.bytes(12)
        #expect(
            try AES256GCM.open([], tag: reader.bytes(16), key: derived, nonce: nonce, associatedData: header) == []
        )

        #expect(reader.bytes(8) == [255, 255, 255, 255, 0, 0, 0, 1])
        let frameNonce = reader.bytes(12)
        let ciphertext = reader.bytes(reader.number(4))
        let associated =
            messageID + Array("AWSKMSEncryptionClient Final Frame".utf8) + [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 6]
        let plaintext = try AES256GCM.open(
            ciphertext,
            tag: reader.bytes(16),
            key: derived,
            nonce: frameNonce,
            associatedData: associated
        )
        #expect(plaintext == Array("123456".utf8))
        #expect((100...104).contains(reader.field().count))
        #expect(reader.rest.isEmpty)
    }

    @Test("the same text is never the same message")
    func isFresh() throws {
        let wrapping = WrappingKey(namespace: "martlet", name: "k", material: .aes256(Self.key))
        let messages = try (0..<2).map { _ in
            try EncryptedMessage.seal([1], context: [:], under: wrapping, random: .system)
        }
        #expect(messages[0].suffix(100) != messages[1].suffix(100))
        #expect(messages[0][4..<20] != messages[1][4..<20])
    }

    @Test("a data key for a public key is opened by the private one")
    func publicKey() throws {
        let privateKey = try RSAPrivateKey.generate()
        let wrapping = WrappingKey(
            namespace: "n",
            name: "k",
            material: .rsa(try RSAPublicKey(der: privateKey.publicKey.der))
        )
        let message = try EncryptedMessage.seal([7], context: [:], under: wrapping, random: .system)
        var reader = Reader(rest: message[20...])
        _ = reader.field()
        #expect(reader.number(2) == 1)
        #expect(reader.field() == Array("n".utf8))
        #expect(reader.field() == Array("k".utf8))
        #expect(try privateKey.openOAEP(reader.field())?.count == 32)
    }
}
