package import CognitoModel
package import Cryptography
package import Database
import Domain

/// A key for SAML, with its certificate in base64: a pool signs by one, and each provider encrypts to one.
package struct SAMLKey: Sendable {
    package let certificate: String
    package let privateKey: RSAPrivateKey
    package let createdAt: Timestamp

    package init(certificate: String, privateKey: RSAPrivateKey, createdAt: Timestamp) {
        self.certificate = certificate
        self.privateKey = privateKey
        self.createdAt = createdAt
    }

    func sealed(id: String, poolID: String, vault: Vault) throws -> [UInt8] {
        try vault.seal(privateKey.pkcs8, for: .samlKey, context: "\(poolID)/\(id)")
    }
}

/// The keys by which pools sign SAML requests.
package struct SAMLKeyRepository: Sendable {
    /// No provider is called so.
    private static let signing = ""

    private let database: any DatabaseEngine
    private let vault: Vault

    package init(database: any DatabaseEngine, vault: Vault) {
        self.database = database
        self.vault = vault
    }

    /// The certificate of a pool's signing key, where it has one. One read.
    package func signingCertificate(of poolID: String) async throws -> String? {
        try await database.read { try $0.certificate(Self.signing, poolID: poolID) }
    }

    /// Keeps a pool's signing key, and returns the certificate of the one that was kept first. One transaction.
    package func keep(_ key: SAMLKey, of poolID: String) async throws -> String {
        let sealed = try key.sealed(id: Self.signing, poolID: poolID, vault: vault)
        return try await database.write { connection in
            try connection.lockPool(poolID)
            try connection.insert(key, sealed, id: Self.signing, poolID: poolID)
            return try connection.certificate(Self.signing, poolID: poolID) ?? key.certificate
        }
    }
}

extension Connection {
    func insert(_ key: SAMLKey, _ sealed: [UInt8], id: String, poolID: String) throws {
        try execute(
            """
            insert into saml_keys (pool_id, id, certificate, sealed_key, created_at)
            values (\(poolID), \(id), \(key.certificate), \(sealed), \(key.createdAt.milliseconds))
            on conflict do nothing
            """
        )
    }

    fileprivate func certificate(_ id: String, poolID: String) throws -> String? {
        try row("select certificate from saml_keys where pool_id = \(poolID) and id = \(id)")?.text(0)
    }
}
