import Cryptography
import Testing

@Suite struct VaultTests {
    private let old = [UInt8](repeating: 1, count: 32)
    private let new = [UInt8](repeating: 2, count: 32)
    private let secret = Array("a secret".utf8)

    @Test("what is sealed opens", arguments: [0, 1, 8, 16, 5000])
    func roundTrip(size: Int) throws {
        let vault = try Vault(masterKeys: [old])
        let secret = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
        let sealed = try vault.seal(secret, for: .session, context: "pool/user")
        #expect(sealed.count == 4 + 12 + size + 16)
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
        let keys = sizes.map { [UInt8](repeating: 0, count: $0) }
        #expect(throws: CryptographyError.self) { try Vault(masterKeys: keys) }
    }
}
