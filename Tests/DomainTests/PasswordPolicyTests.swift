import CognitoModel
import Cryptography
import Domain
import Testing

@Suite struct PasswordPolicyTests {
    private static let all = """
        "MinimumLength":8,"RequireUppercase":true,"RequireLowercase":true,"RequireNumbers":true,"RequireSymbols":true
        """

    static let table: [(policy: String, password: String, broken: PasswordFailure.Rule?)] = [
        (all, "Passw0rd!", nil),
        (all, "Pas0rd!", .length),
        (all, "passw0rd!", .uppercase),
        (all, "PASSW0RD!", .lowercase),
        (all, "Password!", .numbers),
        (all, "Passw0rd1", .symbols),
        (all, "", .length),
        (all, "Ässwörd0!", .uppercase),
        (all, "PASSWÖRDß0!", .lowercase),
        (all, "Password!١", .numbers),
        (all, "Passw0rd€", .symbols),
        ("", "aaaaaa", nil),
        ("", "aaaaa", .length),
        (#""MinimumLength":99"#, String(repeating: "a", count: 98), .length),
        (#""MinimumLength":99"#, String(repeating: "a", count: 99), nil),
        (#""RequireNumbers":true"#, "aaaaaa", .numbers),
        (#""RequireNumbers":true"#, "aaaaa9", nil),
    ]

    @Test("the first rule that is broken is told", arguments: table.indices)
    func check(index: Int) throws {
        let row = Self.table[index]
        let pool = try makePool(#""Policies":{"PasswordPolicy":{\#(row.policy)}}"#)
        let failure = failure(of: PasswordFailure.self) { try pool.passwordPolicy.check(row.password) }
        #expect(failure == row.broken.map { .breaks($0) })
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
        // Of all kinds: the capitals alone are 23.
        #expect(firsts.count > 40)
    }
}
