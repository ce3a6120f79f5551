import CognitoModel
import Cryptography
import Database
import Domain

/// A client's configuration and secrets, as the database has them.
struct ClientSecretRow {
    static let columns: SQL =
        "document, sealed_secret, secret_created_at, second_sealed_secret, second_secret_created_at"

    let configuration: UserPoolClientType
    let first: [UInt8]?
    /// Of a secret that is older than the column, when the client was made.
    let firstCreatedAt: Timestamp
    let second: (sealed: [UInt8], createdAt: Timestamp)?

    init(_ row: Row, from column: Int) throws {
        configuration = try RequestDecoder.document(UserPoolClientType.self, from: row.text(column))
        first = try row.bytesIfPresent(column + 1)
        firstCreatedAt =
            try row.integerIfPresent(column + 2).map(Timestamp.init(milliseconds:))
            ?? configuration.creationDate ?? Timestamp(milliseconds: 0)
        let createdAt = try row.integerIfPresent(column + 4).map(Timestamp.init(milliseconds:))
        second = try row.bytesIfPresent(column + 3).flatMap { sealed in createdAt.map { (sealed, $0) } }
    }

    private var all: [(sealed: [UInt8], createdAt: Timestamp)] {
        [first.map { ($0, firstCreatedAt) }, second].compactMap(\.self)
    }

    /// The ids of the secrets, the older first.
    func ids(of clientID: String) -> [String] { all.map { ClientSecret("", createdAt: $0.createdAt).id(of: clientID) } }

    /// Throws `SealedValueUnreadable` where one doesn't open.
    func opened(by vault: Vault, of clientID: String) throws -> [ClientSecret] {
        try all.map { sealed, createdAt in
            guard let opened = try vault.open(sealed, for: .clientSecret, context: clientID) else {
                throw SealedValueUnreadable(what: "secret of client \(clientID)")
            }
            return ClientSecret(String(decoding: opened, as: UTF8.self), createdAt: createdAt)
        }
    }
}

extension Connection {
    /// A client's secrets, which nobody else changes until the transaction ends. Throws `ClientFailure` where it is
    /// gone.
    func lockedSecrets(of clientID: String) throws -> ClientSecretRow {
        try execute("update app_clients set pool_id = pool_id where id = \(clientID)")
        let row = try row("select \(ClientSecretRow.columns) from app_clients where id = \(clientID)")
        guard let row else { throw ClientFailure.notFound(id: clientID) }
        return try ClientSecretRow(row, from: 0)
    }
}
