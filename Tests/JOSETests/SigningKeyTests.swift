import Cryptography
import FoundationEssentials
import JOSE
import Testing

@Suite struct SigningKeyTests {
    private struct WebKey: Decodable, Equatable {
        let kty: String
        let use: String
        let alg: String
        let kid: String
        let n: String
        let e: String
    }

    /// RFC 7517 section 4 and RFC 7518 section 6.3.1; n and e as RFC 7515 appendix A.2 prints them.
    @Test("the published key has the members of RFC 7517 and the numbers of RFC 7515")
    func webKey() throws {
        let privateKey = try RSAPrivateKey(pkcs8: Array(hex: RFCVectors.SignedToken.key))
        let key = try SigningKey(id: "0sW+/x=", privateKey: privateKey)
        let webKey = try JSONDecoder().decode(WebKey.self, from: Data(key.jwk.utf8))
        #expect(
            webKey
                == WebKey(
                    kty: "RSA",
                    use: "sig",
                    alg: "RS256",
                    kid: "0sW+/x=",
                    n: RFCVectors.SignedToken.modulus,
                    e: "AQAB"
                )
        )
        let names = try JSONDecoder().decode([String: String].self, from: Data(key.jwk.utf8)).keys
        #expect(names.sorted() == ["alg", "e", "kid", "kty", "n", "use"])
    }

    @Test("a generated key's token verifies by the published numbers")
    func generated() throws {
        let key = try SigningKey(id: "a", privateKey: RSAPrivateKey.generate())
        let token = try #require(CompactJWS(key.sign(Array("{}".utf8))))
        #expect(try token.isSigned(by: key.publicKey))
        let webKey = try JSONDecoder().decode(WebKey.self, from: Data(key.jwk.utf8))
        #expect(Base64URL.decode(webKey.n) == key.publicKey.modulus)
        #expect(key.publicKey.modulus.count == 256)
    }
}
