import Testing

@testable import Cryptography

@Suite struct XAES256GCMTests {
    private static let nonce = Array("ABCDEFGHIJKLMNOPQRSTUVWX".utf8)

    /// C2SP.org/XAES-256-GCM, "Test vectors": one for each value of the bit that CMAC's subkey turns on.
    @Test(
        "the specification's vectors",
        arguments: [
            (1, "", "ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271"),
            (3, "c2sp.org/XAES-256-GCM", "986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d"),
        ] as [(UInt8, String, String)]
    )
    func vectors(keyByte: UInt8, associatedData: String, expected: String) throws {
        let key = try XAES256GCMKey([UInt8](repeating: keyByte, count: 32))
        let (nonce, data) = (Self.nonce, Array(associatedData.utf8))
        let sealed = try key.seal(Array("XAES-256-GCM".utf8), nonce: nonce, associatedData: data)
        #expect(Hex.encode(sealed.ciphertext + sealed.tag) == expected)
        let opened = try key.open(sealed.ciphertext, tag: sealed.tag, nonce: nonce, associatedData: data)
        #expect(opened == Array("XAES-256-GCM".utf8))
        for index in nonce.indices {
            let other = nonce.flipped(at: index)
            #expect(try key.open(sealed.ciphertext, tag: sealed.tag, nonce: other, associatedData: data) == nil)
        }
    }

    @Test("keys and nonces of another size are refused")
    func sizes() throws {
        for size in [0, 16, 31, 33] {
            #expect(throws: CryptographyError.self) { try XAES256GCMKey([UInt8](repeating: 0, count: size)) }
        }
        let key = try XAES256GCMKey([UInt8](repeating: 0, count: 32))
        for size in [0, 12, 23, 25] {
            let nonce = [UInt8](repeating: 0, count: size)
            #expect(throws: CryptographyError.self) { try key.seal([], nonce: nonce, associatedData: []) }
        }
    }
}
