/// What users are protected by beyond their pools' settings.
package struct ProtectionConfiguration: Sendable, Equatable {
    /// The file of compromised passwords; nil for none.
    package var compromisedPasswords: String?
    /// Whether accounts are held to their provisioned limits.
    package var enforcesLimits = false

    static let flags = [
        Flag(
            "compromised-passwords",
            "FILE",
            "SHA-1 hashes of passwords that are known to others, a line each in ascending order, as Have I Been Pwned "
                + "has them; pools with threat protection look there"
        ),
        Flag(
            "enforce-limits",
            nil,
            "refuse what goes past an account's limits of requests for each second, which are Cognito's by default"
        ),
    ]

    /// Nothing.
    package init() {}

    init(_ values: FlagValues) {
        compromisedPasswords = values["compromised-passwords"]
        enforcesLimits = values.isOn("enforce-limits")
    }
}
