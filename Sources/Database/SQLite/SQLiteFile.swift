import Glibc

/// Where the database's file is, and whether it is ours to delete.
struct SQLiteFile: Sendable {
    let path: String
    /// The fresh directory around an ephemeral database.
    private let temporaryDirectory: String?

    /// A lasting file, created empty and for its owner alone (0600) if it isn't there. SQLite gives the files beside
    /// it the same mode.
    init(path: String) throws(DatabaseError) {
        try self.init(path: path, in: nil)
    }

    private init(path: String, in temporaryDirectory: String?) throws(DatabaseError) {
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let reason = unsafe String(cString: strerror(errno))
            throw DatabaseError(.connectionFailure, "\(path) can't be opened: \(reason)")
        }
        // Closing it now breaks no lock: this process holds none on the file before SQLite has opened it.
        close(descriptor)
        self.path = path
        self.temporaryDirectory = temporaryDirectory
    }

    /// A file in a fresh private directory, which `remove` deletes.
    static func temporary() throws(DatabaseError) -> SQLiteFile {
        let parent = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/martlet-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else {
            let reason = unsafe String(cString: strerror(errno))
            throw DatabaseError(.connectionFailure, "No directory can be made in \(parent): \(reason)")
        }
        let directory = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        return try SQLiteFile(path: "\(directory)/martlet.sqlite", in: directory)
    }

    /// Deletes an ephemeral database. Leaves a lasting one alone.
    func remove() {
        guard let temporaryDirectory else { return }
        for suffix in ["", "-wal", "-shm"] {
            unsafe unlink(path + suffix)
        }
        unsafe rmdir(temporaryDirectory)
    }
}
