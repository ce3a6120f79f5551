/// EMSA-PKCS1-v1_5 with SHA-256 (RFC 8017 section 9.2): the number that a signature raises to the private exponent.
enum PKCS1Encoding {
    /// The DER of `DigestInfo` up to the digest (note 1 of the section).
    private static let digestInfo: [UInt8] = [
        0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04,
        0x20,
    ]

    /// The digest filled up to `size` bytes, the modulus's.
    static func encode(_ digest: [UInt8], size: Int) -> [UInt8] {
        let end = digestInfo + digest
        return [0, 1] + [UInt8](repeating: 0xff, count: size - end.count - 3) + [0] + end
    }
}
