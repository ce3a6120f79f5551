package import AWSSignature

/// Where the keys come from with which calls are signed: temporary ones are replaced while the server runs.
package protocol CredentialSource: Sendable {
    /// The keys as they are now; nil where there are none, and nothing is signed.
    func credentials() -> AWSCredentials?
}

/// Keys that stay.
package struct FixedCredentials: CredentialSource {
    private let fixed: AWSCredentials

    package init(_ fixed: AWSCredentials) { self.fixed = fixed }

    package func credentials() -> AWSCredentials? { fixed }
}
