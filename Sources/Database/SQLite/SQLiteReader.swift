import OperatingSystem

/// What each of SQLite's reader threads does: runs one `read` after another, each in a snapshot of its own.
struct SQLiteReader {
    let path: String
    let counter: StatisticsCounter

    /// Serves the queue until it is closed.
    func serve(_ queue: WorkQueue<any PendingWork>) {
        var opened: SQLiteConnection?
        while let work = queue.next() {
            do {
                let connection = try opened ?? SQLiteConnection(path: path, role: .reader, counter: counter)
                opened = connection
                try counter.measure(transactions: 1) { try connection.inSnapshot { try work.perform(on: connection) } }
                work.finish(nil)
            } catch {
                work.finish(error)
            }
        }
    }
}

extension SQLiteConnection {
    /// Runs the body in one snapshot of the database.
    func inSnapshot<Value>(_ body: () throws -> Value) throws -> Value {
        startWrite()
        try control("begin")
        defer {
            // A read has nothing to lose, so it ends the same way whatever became of it.
            try? control("rollback")
        }
        let value = try body()
        if let failure { throw failure }
        return value
    }
}
