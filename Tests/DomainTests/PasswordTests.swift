import CognitoModel
import Cryptography
import Domain
import SRP
import Testing

@Suite struct PasswordPolicyTests {
    private static let all = """
        "MinimumLength":8,"RequireUppercase":true,"RequireLowercase":true,"RequireNumbers":true,"RequireSymbols":true
        """

    static let table: [(policy: String, password: String, violation: String?)] = [
        (all, "Passw0rd!", nil),
        (all, "Pas0rd!", "Password not long enough"),
        (all, "passw0rd!", "Password must have uppercase characters"),
        (all, "PASSW0RD!", "Password must have lowercase characters"),
        (all, "Password!", "Password must have numeric characters"),
        (all, "Passw0rd1", "Password must have symbol characters"),
        (all, "", "Password not long enough"),
        (all, "Ässwörd0!", "Password must have uppercase characters"),
        (all, "PASSWÖRDß0!", "Password must have lowercase characters"),
        (all, "Password!١", "Password must have numeric characters"),
        (all, "Passw0rd€", "Password must have symbol characters"),
        ("", "aaaaaa", nil),
        ("", "aaaaa", "Password not long enough"),
        (#""MinimumLength":99"#, String(repeating: "a", count: 98), "Password not long enough"),
        (#""MinimumLength":99"#, String(repeating: "a", count: 99), nil),
        (#""RequireNumbers":true"#, "aaaaaa", "Password must have numeric characters"),
        (#""RequireNumbers":true"#, "aaaaa9", nil),
    ]

    @Test("the first rule that is broken is told", arguments: table.indices)
    func check(index: Int) throws {
        let row = Self.table[index]
        let pool = try makePool(#""Policies":{"PasswordPolicy":{\#(row.policy)}}"#)
        let error = refusal { try pool.passwordPolicy.check(row.password) }
        #expect(error?.message == row.violation.map { "Password did not conform with policy: \($0)" })
        if row.violation != nil { #expect(error?.code == .invalidPassword) }
    }

    /// The developer guide's list of special characters.
    @Test("each of the listed symbols counts", arguments: Array("^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+-"))
    func symbols(symbol: Character) throws {
        let policy = try makePool().passwordPolicy
        #expect(throws: Never.self) { try policy.check("Passw0rd\(symbol)") }
    }

    @Test("a pool without a policy asks for eight characters of all four kinds")
    func defaults() throws {
        let policy = try makePool().passwordPolicy
        #expect(policy.minimumLength == 8)
        #expect(
            policy.requiresUppercase && policy.requiresLowercase && policy.requiresNumbers && policy.requiresSymbols
        )
        #expect(policy.temporaryPasswordValidityDays == 7)
        #expect(policy.historySize == 0)
    }

    @Test("a temporary password meets every policy", arguments: [6, 8, 12, 13, 99])
    func temporaryPassword(minimumLength: Int) throws {
        let policy = PasswordPolicy(
            PasswordPolicyType(
                minimumLength: minimumLength,
                requireUppercase: true,
                requireLowercase: true,
                requireNumbers: true,
                requireSymbols: true
            )
        )
        var firsts = Set<Character>()
        for _ in 0..<500 {
            let password = try policy.temporaryPassword(random: .system)
            #expect(throws: Never.self) { try policy.check(password) }
            #expect(password.count == max(12, minimumLength))
            firsts.formUnion(password.prefix(1))
        }
        #expect(firsts.count > 20)
    }
}

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
        #expect(first.salt == again.salt && first.verifier == again.verifier)
        #expect(first.salt.count == 16)
        #expect(first.verifier.bytes.count > 380)
        let others = [
            try hasher.simulatedPassword(of: SRPIdentity(poolID: alice.poolID, userID: "alicf")),
            try hasher.simulatedPassword(of: SRPIdentity(poolID: "us-east-1_other", userID: "alice")),
            try PasswordHasher(vault: makeVault(8), random: .system).simulatedPassword(of: alice),
        ]
        for other in others { #expect(other.salt != first.salt && other.verifier != first.verifier) }
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

@Suite struct PasswordLockoutTests {
    @Test(
        "the lock doubles from one second to fifteen minutes",
        arguments: [
            (0, 0), (1, 0), (4, 0), (5, 1), (6, 2), (7, 4), (8, 8), (10, 32), (14, 512), (15, 900), (16, 900),
            (100, 900),
            (1_000_000, 900),
        ]
    )
    func lock(failures: Int, seconds: Int64) {
        let lockout = PasswordLockout(failures: failures, lastFailure: .test)
        #expect(lockout.isLocked(at: .test) == (seconds > 0))
        #expect(lockout.isLocked(at: .test.adding(milliseconds: seconds * 1000 - 1)) == (seconds > 0))
        #expect(!lockout.isLocked(at: .test.adding(seconds: seconds)))
    }
}
