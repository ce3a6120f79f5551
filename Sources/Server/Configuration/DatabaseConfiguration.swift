package import Database
import FoundationEssentials

/// Where the data is.
package struct DatabaseConfiguration: Sendable {
    /// As `openDatabase` takes it.
    package let url: String
    /// Whether the folder of a SQLite file is made if it doesn't exist: in dev, which needs no ceremony.
    let makesFolder: Bool
    /// How the way to it is protected.
    let transport: DatabaseTransport

    static let flags = [
        Flag("database", "URL", "sqlite:///path or postgres://user@host/database?sslmode=verify-full; required")
    ]
    static let developmentFlags = [
        Flag("data", "DIR", "where data is kept", default: "./martlet-data"),
        Flag("ephemeral", nil, "keep no data"),
    ]

    /// The database of that URL.
    package init(url: String, makesFolder: Bool = false, transport: DatabaseTransport = .thisMachine) {
        self.url = url
        self.makesFolder = makesFolder
        self.transport = transport
    }

    init(_ values: FlagValues, environment: [String: String]) throws {
        let url = try values.required("database")
        let transport: DatabaseTransport
        do {
            transport = try DatabaseTransport(of: DatabaseURL(url), environment: environment)
        } catch {
            throw UsageError("--database: \(error.message)")
        }
        guard transport != .network(mode: nil) else {
            throw UsageError(
                "--database: the URL leads to another host and doesn't say how the way there is protected; add "
                    + "?sslmode=verify-full (with sslrootcert=FILE), or the sslmode that you mean"
            )
        }
        if case .network(let mode?) = transport, !DatabaseTransport.modes.contains(mode) {
            throw UsageError("--database: sslmode is one of \(DatabaseTransport.modes.joined(separator: ", "))")
        }
        self.init(url: url, transport: transport)
    }

    /// What the operator should know, though it is as they said.
    var warning: String? {
        guard case .network(let mode?) = transport, mode != "verify-full" else { return nil }
        return "--database: with sslmode=\(mode) whoever stands between this host and the database can read and change "
            + "what passes; sslmode=verify-full prevents it"
    }

    /// The database in that folder; without one, a database that is gone when it is closed.
    init(developmentFolder folder: String?) {
        self.init(url: folder.map { "sqlite:\($0)/martlet.db" } ?? "sqlite::memory:", makesFolder: true)
    }

    /// The folder that `martlet dev` keeps its data in; nil if it keeps none.
    static func developmentFolder(_ values: FlagValues) throws -> String? {
        let folder = try values.required("data")
        return values.isOn("ephemeral") ? nil : folder
    }

    /// Makes the folder, if it is to be made. Throws `UsageError`, which says how to mend it, if it doesn't exist or
    /// can't be written.
    func prepareFolder() throws {
        guard case .sqlite(let path) = try DatabaseURL(url) else { return }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        let folder = parts.isEmpty ? "." : parts == [""] ? "/" : parts.joined(separator: "/")
        let flag = makesFolder ? "--data" : "--database"
        if makesFolder { try make(folder) }
        guard FileManager.default.fileExists(atPath: folder) else {
            throw UsageError("\(flag): the folder \(folder) doesn't exist; make it with: mkdir -p \(folder)")
        }
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw UsageError("\(flag): \(folder) can't be written; mend it with: chown \"$USER\" \(folder)")
        }
    }

    private func make(_ folder: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw UsageError("--data: the folder \(folder) can't be made: \(error)")
        }
    }
}
