import CognitoModel
import Domain

/// `AuthParameters` or `ChallengeResponses`: what a caller sends for one step.
struct SignInParameters: Sendable {
    private let values: [String: String]

    init(_ values: [String: String]?) { self.values = values ?? [:] }

    subscript(_ name: String) -> String? { values[name] }

    /// The value. Throws `InvalidParameterException` where it is absent or empty.
    func required(_ name: String) throws -> String {
        guard let value = values[name], !value.isEmpty else { throw CognitoError.missingParameter(name) }
        return value
    }

    /// Values named `userAttributes.<name>`.
    var userAttributes: [UserAttribute] {
        let prefix = "userAttributes."
        return values.filter { $0.key.hasPrefix(prefix) }.sorted { $0.key < $1.key }
            .map { UserAttribute(String($0.key.dropFirst(prefix.count)), $0.value) }
    }
}
