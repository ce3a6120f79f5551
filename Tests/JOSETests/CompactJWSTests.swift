import Cryptography
import JOSE
import Testing

@Suite struct CompactJWSTests {
    private let key: SigningKey

    init() throws {
        let privateKey = try RSAPrivateKey(pkcs8: Array(hex: RFCVectors.SignedToken.key))
        key = try SigningKey(id: "k+/=", privateKey: privateKey)
    }

    @Test("the token of RFC 7515 is read and verified")
    func published() throws {
        let token = try #require(CompactJWS(RFCVectors.SignedToken.token))
        #expect(token.header == Array(#"{"alg":"RS256"}"#.utf8))
        #expect(token.payload == Array(RFCVectors.SignedToken.payload.utf8))
        #expect(try token.isSigned(by: key.publicKey))
    }

    @Test(
        "what the key signs verifies",
        arguments: ["", "{}", #"{"sub":"é🔑"}"#, String(repeating: "x", count: 10_000)]
    )
    func roundTrip(payload: String) throws {
        let token = try #require(CompactJWS(key.sign(Array(payload.utf8))))
        #expect(token.payload == Array(payload.utf8))
        #expect(token.header == Array(#"{"kid":"k+/=","alg":"RS256"}"#.utf8))
        #expect(try token.isSigned(by: key.publicKey))
        #expect(try !token.isSigned(by: RSAPrivateKey.generate().publicKey))
    }

    @Test("every altered character is refused")
    func altered() throws {
        let token = RFCVectors.SignedToken.token
        for (offset, character) in token.enumerated() where character != "." {
            var characters = Array(token)
            characters[offset] = character == "A" ? "B" : "A"
            guard let altered = CompactJWS(String(characters)) else { continue }
            #expect(try !altered.isSigned(by: key.publicKey), "character \(offset)")
        }
    }

    @Test("parts of different tokens don't go together")
    func mixed() throws {
        let parts = try ["a", "b"].map { try key.sign(Array($0.utf8)).split(separator: ".") }
        let mixed = try #require(CompactJWS("\(parts[0][0]).\(parts[0][1]).\(parts[1][2])"))
        #expect(try !mixed.isSigned(by: key.publicKey))
    }

    /// RFC 8725 sections 2.1 and 3.1: the token's own `alg` decides nothing.
    @Test(
        "alg none and an HMAC keyed by the public key are refused",
        arguments: [
            #"{"alg":"none"}"#, #"{"alg":"None","typ":"JWT"}"#, #"{"alg":"HS256"}"#, #"{"alg":"RS256"}"#,
        ]
    )
    func forged(header: String) throws {
        let signed = Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(Array(#"{"sub":"admin"}"#.utf8))
        let message = Array(signed.utf8)
        let publicKey = key.publicKey
        let signatures = [
            [], [0], [UInt8](repeating: 0, count: 256), [UInt8](repeating: 255, count: 256),
            HMACSHA256.code(message, key: try publicKey.der),
            HMACSHA256.code(message, key: publicKey.modulus),
            HMACSHA256.code(message, key: Array(key.jwk.utf8)),
        ]
        for signature in signatures {
            let token = try #require(CompactJWS("\(signed).\(Base64URL.encode(signature))"))
            #expect(try !token.isSigned(by: publicKey))
        }
    }

    @Test(
        "a text of another form is no token",
        arguments: [
            "", ".", "..x.", "e30", "e30.e30", "e30.e30.e30.e30", "e30.e30.e30.", ".e30.e30.e30", "e30=.e30.e30",
            "e30.e30.e30=", "e30 .e30.e30", "e30.e30.e30\n", " e30.e30.e30", "e30.e3!.e30", "e30.e+/.e30",
            "e31.e30.e30",
            "e30.e30.A", "e30.é.e30", "e30\u{0}.e30.e30", "Bearer e30.e30.e30",
        ]
    )
    func malformed(text: String) {
        #expect(CompactJWS(text) == nil)
    }

    @Test("empty parts are read and not believed")
    func empty() throws {
        let token = try #require(CompactJWS(".."))
        #expect(token.payload.isEmpty)
        #expect(try !token.isSigned(by: key.publicKey))
    }
}
