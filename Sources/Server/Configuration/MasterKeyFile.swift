package import Cryptography
import FoundationEssentials
import OperatingSystem

/// Reads and makes the file of master keys: base64 of 32 bytes a line, the newest first. `#` begins a comment.
///
/// The first key seals and opens everything. The others open what the database keeps, but no session, unless `current:`
/// stands before them: so whoever forgets a mark ends some sign-ins that are under way, and lets nobody in.
package enum MasterKeyFile {
    private static let mark = "current:"
    private static let remedy = "make one with: (umask 077; openssl rand -base64 32 > FILE)"

    /// Throws `UsageError` if the file isn't there, is readable to others, or holds anything but keys.
    package static func read(_ path: String) throws -> [MasterKey] {
        guard let permissions = FilePermissions.bits(of: path) else {
            throw UsageError("--master-key: the file \(path) doesn't exist; \(remedy)")
        }
        guard permissions & 0o077 == 0 else {
            throw UsageError("--master-key: others can read \(path); mend it with: chmod 600 \(path)")
        }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw UsageError("--master-key: \(path) can't be read")
        }
        let lines = text.split(separator: "\n").map { $0.filter { !$0.isWhitespace } }
            .filter { !$0.isEmpty && !$0.hasPrefix("#") }
        let keys = lines.compactMap { line -> MasterKey? in
            let isMarked = line.hasPrefix(mark)
            let bytes = Base64.decode(String(line.dropFirst(isMarked ? mark.count : 0)))
            return bytes.map { MasterKey($0, reach: isMarked ? .everything : .keptValues) }
        }
        guard !keys.isEmpty, keys.count == lines.count, keys.allSatisfy({ $0.bytes.count == 32 }) else {
            throw UsageError("--master-key: \(path) must hold 32 bytes in base64 on each line; \(remedy)")
        }
        guard Set(keys.map(\.bytes)).count == keys.count else {
            throw UsageError("--master-key: \(path) holds a key twice")
        }
        return keys
    }

    /// Makes a key file if there is none: for dev, which needs no ceremony.
    package static func makeIfAbsent(_ path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        let line = Base64.encode(try RandomSource.system.bytes(32)) + "\n"
        let isMade = FileManager.default.createFile(
            atPath: path,
            contents: Data(line.utf8),
            attributes: [.posixPermissions: 0o600]
        )
        guard isMade else { throw UsageError("--data: \(path) can't be written") }
    }
}
