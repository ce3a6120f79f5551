import Database
import FoundationEssentials

/// Where the data is.
package struct DatabaseConfiguration: Sendable {
    /// As `openDatabase` takes it.
    package let url: String
    /// Whether the folder of a SQLite file is made if it doesn't exist: in dev, which needs no ceremony.
    let makesFolder: Bool

    static let flags = [
        Flag("database", "URL", "sqlite:///path or postgres://user@host/database; required")
    ]
    static let developmentFlags = [
        Flag("data", "DIR", "where data is kept", default: "./martlet-data"),
        Flag("ephemeral", nil, "keep no data"),
    ]

    /// The database of that URL.
    package init(url: String, makesFolder: Bool = false) {
        self.url = url
        self.makesFolder = makesFolder
    }

    init(_ values: FlagValues) throws {
        let url = try values.required("database")
        do {
            _ = try DatabaseURL(url)
        } catch {
            throw UsageError("--database: \(error.message)")
        }
        self.init(url: url)
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
