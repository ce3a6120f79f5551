import Cryptography
import Testing

@Suite struct RSATests {
    private let key: RSAPrivateKey

    init() throws { key = try RSAPrivateKey(pkcs8: RFC7515Key.pkcs8) }

    @Test("the signature is the one of RFC 7515")
    func signature() throws {
        #expect(try key.sign(RFC7515Key.signedPart) == RFC7515Key.signature)
        #expect(try key.publicKey.verify(RFC7515Key.signature, over: RFC7515Key.signedPart))
    }

    @Test("the key's numbers are those of the RFC, and it is written as it was read")
    func encoding() throws {
        let publicKey = try key.publicKey
        #expect(publicKey.exponent == [1, 0, 1])
        #expect(publicKey.modulus.count == 256)
        #expect(publicKey.modulus.prefix(8) == Array(hex: "a1f8160ae2e3c9b4")[...])
        #expect(try key.pkcs8 == RFC7515Key.pkcs8)
    }

    @Test("an altered signature or message is refused")
    func altered() throws {
        let publicKey = try key.publicKey
        for index in RFC7515Key.signature.indices {
            let signature = RFC7515Key.signature.flipped(at: index)
            #expect(try !publicKey.verify(signature, over: RFC7515Key.signedPart))
        }
        for index in RFC7515Key.signedPart.indices {
            let message = RFC7515Key.signedPart.flipped(at: index)
            #expect(try !publicKey.verify(RFC7515Key.signature, over: message))
        }
    }

    @Test("a signature of another length is refused", arguments: [0, 1, 128, 255, 257, 512])
    func signatureLength(count: Int) throws {
        let padding = [UInt8](repeating: 0, count: 300)
        let signature = Array((RFC7515Key.signature + padding).prefix(count))
        #expect(try !key.publicKey.verify(signature, over: RFC7515Key.signedPart))
        #expect(
            try !key.publicKey.verify(
                Array((padding + RFC7515Key.signature).suffix(max(count, 257))),
                over: RFC7515Key.signedPart
            )
        )
    }

    @Test("a generated key survives its encoding and signs for itself alone")
    func generated() throws {
        let generated = try RSAPrivateKey.generate()
        let read = try RSAPrivateKey(pkcs8: generated.pkcs8)
        let message = Array("message".utf8)
        let signature = try read.sign(message)
        #expect(signature.count == 256)
        #expect(try generated.publicKey.verify(signature, over: message))
        #expect(try RSAPublicKey(der: generated.publicKey.der).verify(signature, over: message))
        #expect(try !key.publicKey.verify(signature, over: message))
        #expect(try generated.publicKey.modulus != key.publicKey.modulus)
    }

    @Test("OAEP opens for its key alone, and not once altered", arguments: [0, 1, 32, 214])
    func oaep(size: Int) throws {
        let secret = [UInt8](repeating: 7, count: size)
        let sealed = try key.publicKey.sealOAEP(secret)
        #expect(try key.openOAEP(sealed) == secret)
        #expect(try key.publicKey.sealOAEP(secret) != sealed)
        for index in stride(from: 0, to: sealed.count, by: 17) {
            #expect(try key.openOAEP(sealed.flipped(at: index)) == nil)
        }
        #expect(try key.openOAEP([]) == nil)
        #expect(try key.openOAEP(Array(sealed.dropLast())) == nil)
        #expect(try key.openOAEP(sealed + [0]) == nil)
        #expect(try RSAPrivateKey.generate().openOAEP(sealed) == nil)
    }

    @Test("OAEP refuses more than fits")
    func oaepLimit() {
        #expect(throws: CryptographyError.self) { try key.publicKey.sealOAEP([UInt8](repeating: 0, count: 215)) }
    }

    @Test("bytes that are no key throw", arguments: [[], [0x30], [0x30, 0x00], Array("-----BEGIN".utf8)] as [[UInt8]])
    func malformed(der: [UInt8]) {
        #expect(throws: CryptographyError.self) { try RSAPrivateKey(pkcs8: der) }
        #expect(throws: CryptographyError.self) { try RSAPublicKey(der: der) }
    }

    @Test("a shortened key throws")
    func shortened() {
        for length in stride(from: 0, to: RFC7515Key.pkcs8.count, by: 97) {
            #expect(throws: CryptographyError.self) { try RSAPrivateKey(pkcs8: Array(RFC7515Key.pkcs8.prefix(length))) }
        }
    }

    @Test("a refusal leaves nothing in OpenSSL's queue for the next error to show")
    func errorQueue() throws {
        #expect(try !key.publicKey.verify([1, 2, 3], over: [1]))
        #expect(try key.openOAEP([1, 2, 3]) == nil)
        let error = #expect(throws: CryptographyError.self) {
            try AES256GCM.seal([], key: [], nonce: [], associatedData: [])
        }
        #expect(error?.description == "AES-GCM failed: a key of 32 and a nonce of 12 bytes are needed")
    }
}
