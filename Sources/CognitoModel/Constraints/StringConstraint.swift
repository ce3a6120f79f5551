/// Inclusive limits, either of which may be absent.
package struct Bounds: Sendable {
    /// The least and the greatest number or length allowed.
    package let minimum: Int?
    package let maximum: Int?

    package init(_ minimum: Int?, _ maximum: Int?) {
        self.minimum = minimum
        self.maximum = maximum
    }

    /// The complaints about `value`, in the words of AWS; `measure` is "length" or "value".
    func complaints(about value: Int, measure: String) -> [String] {
        if let minimum, value < minimum { return ["Member must have \(measure) greater than or equal to \(minimum)"] }
        if let maximum, value > maximum { return ["Member must have \(measure) less than or equal to \(maximum)"] }
        return []
    }
}

/// What the service model demands of a string shape.
package struct StringConstraint: Sendable {
    /// Every string meets it.
    package static let none = StringConstraint()

    let length: Bounds?
    let pattern: Pattern?
    /// A sensitive value never appears in a message.
    let isSensitive: Bool

    package init(length: Bounds? = nil, pattern: Pattern? = nil, isSensitive: Bool = false) {
        self.length = length
        self.pattern = pattern
        self.isSensitive = isSensitive
    }

    /// The complaints about `value`, in the words of AWS. Length counts UTF-16 units, as Java does. A value over its
    /// longest length isn't matched against the pattern, so the cost of matching is bounded.
    package func complaints(about value: String) -> [String] {
        var complaints = length?.complaints(about: value.utf16.count, measure: "length") ?? []
        if let maximum = length?.maximum, value.utf16.count > maximum { return complaints }
        if let pattern, !pattern.matches(value) {
            complaints.insert("Member must satisfy regular expression pattern: \(pattern.text)", at: 0)
        }
        return complaints
    }

    /// Whether there is nothing to complain about.
    package func isMet(by value: String) -> Bool { complaints(about: value).isEmpty }
}
