import Cryptography
import Testing

@Suite struct DigestTests {
    @Test(
        "HMAC-SHA-1: RFC 2202, section 3",
        arguments: [
            ([UInt8](repeating: 0x0B, count: 20), "Hi There", "b617318655057264e28bc0b6fb378c8ef146be00"),
            (Array("Jefe".utf8), "what do ya want for nothing?", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
        ] as [([UInt8], String, String)]
    )
    func hmacSHA1(key: [UInt8], message: String, code: String) {
        #expect(Hex.encode(HMACSHA1.code(Array(message.utf8), key: key)) == code)
    }

    /// FIPS 180-4, from the examples that NIST publishes with it.
    @Test(
        "SHA-256 gives the digests of FIPS 180-4",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (
                String(repeating: "a", count: 1_000_000),
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
            ),
        ]
    )
    func sha256(message: String, digest: String) {
        #expect(SHA256.digest(Array(message.utf8)) == Array(hex: digest))
    }

    /// RFC 4231 section 4; case 5 is of a truncated code, of which 16 bytes are published.
    static let hmacVectors: [(key: [UInt8], message: [UInt8], code: String)] = [
        (
            Array(repeating: 0x0B, count: 20), Array("Hi There".utf8),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            Array(repeating: 0xAA, count: 20), Array(repeating: 0xDD, count: 50),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        (
            Array(0x01...0x19), Array(repeating: 0xCD, count: 50),
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
        ),
        (
            Array(repeating: 0x0C, count: 20), Array("Test With Truncation".utf8),
            "a3b6167473100ee06e0c796c2955552b"
        ),
        (
            Array(repeating: 0xAA, count: 131), Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
        (
            Array(repeating: 0xAA, count: 131),
            Array(
                """
                This is a test using a larger than block-size key and a larger than block-size data. The key needs to \
                be hashed before being used by the HMAC algorithm.
                """.utf8
            ),
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
        ),
    ]

    @Test("HMAC gives the codes of RFC 4231", arguments: hmacVectors.indices)
    func hmac(index: Int) throws {
        let vector = Self.hmacVectors[index]
        let published = Array<UInt8>(hex: vector.code)
        let code = HMACSHA256.code(vector.message, key: vector.key)
        #expect(code.count == 32)
        #expect(Array(code.prefix(published.count)) == published)
        let key = try HMACSHA256Key(vector.key)
        #expect(try key.code(vector.message) == code)
        #expect(try key.code(vector.message) == code)
    }

    /// From Python's `hmac`: RFC 4231 has no empty input.
    @Test("HMAC takes an empty key and an empty message")
    func emptyHMAC() {
        let code = "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"
        #expect(HMACSHA256.code([], key: []) == Array(hex: code))
    }

    /// RFC 5869 appendices A.1 to A.3.
    static let hkdfVectors: [(material: [UInt8], salt: [UInt8], info: [UInt8], output: String)] = [
        (
            Array(repeating: 0x0B, count: 22), Array(0x00...0x0C), Array(0xF0...0xF9),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
        ),
        (
            Array(0x00...0x4F), Array(0x60...0xAF), Array(0xB0...0xFF),
            """
            b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c
            59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71
            cc30c58179ec3e87c14c01d5c1f3434f1d87
            """
        ),
        (
            Array(repeating: 0x0B, count: 22), [], [],
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
        ),
    ]

    @Test("HKDF gives the keys of RFC 5869", arguments: hkdfVectors.indices)
    func hkdf(index: Int) throws {
        let vector = Self.hkdfVectors[index]
        let published = Array<UInt8>(hex: vector.output)
        let derived = try HKDFSHA256.derive(
            published.count,
            from: vector.material,
            salt: vector.salt,
            info: vector.info
        )
        #expect(derived == published)
    }

    @Test("HKDF refuses more than 255 blocks")
    func hkdfLimit() throws {
        #expect(try HKDFSHA256.derive(255 * 32, from: [1], salt: [], info: []).count == 255 * 32)
        #expect(throws: CryptographyError.self) { try HKDFSHA256.derive(255 * 32 + 1, from: [1], salt: [], info: []) }
    }

    @Test(
        "secrets are equal only where every byte is",
        arguments: [
            ("", "", true), ("a", "a", true), ("secret", "secret", true), ("secret", "secreT", false),
            ("Secret", "secret", false), ("secret", "secret ", false), ("", "a", false), ("a", "", false),
            ("é", "e\u{301}", false),
        ]
    )
    func constantTime(left: String, right: String, isEqual: Bool) {
        #expect(constantTimeEqual(left, right) == isEqual)
        #expect(constantTimeEqual(Array(left.utf8), Array(right.utf8)) == isEqual)
    }
}
