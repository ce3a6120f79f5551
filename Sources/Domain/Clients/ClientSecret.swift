package import CognitoModel

/// A secret of an app client, which has two while they are exchanged.
package struct ClientSecret: Sendable {
    package let value: String
    /// No two of a client's are of the same second.
    package let createdAt: Timestamp

    /// The most that a client has.
    package static let most = 2

    package init(_ value: String, createdAt: Timestamp) {
        self.value = value
        self.createdAt = createdAt
    }

    /// How operations name it.
    package func id(of clientID: String) -> String { "\(clientID)--\(createdAt.seconds)" }

    /// As it is listed, without its value.
    package func descriptor(of clientID: String) -> ClientSecretDescriptorType {
        ClientSecretDescriptorType(clientSecretId: id(of: clientID), clientSecretCreateDate: createdAt)
    }
}
