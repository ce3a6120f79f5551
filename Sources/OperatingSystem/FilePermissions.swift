import Glibc

/// Who may do what with a file.
package enum FilePermissions {
    /// The permission bits of a file; nil where there is none, or it can't be looked at.
    package static func bits(of path: String) -> UInt32? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        return status.st_mode & 0o7777
    }
}
