import CognitoModel
import Database
package import Domain

/// The documents of pools. Some belong to a client, which `PoolDirectory` keeps: whoever makes something of them, and
/// holds that together with the client, has it no longer than that.
package struct DocumentRepository: Sendable {
    private let database: any DatabaseEngine
    private let cache: PoolCache

    init(database: any DatabaseEngine, cache: PoolCache) {
        self.database = database
        self.cache = cache
    }

    /// Adds a document. Throws `DocumentFailure`, and `PoolFailure.notFound` where the pool is gone. One transaction.
    package func create<Document: PoolDocument>(_ document: Document, _ key: DocumentKey, poolID: String) async throws {
        defer { cache.drop(poolID) }
        try await database.write { connection in
            try connection.lockPool(poolID)
            let inserted = try connection.execute(
                """
                insert into pool_documents (pool_id, kind, id, alternative_id, client_id, document)
                select \(poolID), \(Document.kind), \(key.id), \(key.alternative), \(key.clientID), \(document.text)
                where (select count(*) from pool_documents where pool_id = \(poolID) and kind = \(Document.kind))
                    < \(Document.most)
                on conflict do nothing
                """
            )
            guard inserted == 0 else { return try connection.notify(PoolDirectory.channel, poolID) }
            let existing = try connection.row(
                """
                select 1 from pool_documents where pool_id = \(poolID) and kind = \(Document.kind)
                    and (id = \(key.id) or alternative_id = \(key.alternative))
                """
            )
            throw existing == nil ? DocumentFailure.tooMany(Document.most) : .exists
        }
    }

    /// The document of that id. One read of one statement.
    package func find<Document: PoolDocument>(
        _ type: Document.Type,
        _ id: String,
        poolID: String
    ) async throws -> Document? {
        try await database.read { try $0.document(type, "id = \(id)", poolID: poolID) }
    }

    /// The document of that alternative id. One read of one statement.
    package func find<Document: PoolDocument>(
        _ type: Document.Type,
        alternative: String,
        poolID: String
    ) async throws -> Document? {
        try await database.read { try $0.document(type, "alternative_id = \(alternative)", poolID: poolID) }
    }

    /// Changes a document and returns it as it is then; nil where there is none. `alternative` gives its second key
    /// anew; without, that stays. Throws `DocumentFailure.exists` where another has it, and what the change throws. One
    /// transaction.
    package func update<Document: PoolDocument>(
        _ type: Document.Type,
        _ id: String,
        poolID: String,
        alternative: (@Sendable (Document) -> String?)? = nil,
        change: @escaping @Sendable (inout Document) throws -> Void
    ) async throws -> Document? {
        defer { cache.drop(poolID) }
        return try await database.write { connection in
            try connection.lockPool(poolID)
            guard var document = try connection.document(type, "id = \(id)", poolID: poolID) else { return nil }
            let before = alternative?(document)
            try change(&document)
            let own: SQL = "pool_id = \(poolID) and kind = \(Document.kind) and id = \(id)"
            try connection.execute("update pool_documents set document = \(document.text) where \(own)")
            if let alternative, alternative(document) != before {
                let isTaken = try connection.document(
                    type,
                    "alternative_id = \(alternative(document))",
                    poolID: poolID
                )
                guard isTaken == nil else { throw DocumentFailure.exists }
                try connection.execute(
                    "update pool_documents set alternative_id = \(alternative(document)) where \(own)"
                )
            }
            try connection.notify(PoolDirectory.channel, poolID)
            return document
        }
    }

    /// Puts what `make` returns in the place of the document, which may not be there; nothing, where that is nil. One
    /// transaction.
    package func replace<Document: PoolDocument>(
        _ type: Document.Type,
        _ key: DocumentKey,
        poolID: String,
        with make: @escaping @Sendable (Document?) throws -> Document?
    ) async throws -> Document? {
        defer { cache.drop(poolID) }
        return try await database.write { connection in
            try connection.lockPool(poolID)
            try connection.notify(PoolDirectory.channel, poolID)
            let made = try make(connection.document(type, "id = \(key.id)", poolID: poolID))
            try connection.execute(
                "delete from pool_documents where pool_id = \(poolID) and kind = \(Document.kind) and id = \(key.id)"
            )
            guard let made else { return nil }
            try connection.execute(
                """
                insert into pool_documents (pool_id, kind, id, alternative_id, client_id, document)
                values (\(poolID), \(Document.kind), \(key.id), \(key.alternative), \(key.clientID), \(made.text))
                """
            )
            return made
        }
    }

    /// Forgets a document; false where there is none. One write.
    package func delete<Document: PoolDocument>(
        _ type: Document.Type,
        _ id: String,
        poolID: String
    ) async throws -> Bool {
        defer { cache.drop(poolID) }
        return try await database.write { connection in
            let deleted = try connection.execute(
                "delete from pool_documents where pool_id = \(poolID) and kind = \(Document.kind) and id = \(id)"
            )
            try connection.notify(PoolDirectory.channel, poolID)
            return deleted == 1
        }
    }

    /// One page of a kind, in the order of the ids. One read.
    package func list<Document: PoolDocument>(
        _ type: Document.Type,
        poolID: String,
        after cursor: [String]? = nil,
        limit: Int
    ) async throws -> Page<Document> {
        let rows = try await database.read { connection in
            try connection.rows(
                """
                select document, id from pool_documents
                where pool_id = \(poolID) and kind = \(Document.kind) and id > \(cursor?.first ?? "")
                order by id limit \(limit + 1)
                """
            )
        }
        return try Page(rows, limit: limit, cursor: [1]) { try RequestDecoder.document(type, from: $0.text(0)) }
    }
}

extension Connection {
    fileprivate func document<Document: PoolDocument>(
        _ type: Document.Type,
        _ condition: SQL,
        poolID: String
    ) throws -> Document? {
        try row(
            "select document from pool_documents where pool_id = \(poolID) and kind = \(Document.kind) and \(condition)"
        ).map { try RequestDecoder.document(type, from: $0.text(0)) }
    }
}
