import OperatingSystem

/// What each of SQLite's reader threads does: runs one `read` after another.
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
                try counter.measure(transactions: 1) { try connection.look { try work.perform(on: connection) } }
                work.finish(nil)
            } catch {
                work.finish(error)
            }
        }
    }
}

extension SQLiteConnection {
    /// Runs a body that only looks. Its statements have no transaction: each sees its own snapshot, as on PostgreSQL.
    func look<Value>(_ body: () throws -> Value) throws -> Value {
        start()
        let value = try body()
        if let failure { throw failure }
        return value
    }
}
