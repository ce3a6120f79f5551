import Cryptography
import Database
import Domain
import Storage

extension Store {
    /// Opens the database and brings its schema up to date. What was opened is in `opened` even if this throws:
    /// `UsageError` or `StartFailure`.
    static func open(
        _ configuration: DatabaseConfiguration,
        vault: Vault,
        clock: WallClock,
        prefixDomainBase: String = PoolDomain.amazonBase,
        options: DatabaseOptions = DatabaseOptions(),
        into opened: inout OpenResources
    ) async throws -> Store {
        do {
            let database = try openDatabase(configuration.url, options: options)
            opened.add { await database.close() }
            let store = Store(database: database, vault: vault, clock: clock, prefixDomainBase: prefixDomainBase)
            try await store.prepare()
            return store
        } catch {
            throw StartFailure("can't use the database", error)
        }
    }
}
