package import CognitoModel
package import Cryptography

/// What a pool asks of passwords.
package struct PasswordPolicy: Sendable {
    /// The characters that count as symbols, by the documentation of password requirements.
    private static let symbols = Set("^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+-".unicodeScalars)

    package let minimumLength: Int
    package let requiresUppercase: Bool
    package let requiresLowercase: Bool
    package let requiresNumbers: Bool
    package let requiresSymbols: Bool
    /// How many of the newest passwords, the current one among them, may not be used again.
    package let historySize: Int
    /// How long a temporary password is good, in days.
    package let temporaryPasswordValidityDays: Int

    package init(_ policy: PasswordPolicyType) {
        minimumLength = policy.minimumLength ?? 6
        requiresUppercase = policy.requireUppercase ?? false
        requiresLowercase = policy.requireLowercase ?? false
        requiresNumbers = policy.requireNumbers ?? false
        requiresSymbols = policy.requireSymbols ?? false
        historySize = policy.passwordHistorySize ?? 0
        temporaryPasswordValidityDays = policy.temporaryPasswordValidityDays ?? 7
    }

    /// Throws `PasswordFailure` for the first rule that the password breaks.
    package func check(_ password: String) throws {
        let scalars = password.unicodeScalars
        let rules: [(isBroken: Bool, rule: PasswordFailure.Rule)] = [
            (password.utf16.count < minimumLength, .length),
            (requiresUppercase && !scalars.contains { ("A"..."Z").contains($0) }, .uppercase),
            (requiresLowercase && !scalars.contains { ("a"..."z").contains($0) }, .lowercase),
            (requiresNumbers && !scalars.contains { ("0"..."9").contains($0) }, .numbers),
            (requiresSymbols && !scalars.contains(where: Self.symbols.contains), .symbols),
        ]
        if let broken = rules.first(where: \.isBroken) { throw PasswordFailure.breaks(broken.rule) }
    }

    /// A temporary password that meets every rule: at least 12 characters with one of each kind at a random place.
    package func temporaryPassword(random: RandomSource) throws -> String {
        let kinds = ["ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnopqrstuvwxyz", "23456789", "!@#%&*?-_=+"]
        var characters = try kinds.map { try random.text(1, from: $0) }
        characters += try random.text(max(minimumLength, 12) - kinds.count, from: kinds.joined()).map(String.init)
        for last in stride(from: characters.count - 1, to: 0, by: -1) {
            characters.swapAt(last, try random.number(below: last + 1))
        }
        return characters.joined()
    }
}
