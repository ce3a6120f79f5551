import Glibc

/// A file of lines in ascending order, each of which begins with a key of a fixed length. A key is looked for by
/// bisection, so that a file of any size costs no memory and a few dozen reads of one block.
///
/// The file is kept open: one that takes its place is seen at the next start.
package final class SortedLineFile: Sendable {
    /// No line is longer.
    private static let longestLine = 256

    private let descriptor: Int32
    private let size: Int
    private let keyLength: Int

    /// Opens the file. Throws `FileFailure` where it can't be read, or isn't one of such lines, as far as a few of them
    /// tell.
    package init(_ path: String, keyLength: Int) throws(FileFailure) {
        self.keyLength = keyLength
        descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
        var status = stat()
        let isOpen = unsafe descriptor >= 0 && fstat(descriptor, &status) == 0
        let reason = unsafe String(cString: strerror(errno))
        size = Int(status.st_size)
        // Everything is set, so `deinit` closes the file where this throws. Closed here as well, the descriptor would
        // by then be another thread's.
        guard isOpen else { throw FileFailure(description: "\(path): \(reason)") }
        guard looksSorted else {
            throw FileFailure(
                description: "\(path): the lines don't begin with \(keyLength) hexadecimal digits in ascending order"
            )
        }
    }

    deinit { if descriptor >= 0 { _ = close(descriptor) } }

    /// Whether a line begins with the key, which is written in upper case.
    package func contains(_ key: [UInt8]) -> Bool {
        var (low, high) = (0, size)
        while low < high {
            let middle = low + (high - low) / 2
            guard let line = line(from: middle), line.start < high else {
                high = middle
                continue
            }
            if line.key == key { return true }
            if line.key.lexicographicallyPrecedes(key) { low = line.start + 1 } else { high = middle }
        }
        return false
    }

    private var looksSorted: Bool {
        let samples = 64
        var last: [UInt8] = []
        for sample in 0..<samples {
            guard let line = line(from: size / samples * sample) else { return sample > 0 }
            guard line.key.count == keyLength, line.key.allSatisfy(\.isHexadecimal) else { return false }
            guard !line.key.lexicographicallyPrecedes(last) else { return false }
            last = line.key
        }
        return true
    }

    /// The first line that begins there or later, with its key in upper case; nil where there is none.
    private func line(from offset: Int) -> (start: Int, key: [UInt8])? {
        var start = 0
        if offset > 0 {
            let block = bytes(at: offset - 1, count: Self.longestLine)
            guard let end = block.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
            start = offset + end
        }
        let key = bytes(at: start, count: keyLength)
        return key.count == keyLength ? (start, key.map(\.upperCased)) : nil
    }

    private func bytes(at offset: Int, count: Int) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = max(unsafe pread(descriptor, buffer.baseAddress, count, offset), 0)
        }
    }
}

extension UInt8 {
    fileprivate var upperCased: UInt8 {
        (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self) ? self - 32 : self
    }

    fileprivate var isHexadecimal: Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) || (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(self)
    }
}
