import Cryptography
import FIDO2
import Testing

@Suite struct AssertionTests {
    private let key: CredentialKey
    private let rsaKey: CredentialKey

    init() throws {
        key = try Attestation(Vectors.none, clientDataHash: clientDataHash).key
        rsaKey = try Attestation(Vectors.rsa, clientDataHash: clientDataHash).key
    }

    private func report(
        _ data: [UInt8] = Vectors.assertion,
        _ signature: [UInt8] = Vectors.assertionSignature,
        by key: CredentialKey? = nil,
        for relyingParty: String = "example.com",
        over hash: [UInt8] = clientDataHash
    ) throws -> Assertion.Report {
        try Assertion(authenticatorData: data, signature: signature)
            .verify(by: key ?? self.key, relyingPartyID: relyingParty, clientDataHash: hash)
    }

    @Test("a right assertion says its flags and its counter") func right() throws {
        let flags: AuthenticatorFlags = [.userPresent, .userVerified, .backupEligible, .backedUp]
        for report in [try report(), try report(Vectors.assertion, Vectors.rsaSignature, by: rsaKey)] {
            #expect(report.flags == flags)
            #expect(report.signatureCounter == 8)
        }
    }

    @Test("an assertion by another key, for another party or over something else isn't right") func wrong() {
        #expect(throws: FIDOFault.invalid) { try report(by: rsaKey) }
        #expect(throws: FIDOFault.invalid) { try report(for: "example.org") }
        #expect(throws: FIDOFault.invalid) { try report(for: "sub.example.com") }
        #expect(throws: FIDOFault.invalid) { try report(over: SHA256.digest([1])) }
        #expect(throws: FIDOFault.invalid) { try report(by: CredentialKey(.es256, bytes: [1, 2, 3])) }
        let zeros = CredentialKey(.es256, bytes: Array(repeating: 0, count: 64))
        #expect(throws: FIDOFault.invalid) { try report(by: zeros) }
    }

    @Test("somebody has to have been there") func absent() {
        #expect(throws: FIDOFault.invalid) { try report(Vectors.absent, Vectors.absentSignature) }
    }

    @Test("any changed byte is noticed") func mutations() {
        for place in Vectors.assertion.indices {
            var data = Vectors.assertion
            data[place] ^= 0x01
            #expect(throws: FIDOFault.self) { try report(data) }
        }
        for place in Vectors.assertionSignature.indices {
            var signature = Vectors.assertionSignature
            signature[place] ^= 0x01
            #expect(throws: FIDOFault.self) { try report(Vectors.assertion, signature) }
        }
    }

    @Test("nonsense is malformed") func nonsense() {
        for data in [[], Array(Vectors.assertion.dropLast()), Vectors.assertion + [0x9A, 0x10, 0, 0, 0]] {
            #expect(throws: FIDOFault.malformed) { try report(data) }
        }
        let huge = Array(repeating: UInt8(0), count: Assertion.sizeLimit + 1)
        #expect(throws: FIDOFault.malformed) { try report(huge) }
        #expect(throws: FIDOFault.malformed) { try report(Vectors.assertion, huge) }
        #expect(throws: FIDOFault.self) { try report(Vectors.assertion, []) }
    }
}
