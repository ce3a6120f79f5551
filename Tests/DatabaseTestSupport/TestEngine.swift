package import Database
import Foundation

/// What a test of the contract runs on.
package enum TestEngine: CaseIterable, Sendable {
    case sqlite, postgreSQL
    /// PostgreSQL behind PgBouncer, which gives each transaction to any session of few.
    case pooledPostgreSQL

    /// The engines that every test runs on.
    package static let allCases: [TestEngine] = [.sqlite, .postgreSQL]
    /// Also the one behind a pooler, for what depends on sessions.
    package static let withPooler = allCases + [.pooledPostgreSQL]

    /// Gives an empty database of this engine to the body, and closes it.
    package func withDatabase(
        _ options: DatabaseOptions = .small,
        _ body: (any DatabaseEngine) async throws -> Void
    ) async throws {
        try await withURL { url in
            let database = try openDatabase(url, options: options)
            do {
                try await body(database)
            } catch {
                await database.close()
                throw error
            }
            await database.close()
        }
    }

    /// Gives the URL of an empty database, which may be opened more than once, to the body.
    package func withURL(_ body: (String) async throws -> Void) async throws {
        let name = "t" + UUID().uuidString.lowercased().filter { $0 != "-" }
        switch self {
        case .sqlite:
            let directory = FileManager.default.temporaryDirectory.appending(path: name)
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
            defer { try? FileManager.default.removeItem(at: directory) }
            try await body("sqlite://\(directory.path)/test.sqlite")
        case .postgreSQL:
            // A schema is as empty as a database and much quicker to make.
            let url = "\(try PostgreSQLCluster.url)?application_name=\(name)&options=-csearch_path%3D\(name)"
            let database = try openDatabase(url)
            try await database.write { try $0.execute("create schema \(unsafeSQL: name)") }
            await database.close()
            try await body(url)
        case .pooledPostgreSQL:
            // PgBouncer takes no `options`, so here the schema is the user's.
            let database = try openDatabase(try PostgreSQLCluster.url)
            try await database.write { connection in
                try connection.execute("create role \(unsafeSQL: name) login")
                try connection.execute("create schema authorization \(unsafeSQL: name)")
            }
            await database.close()
            try await body(try PostgreSQLCluster.pooledURL.replacing("martlet@", with: "\(name)@"))
        }
    }
}

extension DatabaseOptions {
    /// Few enough connections for all tests to run at once.
    package static var small: DatabaseOptions {
        var options = DatabaseOptions()
        options.postgreSQLConnections = 4
        options.postgreSQLLookUpConnections = 2
        return options
    }
}

/// Runs the body so many times at once and gives the outcomes in order.
package func concurrently<Value: Sendable>(
    _ count: Int,
    _ body: @escaping @Sendable (Int) async throws -> Value
) async -> [Result<Value, any Error>] {
    await withTaskGroup(of: (Int, Result<Value, any Error>).self) { group in
        for number in 0..<count {
            group.addTask {
                do {
                    return (number, .success(try await body(number)))
                } catch {
                    return (number, .failure(error))
                }
            }
        }
        var outcomes: [Int: Result<Value, any Error>] = [:]
        for await (number, outcome) in group {
            outcomes[number] = outcome
        }
        return (0..<count).compactMap { outcomes[$0] }
    }
}

extension DatabaseEngine {
    /// The integer that a query of one row and one column answers.
    package func int(_ sql: SQL) async throws -> Int? {
        try await read { try $0.row(sql)?.int(0) }
    }

    /// How many rows a query answers.
    package func rowCount(_ sql: SQL) async throws -> Int {
        try await read { try $0.rows(sql).count }
    }
}
