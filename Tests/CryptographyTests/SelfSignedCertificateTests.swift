import Cryptography
import Testing

@Suite struct SelfSignedCertificateTests {
    @Test("a certificate is the key's own, with a name, a number and an end")
    func certificate() throws {
        let key = try RSAPrivateKey(pkcs8: RFC7515Key.pkcs8)
        let der = try SelfSignedCertificate.der(
            of: key,
            commonName: "us-east-1_abc",
            serialNumber: [0, 0x80, 1],
            from: "20261121000000",
            to: "20501121000000"
        )
        // SEQUENCE { tbsCertificate, algorithm, signature }: the whole, and the part that is signed, have long lengths.
        #expect(der.prefix(2) == [0x30, 0x82] && Int(der[2]) << 8 + Int(der[3]) == der.count - 4)
        let count = Int(der[6]) << 8 + Int(der[7]) + 4
        let signedPart = Array(der[4..<4 + count])
        #expect(try key.publicKey.verify(Array(der.suffix(256)), over: signedPart))
        #expect(contains(signedPart, [0x02, 0x03, 0x00, 0x80, 0x01]))
        #expect(contains(signedPart, Array("us-east-1_abc".utf8)))
        #expect(contains(signedPart, [0x17, 13] + Array("261121000000Z".utf8)))
        #expect(contains(signedPart, [0x18, 15] + Array("20501121000000Z".utf8)))
        #expect(contains(signedPart, try key.publicKey.der))
    }

    private func contains(_ whole: [UInt8], _ part: [UInt8]) -> Bool {
        whole.indices.contains { whole[$0...].starts(with: part) }
    }
}
