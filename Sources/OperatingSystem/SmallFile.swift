import Glibc

/// A file as it was at one moment: all that stands in it, and who may do what with it.
package struct SmallFile: Sendable {
    /// What stands in it.
    package let bytes: [UInt8]
    /// The permission bits.
    package let permissions: UInt32

    /// Reads a file. Throws `FileFailure` where it can't be read, or has more bytes than that.
    package init(_ path: String, atMost limit: Int) throws(FileFailure) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure(path) }
        defer { _ = close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw Self.failure(path) }
        permissions = status.st_mode & 0o7777
        // One more, which tells that there are more.
        var bytes = [UInt8](repeating: 0, count: limit + 1)
        var count = 0
        while count < bytes.count {
            let found = unsafe bytes.withUnsafeMutableBytes { bytes in
                let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[count...])
                return unsafe read(descriptor, rest.baseAddress, rest.count)
            }
            if found == 0 { break }
            if found > 0 {
                count += found
            } else if errno != EINTR {
                throw Self.failure(path)
            }
        }
        guard count <= limit else { throw FileFailure(description: "\(path): more than \(limit) bytes") }
        self.bytes = Array(bytes.prefix(count))
    }

    private static func failure(_ path: String) -> FileFailure {
        FileFailure(description: "\(path): \(unsafe String(cString: strerror(errno)))")
    }
}
