package import Domain

/// What users are protected by beyond their pools' settings.
package struct ProtectionConfiguration: Sendable, Equatable {
    /// The file of compromised passwords; nil for none.
    package var compromisedPasswords: String?
    /// Whether accounts are held to their provisioned limits.
    package var enforcesLimits = false
    /// How many messages a pool may send in a day.
    package var messageLimits = MessageLimits()

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
        Flag(mails, "N", "the most mails that a pool may send in a day; as many as it asks for without"),
        Flag(texts, "N", "the most texts (SMS) that a pool may send in a day; as many as it asks for without"),
    ]
    private static let mails = "mails-per-pool-and-day"
    private static let texts = "texts-per-pool-and-day"

    /// Nothing.
    package init() {}

    /// Throws `UsageError` for a limit that is no number.
    init(_ values: FlagValues) throws {
        compromisedPasswords = values["compromised-passwords"]
        enforcesLimits = values.isOn("enforce-limits")
        messageLimits = MessageLimits(
            mails: try Self.count(Self.mails, values),
            texts: try Self.count(Self.texts, values)
        )
    }

    private static func count(_ name: String, _ values: FlagValues) throws -> Int? {
        guard let text = values[name] else { return nil }
        guard let count = Int(text), count >= 0 else {
            throw UsageError("--\(name): \(text) isn't a number of messages")
        }
        return count
    }
}
