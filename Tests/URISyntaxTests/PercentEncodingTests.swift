import Testing
import URISyntax

@Suite("Percent-encoding")
struct PercentEncodingTests {
    @Test("what RFC 3986 leaves unreserved stays, and nothing else of ASCII")
    func unreserved() {
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
        #expect(PercentEncoding.encode(letters) == letters)
        for byte in UInt8(0)..<128 where !letters.utf8.contains(byte) {
            let text = String(decoding: [byte], as: UTF8.self)
            let encoded = PercentEncoding.encode(text)
            #expect(encoded.utf8.count == 3 && encoded.hasPrefix("%") && encoded == encoded.uppercased())
            #expect(PercentEncoding.decode(encoded.utf8) == text)
        }
    }

    @Test(
        "texts are escaped by their UTF-8",
        arguments: [
            ("", ""), ("a b+c", "a%20b%2Bc"), ("é", "%C3%A9"), ("🐦/?", "%F0%9F%90%A6%2F%3F"), ("100%", "100%25"),
        ]
    )
    func texts(plain: String, encoded: String) {
        #expect(PercentEncoding.encode(plain) == encoded)
        #expect(PercentEncoding.decode(encoded.utf8) == plain)
    }

    @Test("what is kept stays")
    func kept() { #expect(PercentEncoding.encode("/a b/é", keeping: "/") == "/a%20b/%C3%A9") }

    @Test(
        "what is no escape stays as it is",
        arguments: [
            ("%", "%"), ("%4", "%4"), ("%zz", "%zz"), ("%%41", "%A"), ("%+1", "%+1"), ("a+b", "a+b"), ("%4%41", "%4A"),
            ("%c3%A9", "é"),
        ]
    )
    func malformed(text: String, decoded: String) { #expect(PercentEncoding.decode(text.utf8) == decoded) }
}
