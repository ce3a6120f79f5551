package import CognitoModel
package import Cryptography

/// Makes identifiers in the forms that Cognito gives them.
package struct IdentifierGenerator: Sendable {
    private static let lowercase = "abcdefghijklmnopqrstuvwxyz0123456789"
    private static let alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

    package let random: RandomSource

    package init(random: RandomSource) { self.random = random }

    /// `<region>_<9 letters and digits>`.
    package func userPoolID(region: String) throws -> String {
        "\(region)_\(try random.text(9, from: Self.alphanumeric))"
    }

    /// 26 lower-case letters and digits.
    package func clientID() throws -> String { try random.text(26, from: Self.lowercase) }

    /// 51 lower-case letters and digits: about 263 bits.
    package func clientSecret() throws -> String { try random.text(51, from: Self.lowercase) }

    /// `import-` and ten letters and digits.
    package func importJobID() throws -> String { "import-" + (try random.text(10, from: Self.alphanumeric)) }

    /// A signing key's id: 32 bytes in base64.
    package func keyID() throws -> String { Base64.encode(try random.bytes(32)) }

    /// The `event_id` of a sign-in, which begins with its time.
    package func sessionID(at now: Timestamp) throws -> String {
        try random.timeOrderedUUID(milliseconds: now.milliseconds)
    }

    /// A device's key.
    package func deviceKey(region: String) throws -> String { "\(region)_\(try random.uuid())" }

    package func uuid() throws -> String { try random.uuid() }

    /// A code of so many digits.
    package func code(digits: Int) throws -> String { try random.text(digits, from: "0123456789") }
}
