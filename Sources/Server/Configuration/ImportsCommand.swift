import CognitoModel
import Cryptography
import Domain
import Storage
import UserPools

/// `martlet imports log`: what became of the lines of a file that made no user.
package struct ImportsCommand: Sendable {
    private static let batch = 1000

    /// The flags of every `martlet imports` command.
    package static let flags =
        DatabaseConfiguration.flags + MasterKeyConfiguration.flags + [
            Flag("pool", "ID", "the user pool; required"), Flag("job", "ID", "the user import job; required"),
        ]

    private let database: DatabaseConfiguration
    private let masterKeys: MasterKeyConfiguration
    private let pool: String
    private let job: String

    /// Reads `log` and flags. Throws `UsageError`.
    package init(_ arguments: [String], environment: [String: String]) throws {
        guard arguments.first == "log" else { throw UsageError("imports: say log") }
        let values = try FlagValues(Array(arguments.dropFirst()), flags: Self.flags, environment: environment)
        database = try DatabaseConfiguration(values, environment: environment)
        masterKeys = try MasterKeyConfiguration(values)
        pool = try values.required("pool")
        job = try values.required("job")
    }

    /// Gives each line to print as soon as it is known.
    package func run(_ print: (String) -> Void) async throws {
        var opened = OpenResources()
        do {
            let vault = try masterKeys.vault(random: .system)
            let store = try await Store.open(database, vault: vault, clock: .system, into: &opened)
            try await printLog(store.imports, print)
            await opened.close()
        } catch {
            await opened.close()
            throw error
        }
    }

    private func printLog(_ imports: ImportRepository, _ print: (String) -> Void) async throws {
        do {
            let found = try await imports.get(job, poolID: pool)
            print("\(found.id)/\(found.name)\t\(found.status(at: WallClock.system.now()).rawValue)")
        } catch is ImportFailure {
            throw UsageError("imports log: there is no job \(job) of a pool \(pool)")
        }
        var last = 0
        while true {
            let lines = try await imports.lines(of: job, poolID: pool, after: last, limit: Self.batch)
            for line in lines { print(line.text) }
            guard let next = lines.last?.line else { return }
            last = next
        }
    }
}
