import Domain

/// `AuthParameters` or `ChallengeResponses`: what a caller sends for one step.
package struct SignInParameters: Sendable {
    private let values: [String: String]

    package init(_ values: [String: String]?) { self.values = values ?? [:] }

    package subscript(_ name: String) -> String? { values[name] }

    /// The value. Throws `SignInFailure.missingParameter` where it is absent or empty.
    package func required(_ name: String) throws -> String {
        guard let value = values[name], !value.isEmpty else { throw SignInFailure.missingParameter(name) }
        return value
    }

    /// Values named `userAttributes.<name>`.
    var userAttributes: [UserAttribute] {
        let prefix = "userAttributes."
        return values.filter { $0.key.hasPrefix(prefix) }.sorted { $0.key < $1.key }
            .map { UserAttribute(String($0.key.dropFirst(prefix.count)), $0.value) }
    }
}
