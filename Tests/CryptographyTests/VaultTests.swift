import Cryptography
import Testing

@Suite struct VaultTests {
    private let old = MasterKey([UInt8](repeating: 1, count: 32))
    private let new = MasterKey([UInt8](repeating: 2, count: 32))
    private let secret = Array("a secret".utf8)

    @Test("what is sealed opens", arguments: [0, 1, 8, 16, 5000])
    func roundTrip(size: Int) throws {
        let vault = try Vault(masterKeys: [old])
        let secret = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
        let sealed = try vault.seal(secret, for: .session, context: "pool/user")
        #expect(sealed.count == 4 + 24 + size + 16)
        #expect(try vault.open(sealed, for: .session, context: "pool/user") == secret)
    }

    @Test("a value opens for its own purpose alone")
    func purpose() throws {
        let vault = try Vault(masterKeys: [old])
        let sealed = try vault.seal(secret, for: .session, context: "")
        let others: [Vault.Purpose] = [
            .passwordVerifier, .clientSecret, .signingKey, .accessKey, .secretBlock, .paginationToken, .hashKey,
        ]
        for other in others { #expect(try vault.open(sealed, for: other, context: "") == nil) }
    }

    @Test("a value opens in its own place alone", arguments: ["", "pool/use", "pool/user2", "Pool/user"])
    func context(other: String) throws {
        let vault = try Vault(masterKeys: [old])
        let sealed = try vault.seal(secret, for: .passwordVerifier, context: "pool/user")
        #expect(try vault.open(sealed, for: .passwordVerifier, context: other) == nil)
    }

    @Test("every altered byte and every shortened value is refused")
    func altered() throws {
        let vault = try Vault(masterKeys: [old])
        let sealed = try vault.seal(secret, for: .session, context: "")
        for index in sealed.indices {
            #expect(try vault.open(sealed.flipped(at: index), for: .session, context: "") == nil)
        }
        for length in 0..<sealed.count {
            #expect(try vault.open(Array(sealed.prefix(length)), for: .session, context: "") == nil)
        }
        #expect(try vault.open(sealed + [0], for: .session, context: "") == nil)
    }

    @Test("a new key seals while the old one still opens")
    func rotation() throws {
        let before = try Vault(masterKeys: [old])
        let during = try Vault(masterKeys: [new, old])
        let after = try Vault(masterKeys: [new])
        let early = try before.seal(secret, for: .signingKey, context: "k")
        let late = try during.seal(secret, for: .signingKey, context: "k")
        #expect(try during.open(early, for: .signingKey, context: "k") == secret)
        #expect(try during.open(late, for: .signingKey, context: "k") == secret)
        #expect(try after.open(late, for: .signingKey, context: "k") == secret)
        #expect(try after.open(early, for: .signingKey, context: "k") == nil)
        #expect(try before.open(late, for: .signingKey, context: "k") == nil)
    }

    @Test("what was sealed in the first form opens, and is to be sealed anew")
    func firstForm() throws {
        // By Python's cryptography, for the key `old` and the purpose and context below.
        let sealed = [UInt8](
            hex: "297b2b60000102030405060708090a0bd89b9c2a89638993a94e4484345cf86de06e241e171469e1"
        )
        let vault = try Vault(masterKeys: [old])
        #expect(try vault.open(sealed, for: .passwordVerifier, context: "pool/user") == secret)
        #expect(try vault.open(sealed, for: .clientSecret, context: "pool/user") == nil)
        #expect(try vault.open(sealed, for: .passwordVerifier, context: "pool/user2") == nil)
        #expect(try Vault(masterKeys: [new, old]).open(sealed, for: .passwordVerifier, context: "pool/user") == secret)
        #expect(!vault.isSealedByNewest(sealed))
        let anew = try vault.seal(secret, for: .passwordVerifier, context: "pool/user")
        #expect(vault.isSealedByNewest(anew))
        #expect(vault.keyName(of: anew) == vault.keys[0].name && vault.keyName(of: sealed) == vault.keys[0].name)
    }

    private static let keptPurposes: [Vault.Purpose] = [
        .passwordVerifier, .clientSecret, .signingKey, .accessKey, .hashKey,
    ]
    private static let carriedPurposes: [Vault.Purpose] = [.session, .signUpSession, .secretBlock, .paginationToken]

    @Test("an older key opens what is kept", arguments: keptPurposes)
    func keptValues(purpose: Vault.Purpose) throws {
        let early = try Vault(masterKeys: [old]).seal(secret, for: purpose, context: "k")
        #expect(try Vault(masterKeys: [new, old]).open(early, for: purpose, context: "k") == secret)
    }

    @Test("an older key opens no state that clients carry, unless it reaches everything", arguments: carriedPurposes)
    func carriedState(purpose: Vault.Purpose) throws {
        let early = try Vault(masterKeys: [old]).seal(secret, for: purpose, context: "")
        let late = try Vault(masterKeys: [new]).seal(secret, for: purpose, context: "")
        let reaching = MasterKey(old.bytes, reach: .everything)
        #expect(try Vault(masterKeys: [new, old]).open(early, for: purpose, context: "") == nil)
        #expect(try Vault(masterKeys: [new, reaching]).open(early, for: purpose, context: "") == secret)
        // A node that seals by the old key still, and knows the new one.
        #expect(try Vault(masterKeys: [old, new]).open(late, for: purpose, context: "") == nil)
        let coming = MasterKey(new.bytes, reach: .everything)
        #expect(try Vault(masterKeys: [old, coming]).open(late, for: purpose, context: "") == secret)
    }

    @Test("a keyed hash outlives a rotation and differs by message, purpose and key")
    func keyedHash() throws {
        let hashKey = [UInt8](repeating: 9, count: 32)
        let before = try Vault(masterKeys: [old])
        before.useHashKey(hashKey)
        let hash = try before.keyedHash("message", for: .codeHash)
        #expect(hash.count == 32)
        let rotated = try Vault(masterKeys: [new, old])
        rotated.useHashKey(hashKey)
        #expect(try rotated.keyedHash("message", for: .codeHash) == hash)
        #expect(try before.keyedHash("message2", for: .codeHash) != hash)
        #expect(try before.keyedHash("message", for: .refreshTokenHash) != hash)
        #expect(try Vault(masterKeys: [new]).keyedHash("message", for: .codeHash) != hash)
    }

    @Test("equal secrets look different")
    func nonces() throws {
        let vault = try Vault(masterKeys: [old])
        let sealed = try (0..<50).map { _ in try vault.seal(secret, for: .session, context: "") }
        #expect(Set(sealed).count == 50)
    }

    @Test("a master key of another size, or none, is refused", arguments: [[], [0], [31], [33], [32, 16]])
    func masterKeys(sizes: [Int]) {
        let keys = sizes.map { MasterKey([UInt8](repeating: 0, count: $0)) }
        #expect(throws: CryptographyError.self) { try Vault(masterKeys: keys) }
    }
}
