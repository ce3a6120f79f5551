package import CognitoModel
package import Cryptography
package import Database
package import Domain

/// Identity providers. Their secrets are sealed.
package struct IdentityProviderRepository: Sendable {
    private let database: any DatabaseEngine
    private let vault: Vault

    package init(database: any DatabaseEngine, vault: Vault) {
        self.database = database
        self.vault = vault
    }

    /// Adds a provider, with its key where it is one of SAML. Throws `IdentityProviderFailure.exists`,
    /// `.identifierTaken` and `.tooMany`. One transaction.
    package func create(_ provider: IdentityProvider, key: SAMLKey?, poolID: String) async throws {
        let sealed = try seal(provider, poolID: poolID)
        let sealedKey = try key.map { try $0.sealed(id: provider.name, poolID: poolID, vault: vault) }
        try await database.write { connection in
            try connection.lockPool(poolID)
            let inserted = try connection.execute(
                """
                insert into identity_providers (pool_id, id, document, sealed_secrets)
                select \(poolID), \(provider.name), \(provider.description.text), \(sealed)
                where (select count(*) from identity_providers where pool_id = \(poolID))
                    < \(IdentityProvider.mostOfPool)
                on conflict do nothing
                """
            )
            guard inserted == 1 else {
                let existing = try connection.row(
                    "select 1 from identity_providers where pool_id = \(poolID) and id = \(provider.name)"
                )
                throw existing == nil ? IdentityProviderFailure.tooMany : .exists(name: provider.name)
            }
            try connection.setNames(of: provider, poolID: poolID)
            if let key, let sealedKey { try connection.insert(key, sealedKey, id: provider.name, poolID: poolID) }
        }
    }

    /// The provider of that name. Throws `IdentityProviderFailure.notFound`. One read of one statement.
    package func get(_ name: String, poolID: String) async throws -> IdentityProvider {
        let row = try await database.read { try $0.provider("id = \(name)", poolID: poolID) }
        guard let row else { throw IdentityProviderFailure.notFound(name: name) }
        return try provider(row, poolID: poolID)
    }

    /// The provider that goes by that identifier. Throws `IdentityProviderFailure.identifierNotFound`. One read of one
    /// statement.
    package func get(identifier: String, poolID: String) async throws -> IdentityProvider {
        let row = try await database.read { connection in
            try connection.provider(
                """
                id = (select provider from identity_provider_names
                    where identity_provider_names.pool_id = \(poolID) and identity_provider_names.id = \(identifier))
                """,
                poolID: poolID
            )
        }
        guard let row else { throw IdentityProviderFailure.identifierNotFound(identifier) }
        return try provider(row, poolID: poolID)
    }

    /// Changes a provider and returns it as it is then. Throws `IdentityProviderFailure.notFound` and
    /// `.identifierTaken`, and what the change throws. One transaction.
    package func update(
        _ name: String,
        poolID: String,
        change: @escaping @Sendable (inout IdentityProvider) throws -> Void
    ) async throws -> IdentityProvider {
        try await database.write { connection in
            try connection.lockPool(poolID)
            guard let row = try connection.provider("id = \(name)", poolID: poolID) else {
                throw IdentityProviderFailure.notFound(name: name)
            }
            var provider = try provider(row, poolID: poolID)
            try change(&provider)
            let sealed = try seal(provider, poolID: poolID)
            try connection.execute(
                """
                update identity_providers set document = \(provider.description.text), sealed_secrets = \(sealed)
                where pool_id = \(poolID) and id = \(name)
                """
            )
            try connection.setNames(of: provider, poolID: poolID)
            return provider
        }
    }

    /// Forgets a provider. Throws `IdentityProviderFailure.notFound`. One transaction.
    package func delete(_ name: String, poolID: String) async throws {
        try await database.write { connection in
            let deleted = try connection.execute(
                "delete from identity_providers where pool_id = \(poolID) and id = \(name)"
            )
            guard deleted == 1 else { throw IdentityProviderFailure.notFound(name: name) }
            try connection.enqueue(
                "delete from identity_provider_names where pool_id = \(poolID) and provider = \(name)"
            )
            try connection.enqueue("delete from saml_keys where pool_id = \(poolID) and id = \(name)")
        }
    }

    /// One page of a pool's providers, in the order of their names. One read.
    package func list(poolID: String, after cursor: [String]?, limit: Int) async throws -> Page<ProviderDescription> {
        let rows = try await database.read { connection in
            try connection.rows(
                """
                select id, document from identity_providers
                where pool_id = \(poolID) and id > \(cursor?.first ?? "") order by id limit \(limit + 1)
                """
            )
        }
        return try Page(rows, limit: limit, cursor: [0]) { row in
            let description = try RequestDecoder.document(IdentityProviderType.self, from: row.text(1))
            return IdentityProvider(description: description, secrets: [:]).summary
        }
    }

    /// Which of those names are a pool's providers'. One read of one statement.
    package func existing(among names: [String], poolID: String) async throws -> [String] {
        try await database.read { connection in
            try connection.rows(
                "select id from identity_providers where pool_id = \(poolID) and id in (\(list: names))"
            )
        }.map { try $0.text(0) }
    }

    private func seal(_ provider: IdentityProvider, poolID: String) throws -> [UInt8] {
        try vault.seal(provider.secrets.jsonBytes, for: .providerSecrets, context: "\(poolID)/\(provider.name)")
    }

    private func provider(_ row: Row, poolID: String) throws -> IdentityProvider {
        let context = "\(poolID)/\(try row.text(0))"
        guard let opened = try vault.open(try row.bytes(2), for: .providerSecrets, context: context) else {
            throw SealedValueUnreadable(what: "secrets of identity provider \(context)")
        }
        let secrets = try RequestDecoder.document(JSONValue.self, from: opened)
        guard case .object(let members) = secrets else {
            throw SealedValueUnreadable(what: "secrets of identity provider \(context)")
        }
        return IdentityProvider(
            description: try RequestDecoder.document(IdentityProviderType.self, from: row.text(1)),
            secrets: members.compactMapValues(\.stringValue)
        )
    }
}

extension Connection {
    fileprivate func provider(_ condition: SQL, poolID: String) throws -> Row? {
        try row(
            "select id, document, sealed_secrets from identity_providers where pool_id = \(poolID) and \(condition)"
        )
    }

    /// Makes the further names of a provider what they should be.
    fileprivate func setNames(of provider: IdentityProvider, poolID: String) throws {
        try execute("delete from identity_provider_names where pool_id = \(poolID) and provider = \(provider.name)")
        for identifier in provider.identifiers {
            let inserted = try execute(
                """
                insert into identity_provider_names (pool_id, id, provider)
                values (\(poolID), \(identifier), \(provider.name)) on conflict do nothing
                """
            )
            guard inserted == 1 else { throw IdentityProviderFailure.identifierTaken }
        }
    }
}
