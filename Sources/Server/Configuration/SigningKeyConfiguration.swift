/// How long signing keys sign.
package struct SigningKeyConfiguration: Sendable {
    /// At which age a pool's keys are replaced, in seconds; nil for never, but by command.
    package let age: Int64?

    static let flags = [
        Flag(
            "signing-key-age",
            "DAYS",
            "at which age a pool's signing keys are replaced; 0 for never, but by martlet keys rotate-signing",
            default: "0"
        )
    ]

    /// For developing: they last.
    static let unlimited = SigningKeyConfiguration(age: nil)

    private init(age: Int64?) { self.age = age }

    init(_ values: FlagValues) throws {
        let text = try values.required("signing-key-age")
        // Of less than some days the key set would hold more than keys that sign, will sign and did.
        guard let days = Int64(text), days == 0 || (7...3650).contains(days) else {
            throw UsageError("--signing-key-age: \(text) is neither 0 nor 7 to 3650 days")
        }
        age = days == 0 ? nil : days * 86_400
    }
}
