import Cryptography
import Testing

@Suite struct EncodingTests {
    /// RFC 4648 section 10.
    @Test(
        "Base64 gives the texts of RFC 4648",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ]
    )
    func base64(plain: String, encoded: String) {
        let bytes = Array(plain.utf8)
        #expect(Base64.encode(bytes) == encoded)
        #expect(Base64.decode(encoded) == bytes)
        let unpadded = String(encoded.prefix { $0 != "=" })
        #expect(Base64URL.encode(bytes) == unpadded)
        #expect(Base64URL.decode(unpadded) == bytes)
    }

    @Test(
        "Base32 gives the texts of RFC 4648, without padding",
        arguments: [
            ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ]
    )
    func base32(plain: String, encoded: String) { #expect(Base32.encode(Array(plain.utf8)) == encoded) }

    @Test("the alphabets differ in their last two characters")
    func alphabets() {
        #expect(Base64.encode([0xFB, 0xEF, 0xFF]) == "++//")
        #expect(Base64URL.encode([0xFB, 0xEF, 0xFF]) == "--__")
        #expect(Base64.decode("--__") == nil)
        #expect(Base64URL.decode("++//") == nil)
    }

    @Test("every byte at every place survives both forms")
    func roundTrips() {
        for length in 0..<7 {
            for byte in UInt8.min...UInt8.max {
                let bytes = (0..<length).map { byte &+ UInt8($0) }
                #expect(Base64.decode(Base64.encode(bytes)) == bytes)
                #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
                #expect(Hex.decode(Hex.encode(bytes)) == bytes)
            }
        }
    }

    @Test(
        "Base64 refuses missing padding, foreign characters and impossible lengths",
        arguments: [
            "Zg", "Zg=", "Zm8", "Zm9vY", "Z", "=", "Zg==Zg==", "Zm9v Zg==", "Zm9v\nZg==", "Zm9v!", "Zm9v\u{0}",
            "Zm9é", "Z===",
        ]
    )
    func base64Refusals(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test(
        "Base64URL refuses padding, foreign characters and impossible lengths",
        arguments: [
            "Zg==", "Zm8=", "A", "Zm9vY", "Zm9v Zg", "Zm9v\nZg", "\n", " ", "Zm9v\u{0}", "Zm9é", "Zm9v.", "Zm9v/",
            "+m9v",
            "Zm9\u{FF21}",
        ]
    )
    func base64URLRefusals(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    @Test("Base64URL refuses bits after the last byte", arguments: ["Zh", "Zv", "Z_", "Zm9", "Zm-", "Zm_", "Zm9vZh"])
    func trailingBits(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    @Test("Base64URL reads a slice and a long text")
    func longText() {
        let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 8) }
        let text = Base64URL.encode(bytes)
        #expect(text.utf8.count == 133_334)
        #expect(Base64URL.decode(Array("xx\(text)".utf8).dropFirst(2)) == bytes)
    }

    @Test(
        "hexadecimal is written in lower case and read in both",
        arguments: [
            ("", []), ("00", [0]), ("0f", [15]), ("7fFF", [0x7F, 0xFF]), ("DEADbeef", [0xDE, 0xAD, 0xBE, 0xEF]),
            ("f", [15]), ("123", [1, 0x23]),
        ] as [(String, [UInt8])]
    )
    func hex(text: String, bytes: [UInt8]) {
        #expect(Hex.decode(text) == bytes)
        let padded = text.count % 2 == 1 ? "0\(text)" : text
        #expect(Hex.encode(bytes) == padded.lowercased())
    }

    @Test(
        "hexadecimal refuses what is no digit",
        arguments: ["g0", "0x10", " 10", "10\n", "-1", "1é", "١١", "\u{FF11}0"]
    )
    func hexRefusals(text: String) {
        #expect(Hex.decode(text) == nil)
    }
}
