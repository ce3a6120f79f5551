import Cryptography
import FIDO2
import Testing

/// The digest of the client data that vectors are over.
let clientDataHash = SHA256.digest(Array("client data".utf8))

@Suite struct AttestationTests {
    @Test("an object says what credential was made, and how", arguments: [Vectors.none, Vectors.protected])
    func reading(object: [UInt8]) throws {
        let attestation = try Attestation(object, clientDataHash: clientDataHash)
        #expect(attestation.credentialID == Array(1...16))
        #expect(attestation.key.algorithm == .es256)
        #expect(attestation.key.bytes.count == 64)
        #expect(attestation.signatureCounter == 7)
        #expect(attestation.flags.isSuperset(of: [.userPresent, .userVerified, .backupEligible, .backedUp]))
        #expect(attestation.aaguid.prefix(4) == [0xD5, 0x48, 0x82, 0x6E])
        #expect(attestation.relyingPartyHash == SHA256.digest(Array("example.com".utf8)))
        try attestation.verifyStatement(relyingPartyID: "example.com")
    }

    @Test("an RSA key is taken too") func rsa() throws {
        let attestation = try Attestation(Vectors.rsa, clientDataHash: clientDataHash)
        #expect(attestation.key.algorithm == .rs256)
        #expect(attestation.key.bytes.count == 259)
    }

    @Test(
        "a statement is signed by the credential's key, or by a certificate's",
        arguments: [Vectors.selfSigned, Vectors.certified, Vectors.u2f]
    )
    func statements(object: [UInt8]) throws {
        let attestation = try Attestation(object, clientDataHash: clientDataHash)
        try attestation.verifyStatement(relyingPartyID: "example.com")
        #expect(throws: FIDOFault.invalid) { try attestation.verifyStatement(relyingPartyID: "example.org") }
        let other = try Attestation(object, clientDataHash: SHA256.digest([1]))
        #expect(throws: FIDOFault.invalid) { try other.verifyStatement(relyingPartyID: "example.com") }
    }

    @Test("a statement with another signature isn't right") func wrongStatement() throws {
        let attestation = try Attestation(Vectors.wrongSelfSigned, clientDataHash: clientDataHash)
        #expect(throws: FIDOFault.invalid) { try attestation.verifyStatement(relyingPartyID: "example.com") }
    }

    @Test("other algorithms and forms are told apart from nonsense", arguments: [Vectors.edDSA, Vectors.apple])
    func unsupported(object: [UInt8]) {
        #expect(throws: FIDOFault.unsupported) { try Attestation(object, clientDataHash: clientDataHash) }
    }

    /// A map, an array and an array in a key of a claimed size, which libcbor would clear gigabytes for.
    static let hugeClaims: [[UInt8]] = [
        [0xBA, 0x10, 0, 0, 0], [0x9A, 0x10, 0, 0, 0], [0x9B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        Array(repeating: 0x81, count: 4000), Array(repeating: 0xC1, count: 4000), [0x9F, 0xFF], [0x5F, 0xFF],
    ]

    @Test("nonsense is malformed, at no cost", arguments: hugeClaims + [[], [0xA0], [0xFF], Array("{}".utf8)])
    func nonsense(object: [UInt8]) {
        #expect(throws: FIDOFault.malformed) { try Attestation(object, clientDataHash: clientDataHash) }
    }

    @Test("a key that claims a size in the authenticator's data is malformed", arguments: hugeClaims)
    func hugeKey(claim: [UInt8]) throws {
        // The key begins behind 55 bytes and an id of 16.
        let place = try #require(Vectors.none.firstRange(of: [0xA5, 0x01, 0x02, 0x03]))
        let length = Vectors.none.count - place.lowerBound
        var object = Vectors.none
        let filled = claim.prefix(length) + Array(repeating: 0, count: max(0, length - claim.count))
        object.replaceSubrange(place.lowerBound..., with: filled)
        #expect(throws: FIDOFault.malformed) { try Attestation(object, clientDataHash: clientDataHash) }
    }

    @Test("cut off or followed by more, an object is malformed") func lengths() {
        for count in [1, 20, 100, Vectors.none.count - 1] {
            let cut = Array(Vectors.none.prefix(count))
            #expect(throws: FIDOFault.malformed) { try Attestation(cut, clientDataHash: clientDataHash) }
        }
        #expect(throws: FIDOFault.malformed) {
            try Attestation(Vectors.none + [0], clientDataHash: clientDataHash)
        }
        let huge = Vectors.none + Array(repeating: 0, count: Attestation.sizeLimit)
        #expect(throws: FIDOFault.malformed) { try Attestation(huge, clientDataHash: clientDataHash) }
        #expect(throws: FIDOFault.malformed) { try Attestation(Vectors.longID, clientDataHash: clientDataHash) }
    }

    @Test("any changed byte is noticed, or changes what is told") func mutations() throws {
        let right = try Attestation(Vectors.selfSigned, clientDataHash: clientDataHash)
        for place in Vectors.selfSigned.indices {
            var object = Vectors.selfSigned
            object[place] ^= 0x01
            do {
                let attestation = try Attestation(object, clientDataHash: clientDataHash)
                try attestation.verifyStatement(relyingPartyID: "example.com")
                #expect(attestation.key == right.key && attestation.credentialID == right.credentialID)
            } catch {}
        }
    }
}
