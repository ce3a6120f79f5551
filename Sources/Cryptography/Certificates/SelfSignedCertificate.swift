/// An X.509 certificate that a key signs for itself (RFC 5280, version 3 without extensions), as SAML wants it: a key
/// with a name and an end.
package enum SelfSignedCertificate {
    /// The certificate in DER. Times are `yyyyMMddHHmmss` in UTC. One RSA private operation.
    package static func der(
        of key: RSAPrivateKey,
        commonName: String,
        serialNumber: [UInt8],
        from start: String,
        to end: String
    ) throws -> [UInt8] {
        let algorithm = sequence([
            // sha256WithRSAEncryption, 1.2.840.113549.1.1.11.
            [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B], [0x05, 0x00],
        ])
        // id-at-commonName, 2.5.4.3.
        let attribute = sequence([[0x06, 0x03, 0x55, 0x04, 0x03], element(0x0C, Array(commonName.utf8))])
        let name = sequence([element(0x31, attribute)])
        let toBeSigned = sequence([
            element(0xA0, integer([2])), integer(serialNumber), algorithm, name,
            sequence([time(start), time(end)]), name, try key.publicKey.der,
        ])
        return sequence([toBeSigned, algorithm, element(0x03, [0] + (try key.sign(toBeSigned)))])
    }

    private static func sequence(_ elements: [[UInt8]]) -> [UInt8] { element(0x30, elements.flatMap { $0 }) }

    /// A positive number, big-endian.
    private static func integer(_ number: [UInt8]) -> [UInt8] {
        var digits = Array(number.drop { $0 == 0 })
        if digits.first.map({ $0 >= 0x80 }) ?? true { digits.insert(0, at: 0) }
        return element(0x02, digits)
    }

    /// UTCTime until 2049, GeneralizedTime from then on.
    private static func time(_ digits: String) -> [UInt8] {
        digits < "2050" ? element(0x17, Array("\(digits.dropFirst(2))Z".utf8)) : element(0x18, Array("\(digits)Z".utf8))
    }

    private static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let count = content.count
        switch count {
        case ..<0x80: return [tag, UInt8(count)] + content
        case ..<0x100: return [tag, 0x81, UInt8(count)] + content
        default: return [tag, 0x82, UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count)] + content
        }
    }
}
