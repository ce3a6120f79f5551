import Cryptography
import Database

/// All that the database keeps sealed, for a change of the master key.
///
/// Values are read and written a few hundred at a time, in the order of the primary key, while the server serves. What
/// changes meanwhile was sealed anew by whoever changed it, and is left alone. Nothing is kept of how far it went: what
/// is done already is passed over.
package struct SealedValues: Sendable {
    /// What became of the values of one kind.
    package struct Resealing: Sendable, Hashable {
        package let kind: String
        /// Those that were sealed anew, and those that needed it but didn't come to it: somebody changed them at each
        /// try.
        package fileprivate(set) var rewritten = 0
        package fileprivate(set) var remaining = 0
        /// Those that don't open: sealed under a key that isn't known, or tampered with.
        package fileprivate(set) var unreadable = 0
    }

    private static let tries = 3

    private let database: any DatabaseEngine
    private let vault: Vault
    private let batch: Int

    init(database: any DatabaseEngine, vault: Vault, batch: Int = 250) {
        self.database = database
        self.vault = vault
        self.batch = batch
    }

    /// The same, so many values at a time.
    package func inBatches(of batch: Int) -> SealedValues {
        SealedValues(database: database, vault: vault, batch: batch)
    }

    /// Seals everything under the newest key that isn't yet. Tells of each kind when it is through with it.
    package func reseal(_ report: (Resealing) -> Void) async throws {
        for column in SealedColumn.all {
            var result = Resealing(kind: column.kind)
            for _ in 0..<Self.tries {
                result.remaining = 0
                result.unreadable = 0
                try await reseal(column, into: &result)
                if result.remaining == 0 { break }
            }
            report(result)
        }
    }

    /// How many values of each kind there are under each key, by its name.
    package func count() async throws -> [(kind: String, byKey: [String: Int])] {
        var counts: [(String, [String: Int])] = []
        for column in SealedColumn.all {
            var byKey: [String: Int] = [:]
            try await forEachBatch(of: column) { values in
                for value in values { byKey[vault.keyName(of: value.sealed), default: 0] += 1 }
            }
            counts.append((column.kind, byKey))
        }
        return counts
    }

    private func reseal(_ column: SealedColumn, into result: inout Resealing) async throws {
        try await forEachBatch(of: column) { values in
            var replacements: [(old: SealedColumn.Value, new: [UInt8])] = []
            for value in values where !vault.isSealedByNewest(value.sealed) {
                guard let context = value.context,
                    let opened = try vault.open(value.sealed, for: column.purpose, context: context)
                else {
                    result.unreadable += 1
                    continue
                }
                replacements.append((value, try vault.seal(opened, for: column.purpose, context: context)))
            }
            guard !replacements.isEmpty else { return }
            let start = ContinuousClock.now
            let replaced = try await patiently { [replacements] in
                try await column.replace(replacements, in: database)
            }
            result.rewritten += replaced
            result.remaining += replacements.count - replaced
            // SQLite has one writer, and whoever waits for it looks now and then: leave room between two batches.
            try await Task.sleep(for: start.duration(to: .now))
        }
    }

    private func forEachBatch(
        of column: SealedColumn,
        _ body: ([SealedColumn.Value]) async throws -> Void
    ) async throws {
        var last: [SQLValue]?
        repeat {
            let values = try await patiently { [last] in
                try await column.values(after: last, limit: batch, in: database)
            }
            try await body(values)
            last = values.count == batch ? values.last?.key : nil
        } while last != nil
    }

    /// Tries again where the database was busy: the server comes first.
    private func patiently<Result>(_ work: () async throws -> Result) async throws -> Result {
        for _ in 1..<20 {
            do {
                return try await work()
            } catch let error as DatabaseError where [.busy, .overloaded].contains(error.code) {
                try await Task.sleep(for: .milliseconds(500))
            }
        }
        return try await work()
    }
}
