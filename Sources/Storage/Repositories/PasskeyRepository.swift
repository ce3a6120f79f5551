import CognitoModel
package import Database
package import Domain
import FIDO2

/// The passkeys of users.
package struct PasskeyRepository: Sendable {
    private let database: any DatabaseEngine

    package init(database: any DatabaseEngine) { self.database = database }

    /// Adds a passkey for the nonce of its registration. Throws `PasskeyFailure.challengeNotFound` where that was spent
    /// before, `.tooMany`, `.exists`, and `UserFailure.notFound` where the user is gone. One transaction.
    package func create(_ passkey: Passkey, spending nonce: Nonce) async throws {
        try await database.write { connection in
            guard try connection.spend(nonce, poolID: passkey.poolID) else { throw PasskeyFailure.challengeNotFound }
            let counted = try connection.execute(
                """
                update users set passkey_count = passkey_count + 1
                where pool_id = \(passkey.poolID) and sub = \(passkey.sub)
                    and passkey_count < \(Passkey.mostOfUser)
                """
            )
            if counted == 0 {
                try connection.lockUser(passkey.sub, poolID: passkey.poolID)
                throw PasskeyFailure.tooMany
            }
            guard try connection.execute(PasskeyColumns.insert(passkey)) == 1 else { throw PasskeyFailure.exists }
            try connection.notePasskeyParties(of: passkey.sub, poolID: passkey.poolID)
        }
    }

    /// All of a user's passkeys, in the order of their ids. One read of one statement.
    package func all(of sub: String, poolID: String) async throws -> [Passkey] {
        try await list(of: sub, poolID: poolID, after: nil, limit: Passkey.mostOfUser).elements
    }

    /// One page of a user's passkeys, in the order of their ids.
    package func list(
        of sub: String,
        poolID: String,
        after cursor: [String]?,
        limit: Int
    ) async throws -> Page<Passkey> {
        let rows = try await database.read { connection in
            try connection.rows(
                """
                select \(PasskeyColumns.read) from passkeys
                where pool_id = \(poolID) and sub = \(sub) and id > \(cursor?.first ?? "") order by id limit \(limit + 1)
                """
            )
        }
        return try Page(rows, limit: limit, cursor: [0]) { try PasskeyColumns.passkey($0, poolID: poolID) }
    }

    /// The passkey of that id. One read of one statement.
    package func find(_ id: String, poolID: String) async throws -> Passkey? {
        try await database.read { connection in
            try connection.row(
                "select \(PasskeyColumns.read) from passkeys where pool_id = \(poolID) and id = \(id)"
            )
        }.map { try PasskeyColumns.passkey($0, poolID: poolID) }
    }

    /// Forgets a user's passkey, and voids what was begun by it. Throws `PasskeyFailure.notFound`. One transaction.
    package func delete(_ id: String, of sub: String, poolID: String) async throws {
        try await database.write { connection in
            let deleted = try connection.execute(
                "delete from passkeys where pool_id = \(poolID) and id = \(id) and sub = \(sub)"
            )
            guard deleted == 1 else { throw PasskeyFailure.notFound }
            try connection.execute(
                """
                update users set passkey_count = passkey_count - 1, credential_epoch = credential_epoch + 1,
                    version = version + 1
                where pool_id = \(poolID) and sub = \(sub)
                """
            )
            try connection.notePasskeyParties(of: sub, poolID: poolID)
        }
    }
}

extension Connection {
    /// Takes down in the user's row, which is locked, for whom their passkeys are.
    fileprivate func notePasskeyParties(of sub: String, poolID: String) throws {
        let parties = try rows(
            """
            select distinct relying_party_id from passkeys where pool_id = \(poolID) and sub = \(sub)
            order by relying_party_id
            """
        ).map { try $0.text(0) }
        try execute(
            """
            update users set passkey_parties = \(parties.joined(separator: " "))
            where pool_id = \(poolID) and sub = \(sub)
            """
        )
    }

    /// Takes down that a passkey was used, if its counter has grown; where the authenticator doesn't count, it stays at
    /// 0. Returns whether it did.
    func use(_ use: PasskeyUse, of sub: String, poolID: String) throws -> Bool {
        let counter = Int64(use.signatureCounter)
        return try execute(
            """
            update passkeys set signature_counter = \(counter), backed_up = \(use.isBackedUp)
            where pool_id = \(poolID) and id = \(use.credentialID) and sub = \(sub)
                and (signature_counter < \(counter) or (signature_counter = 0 and \(counter == 0)))
            """
        ) == 1
    }
}

/// The columns of `passkeys`.
private enum PasskeyColumns {
    static let read: SQL = """
        id, sub, relying_party_id, algorithm, public_key, signature_counter, backup_eligible, backed_up, transports, \
        attachment, name, created_at
        """

    static func passkey(_ row: Row, poolID: String) throws -> Passkey {
        guard let algorithm = CredentialKey.Algorithm(rawValue: try row.int(3)),
            let id = Passkey.id(of: try row.text(0)),
            let counter = UInt32(exactly: try row.integer(5))
        else { throw PasskeyUnreadable() }
        return Passkey(
            poolID: poolID,
            sub: try row.text(1),
            id: id,
            relyingPartyID: try row.text(2),
            key: CredentialKey(algorithm, bytes: try row.bytes(4)),
            signatureCounter: counter,
            isBackupEligible: try row.boolean(6),
            isBackedUp: try row.boolean(7),
            transports: try row.text(8).split(separator: " ").map(String.init),
            attachment: try row.textIfPresent(9),
            name: try row.text(10),
            createdAt: Timestamp(milliseconds: try row.integer(11))
        )
    }

    /// Inserts the passkey, unless the pool has it.
    static func insert(_ passkey: Passkey) -> SQL {
        """
        insert into passkeys (pool_id, id, sub, relying_party_id, algorithm, public_key, signature_counter,
            backup_eligible, backed_up, transports, attachment, name, created_at)
        values (\(passkey.poolID), \(passkey.credentialID), \(passkey.sub), \(passkey.relyingPartyID),
            \(passkey.key.algorithm.rawValue), \(passkey.key.bytes), \(Int64(passkey.signatureCounter)),
            \(passkey.isBackupEligible), \(passkey.isBackedUp), \(passkey.transports.joined(separator: " ")),
            \(passkey.attachment), \(passkey.name), \(passkey.createdAt.milliseconds))
        on conflict do nothing
        """
    }
}

/// A row isn't a passkey's: it was tampered with.
private struct PasskeyUnreadable: Error {}
