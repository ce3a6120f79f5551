/// Why a user's attributes can't become what was asked for.
package enum AttributeFailure: Error, Hashable, Sendable {
    /// What is wrong with each value, in the order in which they came.
    case violations([AttributeViolation])
    case immutable(String)
    /// The client may not write one of them.
    case unauthorized
    case invalidEmail
    case invalidPhoneNumber
    /// `preferred_username` could be taken for somebody's address.
    case preferredUsernameIsEmail
    case preferredUsernameIsPhoneNumber
    /// The attribute isn't an address, so no code can verify it.
    case unverifiable(String)
    /// The user has no such address to verify.
    case absent(String)
}

/// How one value breaks the schema.
package struct AttributeViolation: Hashable, Sendable {
    /// The rule that it breaks.
    package enum Rule: Hashable, Sendable {
        case unknown, required
        case longerThanAnyValue(bytes: Int)
        case notBoolean, notTime, notNumber
        case belowMinimum(Int64)
        case aboveMaximum(Int64)
        case shorterThan(Int)
        case longerThan(Int)
    }

    package let attribute: String
    package let rule: Rule

    package init(_ attribute: String, _ rule: Rule) {
        self.attribute = attribute
        self.rule = rule
    }
}
