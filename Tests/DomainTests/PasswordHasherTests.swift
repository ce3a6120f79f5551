import Cryptography
import Domain
import SRP
import Testing

@Suite struct PasswordHasherTests {
    private let alice = SRPIdentity(poolID: "us-east-1_aBcD12345", userID: "alice")
    private let hasher: PasswordHasher

    init() throws { hasher = try PasswordHasher(vault: makeVault(), random: .system) }

    @Test("the right password is right and every other is wrong")
    func verify() throws {
        let stored = try hasher.hash("Passw0rd!", of: alice)
        #expect(stored.salt.count == 16)
        #expect(try hasher.verify("Passw0rd!", against: stored, of: alice))
        for wrong in ["Passw0rd", "passw0rd!", "", "Passw0rd!\u{0}", "Passw0rd! "] {
            #expect(try !hasher.verify(wrong, against: stored, of: alice))
        }
        #expect(try !hasher.verify("Passw0rd!", against: nil, of: alice))
    }

    @Test("two users with one password share nothing")
    func salts() throws {
        let first = try hasher.hash("Passw0rd!", of: alice)
        let second = try hasher.hash("Passw0rd!", of: alice)
        #expect(first.salt != second.salt)
        #expect(try hasher.verifier(first, of: alice) != hasher.verifier(second, of: alice))
    }

    @Test("a verifier moved to another user or under another master key can't be opened")
    func moved() throws {
        let stored = try hasher.hash("Passw0rd!", of: alice)
        let bob = SRPIdentity(poolID: alice.poolID, userID: "bob")
        #expect(throws: SealedValueUnreadable.self) { try hasher.verify("Passw0rd!", against: stored, of: bob) }
        let other = try PasswordHasher(vault: makeVault(8), random: .system)
        #expect(throws: SealedValueUnreadable.self) { try other.verify("Passw0rd!", against: stored, of: alice) }
    }

    @Test("the simulated password is stable, and differs by name, pool and master key")
    func simulated() throws {
        let first = try hasher.simulatedPassword(of: alice)
        let again = try PasswordHasher(vault: makeVault(), random: .system).simulatedPassword(of: alice)
        let verifier = try hasher.verifier(first, of: alice)
        #expect(try first.salt == again.salt && verifier == hasher.verifier(again, of: alice))
        #expect(first.salt.count == 16)
        #expect(verifier.bytes.count > 380)
        let others = [
            (try makeVault(), SRPIdentity(poolID: alice.poolID, userID: "alicf")),
            (try makeVault(), SRPIdentity(poolID: "us-east-1_other", userID: "alice")), (try makeVault(8), alice),
        ]
        for (vault, identity) in others {
            let hasher = try PasswordHasher(vault: vault, random: .system)
            let other = try hasher.simulatedPassword(of: identity)
            #expect(try other.salt != first.salt && hasher.verifier(other, of: identity) != verifier)
        }
    }

    @Test(
        "the pool's name is its id after the underscore",
        arguments: [
            ("us-east-1_aBc", "aBc"), ("a_b_c", "b_c"), ("none", ""), ("", ""),
        ]
    )
    func poolName(id: String, name: String) {
        #expect(SRPIdentity(poolID: id, userID: "u").poolName == name)
    }
}
