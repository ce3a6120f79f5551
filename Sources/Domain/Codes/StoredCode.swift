package import CognitoModel

/// A code as the database keeps it: a keyed hash, never the code.
package struct StoredCode: Sendable {
    package let purpose: CodePurpose
    package let hash: [UInt8]
    /// The attribute to which it was sent, and the value it had.
    package let attribute: UserAttribute
    package let expiresAt: Timestamp
    /// What brings it to the user; it is kept with the code. Nil where none is sent.
    package let message: StoredMessage?

    package init(
        purpose: CodePurpose,
        hash: [UInt8],
        attribute: UserAttribute,
        expiresAt: Timestamp,
        message: StoredMessage? = nil
    ) {
        self.purpose = purpose
        self.hash = hash
        self.attribute = attribute
        self.expiresAt = expiresAt
        self.message = message
    }
}
