import NetworkClient
import OperatingSystem

extension TLSTrust {
    /// That of a file; the system's without one. Throws `UsageError` where it isn't there.
    static func file(_ path: String?, of flag: String) throws -> TLSTrust {
        guard let path else { return .system }
        guard FilePermissions.bits(of: path) != nil else { throw UsageError("\(flag): the file \(path) doesn't exist") }
        return .certificateAuthorities(path: path)
    }
}
