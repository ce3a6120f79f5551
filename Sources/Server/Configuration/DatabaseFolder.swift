import Database
import FoundationEssentials

/// The folder of a SQLite file.
enum DatabaseFolder {
    /// Throws `UsageError`, which says how to mend it, where the folder isn't there or can't be written.
    static func check(_ databaseURL: String) throws {
        guard case .sqlite(let path) = try DatabaseURL(databaseURL) else { return }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        let folder = parts.isEmpty ? "." : parts == [""] ? "/" : parts.joined(separator: "/")
        guard FileManager.default.fileExists(atPath: folder) else {
            throw UsageError("--database: there is no folder \(folder); make it with: mkdir -p \(folder)")
        }
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw UsageError("--database: \(folder) can't be written; mend it with: chown \"$USER\" \(folder)")
        }
    }
}
