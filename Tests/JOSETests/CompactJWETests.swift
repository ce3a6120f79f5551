import Cryptography
import JOSE
import Testing

@Suite struct CompactJWETests {
    private let key: RSAPrivateKey

    init() throws { key = try RSAPrivateKey(pkcs8: Array(hex: RFCVectors.EncryptedToken.key)) }

    @Test("the token of RFC 7516 opens")
    func published() throws {
        let payload = try CompactJWE.open(RFCVectors.EncryptedToken.token, with: key)
        #expect(payload == Array(RFCVectors.EncryptedToken.payload.utf8))
    }

    @Test("what is sealed opens for its key alone", arguments: [0, 1, 48, 5000])
    func roundTrip(size: Int) throws {
        let payload = [UInt8](repeating: 9, count: size)
        let token = try CompactJWE.seal(payload, to: key.publicKey, random: .system)
        #expect(token.split(separator: ".", omittingEmptySubsequences: false).count == 5)
        #expect(token.hasPrefix(Base64URL.encode(Array(#"{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}"#.utf8)) + "."))
        #expect(try CompactJWE.open(token, with: key) == payload)
        #expect(try CompactJWE.open(token, with: RSAPrivateKey.generate()) == nil)
        #expect(try CompactJWE.seal(payload, to: key.publicKey, random: .system) != token)
    }

    @Test("every altered character is refused")
    func altered() throws {
        let token = RFCVectors.EncryptedToken.token
        for (offset, character) in token.enumerated() where character != "." && (offset % 5 == 0 || offset > 380) {
            var characters = Array(token)
            characters[offset] = character == "A" ? "B" : "A"
            #expect(try CompactJWE.open(String(characters), with: key) == nil, "character \(offset)")
        }
    }

    @Test("a text of another form does not open")
    func malformed() throws {
        let token = RFCVectors.EncryptedToken.token
        let parts = token.split(separator: ".").map(String.init)
        var texts: [String] = [
            "", "....", "a.b.c.d.e", "\(token).", ".\(token)", "\(token)=", "\(token)\n", " \(token)",
        ]
        texts.append(parts.dropLast().joined(separator: "."))
        texts.append(parts.reversed().joined(separator: "."))
        texts.append("\(token).x")
        for index in parts.indices.dropFirst() {
            var changed = parts
            changed[index] = ""
            texts.append(changed.joined(separator: "."))
            changed[index] = String(parts[index].prefix(parts[index].count - 4))
            texts.append(changed.joined(separator: "."))
        }
        for text in texts { #expect(try CompactJWE.open(text, with: key) == nil, "\(text)") }
    }

    @Test("a content key of another size is refused")
    func contentKeySize() throws {
        let short = Base64URL.encode(try key.publicKey.sealOAEP([UInt8](repeating: 1, count: 16)))
        var parts = RFCVectors.EncryptedToken.token.split(separator: ".").map(String.init)
        parts[1] = short
        #expect(try CompactJWE.open(parts.joined(separator: "."), with: key) == nil)
    }
}
