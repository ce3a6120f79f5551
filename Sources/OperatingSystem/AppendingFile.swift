import Glibc
import Synchronization

/// A file that grows by lines, each whole and written before `write` returns.
///
/// Where it was renamed or removed, as those who rotate logs do, a new one is made in its place within a second.
package final class AppendingFile: Sendable {
    private struct Open {
        var descriptor: Int32
        var checkedAt = ContinuousClock.now
    }

    private let path: String
    private let open: Mutex<Open>

    /// Opens the file, and makes it, readable to its owner alone, if it isn't there. Throws `FileFailure`.
    package init(_ path: String) throws(FileFailure) {
        self.path = path
        open = Mutex(Open(descriptor: try Self.openFile(path)))
    }

    deinit { open.withLock { _ = close($0.descriptor) } }

    /// Writes a line. False if it couldn't, or not the whole of it.
    package func write(_ line: [UInt8]) -> Bool {
        open.withLock { open in
            follow(&open)
            let bytes = line + [UInt8(ascii: "\n")]
            return unsafe bytes.withUnsafeBytes { bytes in
                // One write for each line: those of other processes that append to the file come before or after it.
                unsafe Glibc.write(open.descriptor, bytes.baseAddress, bytes.count) == bytes.count
            }
        }
    }

    private func follow(_ open: inout Open) {
        guard open.checkedAt.duration(to: .now) >= .seconds(1) else { return }
        open.checkedAt = .now
        var (named, written) = (stat(), stat())
        let isSame =
            unsafe stat(path, &named) == 0 && fstat(open.descriptor, &written) == 0 && named.st_ino == written.st_ino
            && named.st_dev == written.st_dev
        guard !isSame, let descriptor = try? Self.openFile(path) else { return }
        _ = close(open.descriptor)
        open.descriptor = descriptor
    }

    private static func openFile(_ path: String) throws(FileFailure) -> Int32 {
        let descriptor = unsafe Glibc.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw FileFailure(description: "\(path): \(unsafe String(cString: strerror(errno)))")
        }
        return descriptor
    }
}

/// A file couldn't be opened.
package struct FileFailure: Error, CustomStringConvertible {
    /// The file, and the system's reason.
    package let description: String
}
