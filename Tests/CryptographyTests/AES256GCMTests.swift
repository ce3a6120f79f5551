import Cryptography
import Testing

@Suite struct AES256GCMTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let key: [UInt8]
        let nonce: [UInt8]
        let plaintext: [UInt8]
        let associatedData: [UInt8]
        let ciphertext: [UInt8]
        let tag: [UInt8]
    }

    private static let key = Array<UInt8>(hex: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308")
    private static let nonce = Array<UInt8>(hex: "cafebabefacedbaddecaf888")
    private static let plaintext = Array<UInt8>(
        hex: """
            d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72
            1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255
            """
    )
    private static let ciphertext = Array<UInt8>(
        hex: """
            522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa
            8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad
            """
    )

    /// McGrew and Viega, "The Galois/Counter Mode of Operation (GCM)", appendix B: all cases with a 256-bit key and a
    /// 96-bit nonce.
    static let vectors = [
        Vector(
            testDescription: "test case 13",
            key: Array(repeating: 0, count: 32),
            nonce: Array(repeating: 0, count: 12),
            plaintext: [],
            associatedData: [],
            ciphertext: [],
            tag: Array(hex: "530f8afbc74536b9a963b4f1c4cb738b")
        ),
        Vector(
            testDescription: "test case 14",
            key: Array(repeating: 0, count: 32),
            nonce: Array(repeating: 0, count: 12),
            plaintext: Array(repeating: 0, count: 16),
            associatedData: [],
            ciphertext: Array(hex: "cea7403d4d606b6e074ec5d3baf39d18"),
            tag: Array(hex: "d0d1c8a799996bf0265b98b5d48ab919")
        ),
        Vector(
            testDescription: "test case 15",
            key: key,
            nonce: nonce,
            plaintext: plaintext,
            associatedData: [],
            ciphertext: ciphertext,
            tag: Array(hex: "b094dac5d93471bdec1a502270e3cc6c")
        ),
        Vector(
            testDescription: "test case 16",
            key: key,
            nonce: nonce,
            plaintext: Array(plaintext.prefix(60)),
            associatedData: Array(hex: "feedfacedeadbeeffeedfacedeadbeefabaddad2"),
            ciphertext: Array(ciphertext.prefix(60)),
            tag: Array(hex: "76fc6ece0f4e1768cddf8853bb2d551b")
        ),
    ]

    @Test("the published vectors seal and open", arguments: vectors)
    func published(vector: Vector) throws {
        let sealed = try AES256GCM.seal(
            vector.plaintext,
            key: vector.key,
            nonce: vector.nonce,
            associatedData: vector.associatedData
        )
        #expect(sealed.ciphertext == vector.ciphertext)
        #expect(sealed.tag == vector.tag)
        #expect(try open(vector) == vector.plaintext)
    }

    @Test("every altered byte is refused", arguments: vectors)
    func altered(vector: Vector) throws {
        for index in vector.ciphertext.indices {
            #expect(try open(vector, ciphertext: vector.ciphertext.flipped(at: index)) == nil)
        }
        for index in vector.tag.indices { #expect(try open(vector, tag: vector.tag.flipped(at: index)) == nil) }
        for index in vector.nonce.indices { #expect(try open(vector, nonce: vector.nonce.flipped(at: index)) == nil) }
        for index in vector.key.indices { #expect(try open(vector, key: vector.key.flipped(at: index)) == nil) }
        for index in vector.associatedData.indices {
            #expect(try open(vector, associatedData: vector.associatedData.flipped(at: index)) == nil)
        }
    }

    @Test("shortened and lengthened parts are refused", arguments: vectors)
    func lengths(vector: Vector) throws {
        #expect(try open(vector, ciphertext: vector.ciphertext + [0]) == nil)
        #expect(try open(vector, associatedData: vector.associatedData + [0]) == nil)
        if !vector.ciphertext.isEmpty {
            #expect(try open(vector, ciphertext: Array(vector.ciphertext.dropLast())) == nil)
        }
        for length in 0..<16 { #expect(try open(vector, tag: Array(vector.tag.prefix(length))) == nil) }
        #expect(try open(vector, tag: vector.tag + [0]) == nil)
    }

    @Test(
        "a key or a nonce of another size throws",
        arguments: [(16, 12), (31, 12), (33, 12), (0, 12), (32, 0), (32, 16)]
    )
    func sizes(keySize: Int, nonceSize: Int) {
        let key = [UInt8](repeating: 0, count: keySize)
        let nonce = [UInt8](repeating: 0, count: nonceSize)
        #expect(throws: CryptographyError.self) {
            try AES256GCM.seal([1], key: key, nonce: nonce, associatedData: [])
        }
        #expect(throws: CryptographyError.self) {
            try AES256GCM.open([1], tag: [UInt8](repeating: 0, count: 16), key: key, nonce: nonce, associatedData: [])
        }
    }

    private func open(
        _ vector: Vector,
        ciphertext: [UInt8]? = nil,
        tag: [UInt8]? = nil,
        key: [UInt8]? = nil,
        nonce: [UInt8]? = nil,
        associatedData: [UInt8]? = nil
    ) throws -> [UInt8]? {
        try AES256GCM.open(
            ciphertext ?? vector.ciphertext,
            tag: tag ?? vector.tag,
            key: key ?? vector.key,
            nonce: nonce ?? vector.nonce,
            associatedData: associatedData ?? vector.associatedData
        )
    }
}
