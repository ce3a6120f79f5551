import Database
import DatabaseTestSupport
import Foundation
import Synchronization
import Testing

/// PostgreSQL's failures, brought about for real.
@Suite(.timeLimit(.minutes(1))) struct RecoveryTests {
    /// Ends every connection of the database but the asking one's, through a second engine.
    private func terminateAll(of url: String) async throws {
        let name = try #require(url.split(separator: "application_name=").last?.prefix(33))
        let killer = try openDatabase(try PostgreSQLCluster.url)
        try await killer.write { connection in
            try connection.execute(
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = \(String(name))"
            )
        }
        await killer.close()
    }

    @Test("reads and writes recover after their connections were ended while idle")
    func idle() async throws {
        try await TestEngine.postgreSQL.withURL { url in
            let database = try openDatabase(url, options: .small)
            try await database.write { try $0.execute("create table t (i bigint)") }
            for round in 1...3 {
                try await terminateAll(of: url)
                try await database.write { try $0.execute("insert into t values (1)") }
                try await terminateAll(of: url)
                #expect(try await database.int("select count(*) from t") == round)
            }
            await database.close()
        }
    }

    @Test("look-ups recover after their connections were ended, all that were under way")
    func lookUps() async throws {
        try await TestEngine.postgreSQL.withURL { url in
            let database = try openDatabase(url, options: .small)
            for _ in 1...3 {
                let outcomes = await concurrently(40) { number in
                    try await database.lookUp("select cast(\(number) as bigint)").first?.int(0)
                }
                #expect(try outcomes.map { try $0.get() } == Array(0..<40))
                try await terminateAll(of: url)
            }
            let name = try #require(url.split(separator: "application_name=").last?.prefix(33))
            let suicide: SQL = "select pg_terminate_backend(pg_backend_pid()) where \(String(name)) <> ''"
            await #expect(throws: DatabaseError(.connectionFailure, "")) { try await database.lookUp(suicide) }
            #expect(database.statistics.retries == 1)
            #expect(try await database.lookUp("select cast(1 as bigint)").first?.int(0) == 1)
            await database.close()
        }
    }

    @Test("a write whose connection is lost before the commit is run again; a read likewise")
    func midway() async throws {
        try await TestEngine.postgreSQL.withURL { url in
            let database = try openDatabase(url, options: .small)
            try await database.write { try $0.execute("create table t (i bigint)") }
            let runs = Mutex(0)
            let name = try #require(url.split(separator: "application_name=").last?.prefix(33))
            let suicide: SQL = "select pg_terminate_backend(pg_backend_pid()) where \(String(name)) <> ''"
            try await database.write { connection in
                try connection.execute("insert into t values (1)")
                if runs.withLock({
                    $0 += 1; return $0
                }) == 1 {
                    try connection.execute(suicide)
                }
                try connection.execute("insert into t values (2)")
            }
            let readRuns = Mutex(0)
            let count = try await database.read { connection in
                if readRuns.withLock({
                    $0 += 1; return $0
                }) == 1 {
                    try connection.execute(suicide)
                }
                return try connection.row("select count(*) from t")?.int(0)
            }
            #expect(count == 2)
            #expect(runs.withLock { $0 } == 2)
            #expect(readRuns.withLock { $0 } == 2)
            #expect(database.statistics.retries == 2)
            await database.close()
        }
    }

    @Test("a connection lost after the commit was sent is reported, not repeated")
    func ambiguous() async throws {
        try await TestEngine.postgreSQL.withURL { url in
            let database = try openDatabase(url, options: .small)
            try await database.write { try $0.execute("create table t (i bigint)") }
            let runs = Mutex(0)
            await #expect(throws: DatabaseError(.connectionFailure, "")) {
                try await database.write { connection in
                    runs.withLock { $0 += 1 }
                    try connection.execute("insert into t values (1)")
                    // Sent together with the commit, which the server then never reads.
                    try connection.enqueue("select pg_terminate_backend(pg_backend_pid())")
                }
            }
            #expect(runs.withLock { $0 } == 1)
            #expect(try await database.int("select count(*) from t") == 0)
            await database.close()
        }
    }

    @Test("transactions that deadlock are run again until both are done")
    func deadlock() async throws {
        try await TestEngine.postgreSQL.withDatabase { database in
            try await database.write { connection in
                try connection.execute("create table t (id bigint primary key, n bigint not null)")
                try connection.execute("insert into t values (0, 0), (1, 0)")
            }
            let arrived = Mutex(0)
            let outcomes = await concurrently(2) { number in
                try await database.write { connection in
                    try connection.execute("update t set n = n + 1 where id = \(number)")
                    // Each waits until the other holds its row, so that the first round is sure to deadlock.
                    arrived.withLock { $0 += 1 }
                    let deadline = ContinuousClock.now + .seconds(10)
                    while arrived.withLock({ $0 }) < 2, ContinuousClock.now < deadline {}
                    try connection.execute("update t set n = n + 1 where id = \(1 - number)")
                }
            }
            for outcome in outcomes {
                try outcome.get()
            }
            let sums = try await database.read { try $0.rows("select n from t").map { try $0.int(0) } }
            #expect(sums == [2, 2])
            #expect(database.statistics.retries >= 1)
        }
    }

    @Test("a server that isn't there is a connection failure, without the password")
    func absent() async throws {
        let database = try openDatabase("postgresql://martlet:hunter2@127.0.0.1:1/none")
        let error = await #expect(throws: DatabaseError.self) { try await database.ping() }
        #expect(error?.code == .connectionFailure)
        #expect(error.map { "\($0)".contains("hunter2") } == false)
        await database.close()
    }
}
