/// The credential scope of a signature: when it was made, and for what.
package struct CredentialScope: Sendable {
    /// What every scope ends with.
    package static let end = "aws4_request"

    /// The day, such as `20261121`.
    package let date: String
    /// Such as `eu-central-1`.
    package let region: String
    /// The signing name of the service, such as `lambda`.
    package let service: String

    /// A scope of these parts.
    package init(date: String, region: String, service: String) {
        self.date = date
        self.region = region
        self.service = service
    }

    /// As it stands in the string to sign.
    package var text: String { "\(date)/\(region)/\(service)/\(Self.end)" }
}
