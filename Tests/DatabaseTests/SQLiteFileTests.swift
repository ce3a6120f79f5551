import Database
import DatabaseTestSupport
import Dispatch
import Foundation
import OperatingSystem
import Testing

@Suite struct SQLiteFileTests {
    private func path(of url: String) -> String {
        String(url.dropFirst("sqlite://".count))
    }

    @Test("the files are for their owner alone, and one is left after close")
    func files() async throws {
        try await TestEngine.sqlite.withURL { url in
            let database = try openDatabase(url)
            try await database.write { try $0.execute("create table t (i bigint)") }
            _ = try await database.read { try $0.rows("select i from t") }
            for suffix in ["", "-wal", "-shm"] {
                let attributes = try FileManager.default.attributesOfItem(atPath: path(of: url) + suffix)
                #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600, "\(suffix)")
            }
            await database.close()
            let directory = URL(filePath: path(of: url)).deletingLastPathComponent().path
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["test.sqlite"])
            let again = try openDatabase(url)
            #expect(try await again.rowCount("select i from t") == 0)
            await again.close()
        }
    }

    @Test("writes that wait together share a commit")
    func groups() async throws {
        try await TestEngine.sqlite.withDatabase { database in
            try await database.write { try $0.execute("create table t (i bigint)") }
            let outcomes = await concurrently(500) { number in
                try await database.write { try $0.execute("insert into t values (\(number))") }
            }
            for outcome in outcomes {
                _ = try outcome.get()
            }
            #expect(database.statistics.transactions == 501)
            #expect(database.statistics.groupCommits < 400)
        }
    }

    @Test("while requests wait for a thread, a write waits for those before it", .timeLimit(.minutes(1)))
    func gathers() async throws {
        var options = DatabaseOptions.small
        options.waitingLimit = 5
        let executor = RequestExecutor(threads: 1)
        options.executor = executor
        try await TestEngine.sqlite.withDatabase(options) { database in
            try await database.write { try $0.execute("create table t (i bigint)") }
            let commits = database.statistics.groupCommits
            let go = DispatchSemaphore(value: 0)
            // One is taken, one waits.
            let turns = 2
            for _ in 0..<turns { executor.takeTurn { go.wait() } }
            let written = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<7 {
                    group.addTask {
                        (try? await database.write { try $0.execute("insert into t values (\(number))") }) != nil
                    }
                }
                // What is refused tells that the others wait.
                let first = await group.next()
                #expect(first == false)
                for _ in 0..<turns { go.signal() }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(written >= 5)
            #expect(database.statistics.groupCommits == commits + 1)
        }
    }

    @Test("a commit that fails fails every write that shared it, and nobody is notified", .timeLimit(.minutes(1)))
    func failedGroup() async throws {
        var options = DatabaseOptions.small
        options.waitingLimit = 5
        try await TestEngine.sqlite.withDatabase(options) { database in
            try await database.write { connection in
                try connection.execute("create table parent (id bigint primary key)")
                try connection.execute(
                    "create table child (id bigint references parent (id) deferrable initially deferred)"
                )
            }
            var heard = database.notifications("c").makeAsyncIterator()
            let commits = database.statistics.groupCommits
            let (started, go) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
            async let first: Void = database.write { connection in
                started.signal()
                go.wait()
                // A reference to nothing, which only the commit looks at.
                try connection.execute("insert into child values (99)")
                try connection.notify("c", "first")
            }
            await withCheckedContinuation { continuation in
                // A thread of its own: those of the global queues are shared with the tasks, and few.
                DispatchQueue(label: "waiting").async {
                    started.wait()
                    continuation.resume()
                }
            }
            let outcomes = await withTaskGroup(of: DatabaseError?.self) { group in
                for number in 1...6 {
                    group.addTask {
                        do {
                            try await database.write { connection in
                                try connection.execute("insert into parent values (\(number))")
                                try connection.notify("c", "\(number)")
                            }
                            return nil
                        } catch {
                            return error as? DatabaseError
                        }
                    }
                }
                var outcomes: [DatabaseError?] = []
                for await outcome in group {
                    outcomes.append(outcome)
                    // One is refused, as five wait. So those five will share the commit of the first.
                    if outcomes.count == 1 { go.signal() }
                }
                return outcomes
            }
            var failure: DatabaseError?
            do { try await first } catch let error as DatabaseError { failure = error }
            #expect(failure?.code == .foreignKeyViolation)
            #expect(outcomes.map { $0?.code } == [.overloaded] + Array(repeating: .foreignKeyViolation, count: 5))
            #expect(database.statistics.groupCommits == commits + 1)
            let rows = try await database.rowCount("select id from parent union all select id from child")
            #expect(rows == 0)
            try await database.write { try $0.notify("c", "after") }
            #expect(await heard.next(isolation: #isolation) == "after")
        }
    }

    @Test("two engines on one file wait for each other")
    func twoEngines() async throws {
        try await TestEngine.sqlite.withURL { url in
            let engines = [try openDatabase(url), try openDatabase(url)]
            try await engines[0].write { connection in
                try connection.execute("create table t (n bigint)")
                try connection.execute("insert into t values (0)")
            }
            let outcomes = await concurrently(100) { number in
                try await engines[number % 2].write { try $0.execute("update t set n = n + 1") }
            }
            for outcome in outcomes {
                _ = try outcome.get()
            }
            #expect(try await engines[1].int("select n from t") == 100)
            for engine in engines {
                await engine.close()
            }
        }
    }

    @Test("an ephemeral database works and leaves nothing behind")
    func ephemeral() async throws {
        let database = try openDatabase("sqlite::memory:")
        try await database.write { try $0.execute("create table t (i bigint)") }
        let path = try await database.read { try $0.row("select file from pragma_database_list")?.text(0) ?? "" }
        #expect(FileManager.default.fileExists(atPath: path))
        await database.close()
        #expect(!FileManager.default.fileExists(atPath: URL(filePath: path).deletingLastPathComponent().path))
    }

    @Test("a full disk is told apart, and the next write that fits succeeds")
    func full() async throws {
        try await TestEngine.sqlite.withDatabase { database in
            try await database.write { connection in
                try connection.execute("create table t (x bytea)")
                _ = try connection.rows("pragma max_page_count = 20")
            }
            await #expect(throws: DatabaseError(.diskFull, "")) {
                let big = [UInt8](repeating: 1, count: 1_000_000)
                try await database.write { try $0.execute("insert into t values (\(big))") }
            }
            try await database.write { try $0.execute("insert into t values (\([1] as [UInt8]))") }
            #expect(try await database.rowCount("select x from t") == 1)
        }
    }

    @Test("a URL is read, or refused without repeating its password")
    func urls() throws {
        #expect(try DatabaseURL("sqlite:///var/lib/martlet.db") == .sqlite(path: "/var/lib/martlet.db"))
        #expect(try DatabaseURL("sqlite:martlet-data/martlet.db") == .sqlite(path: "martlet-data/martlet.db"))
        #expect(try DatabaseURL("sqlite::memory:") == .ephemeral)
        let several = "postgres://u:p@a:5432,b:5432/martlet?target_session_attrs=read-write"
        #expect(try DatabaseURL(several) == .postgreSQL(several))
        for bad in ["", "sqlite:", "sqlite://relative", "mysql://u:hunter2@h/d", "postgresql://u:hunter2@[/d"] {
            let error = #expect(throws: DatabaseError.self, "\(bad)") { _ = try openDatabase(bad) }
            #expect(error?.message.contains("hunter2") == false)
        }
        #expect(throws: DatabaseError(.connectionFailure, "")) { try openDatabase("sqlite:///no/such/directory/x") }
    }
}
