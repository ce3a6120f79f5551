/// Where the keys come from with which calls are signed: temporary ones are replaced while the server runs.
package protocol CredentialSource: Sendable {
    /// The keys as they are now; nil where there are none, and nothing is signed.
    func credentials() -> AWSCredentials?
}

/// Keys that stay.
package struct FixedCredentials: CredentialSource {
    private let fixed: AWSCredentials

    /// These keys.
    package init(_ fixed: AWSCredentials) { self.fixed = fixed }

    /// The keys.
    package func credentials() -> AWSCredentials? { fixed }
}
