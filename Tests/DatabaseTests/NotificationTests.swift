import Database
import DatabaseTestSupport
import Foundation
import Testing

@Suite(.timeLimit(.minutes(1))) struct NotificationTests {
    private struct Refusal: Error {}

    /// The next payload that isn't "may have missed some".
    private func next(_ iterator: inout AsyncStream<String>.Iterator) async -> String? {
        while let payload = await iterator.next(isolation: #isolation) {
            if !payload.isEmpty { return payload }
        }
        return nil
    }

    /// Waits until changes are looked for, from when on none is missed.
    private func awaitListener(
        _ database: any DatabaseEngine,
        _ iterator: inout AsyncStream<String>.Iterator
    ) async throws {
        if database.kind == .postgreSQL {
            // The first payload is empty and says that listening has begun.
            #expect(await iterator.next(isolation: #isolation) == "")
        }
    }

    @Test("what a write notifies arrives in order once it is committed", arguments: TestEngine.withPooler)
    func delivery(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            try await database.migrate([])
            let channel = "pools \"\(UUID())\""
            var stream = database.notifications(channel).makeAsyncIterator()
            try await awaitListener(database, &stream)
            await #expect(throws: Refusal.self) {
                try await database.write { connection in
                    try connection.notify(channel, "never")
                    throw Refusal()
                }
            }
            try await database.write { connection in
                try connection.notify("another", "elsewhere")
                try connection.notify(channel, "first")
                try connection.notify(channel, "second ä")
            }
            #expect(await next(&stream) == "first")
            #expect(await next(&stream) == "second ä")
        }
    }

    @Test("every listener gets it, and close ends them", arguments: TestEngine.withPooler)
    func listeners(engine: TestEngine) async throws {
        let channel = "c\(UUID())"
        try await engine.withURL { url in
            let database = try openDatabase(url, options: .small)
            try await database.migrate([])
            var one = database.notifications(channel).makeAsyncIterator()
            try await awaitListener(database, &one)
            var other = database.notifications(channel).makeAsyncIterator()
            try await database.write { try $0.notify(channel, "x") }
            #expect(await next(&one) == "x")
            #expect(await next(&other) == "x")
            await database.close()
            #expect(await next(&one) == nil)
            #expect(await next(&other) == nil)
            var late = database.notifications(channel).makeAsyncIterator()
            #expect(await late.next(isolation: #isolation) == nil)
        }
    }

    @Test("nodes tell each other through PostgreSQL, also behind a pooler")
    func acrossNodes() async throws {
        for engine in [TestEngine.postgreSQL, .pooledPostgreSQL] {
            let channel = "c\(UUID())"
            try await engine.withURL { url in
                var options = DatabaseOptions.small
                // Where there is `NOTIFY`, nothing is seen by looking.
                if engine == .postgreSQL { options.changeInterval = .seconds(3600) }
                let (one, other) = (try openDatabase(url, options: .small), try openDatabase(url, options: options))
                try await one.migrate([])
                var stream = other.notifications(channel).makeAsyncIterator()
                try await awaitListener(other, &stream)
                for payload in ["one", "two", "three"] {
                    try await one.write { try $0.notify(channel, payload) }
                    #expect(await stream.next(isolation: #isolation) == payload, "\(engine)")
                }
                await one.close()
                await other.close()
            }
        }
    }

    @Test("those who notify at once are all heard, in the order of their commits")
    func concurrentWrites() async throws {
        for engine in [TestEngine.postgreSQL, .pooledPostgreSQL] {
            try await engine.withDatabase { database in
                try await database.migrate([])
                try await database.write { try $0.execute("create table t (n bigint)") }
                var stream = database.notifications("c").makeAsyncIterator()
                try await awaitListener(database, &stream)
                let outcomes = await concurrently(100) { number in
                    try await database.write { connection in
                        try connection.notify("c", "\(number)")
                        try connection.notify("d", "\(number)")
                        try connection.execute("insert into t values (\(number))")
                    }
                }
                for outcome in outcomes { try outcome.get() }
                var heard: Set<String> = []
                while heard.count < 100, let payload = await stream.next(isolation: #isolation) {
                    #expect(heard.insert(payload).inserted)
                    // Whoever hears of a write sees it.
                    let number = try #require(Int(payload))
                    #expect(try await database.rowCount("select 1 from t where n = \(number)") == 1)
                }
            }
        }
    }

    @Test("changes that are gone before they were read, or that the database lost, are said to be missed")
    func gaps() async throws {
        try await TestEngine.postgreSQL.withDatabase { database in
            try await database.migrate([])
            var stream = database.notifications("c").makeAsyncIterator()
            try await awaitListener(database, &stream)
            try await database.write { try $0.notify("c", "one") }
            #expect(await stream.next(isolation: #isolation) == "one")
            for move: SQL in ["number + 5", "number - 3"] {
                // Without a `NOTIFY`, so seen by looking.
                try await database.write { try $0.execute("update martlet_channels set number = \(move)") }
                #expect(await stream.next(isolation: #isolation) == "")
            }
            try await database.write { try $0.execute("delete from martlet_changes") }
            try await database.write { try $0.notify("c", "two") }
            #expect(await stream.next(isolation: #isolation) == "two")
        }
    }

    @Test("no more changes are kept than a listener may lag behind")
    func sweeping() async throws {
        try await TestEngine.postgreSQL.withDatabase { database in
            try await database.migrate([])
            for _ in 0..<3 {
                try await database.write { connection in
                    for number in 0..<500 { try connection.notify("c", "\(number)") }
                }
            }
            #expect(try await database.int("select count(*) from martlet_changes") == 1000)
            #expect(try await database.int("select min(number) from martlet_changes") == 501)
        }
    }

    @Test("a listener whose connection is lost comes back and says that some may be missed")
    func reconnection() async throws {
        let channel = "c\(UUID())"
        try await TestEngine.postgreSQL.withDatabase { database in
            try await database.migrate([])
            var stream = database.notifications(channel).makeAsyncIterator()
            #expect(await stream.next(isolation: #isolation) == "")
            try await database.write { connection in
                try connection.execute(
                    """
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where pid <> pg_backend_pid() and application_name = current_setting('application_name')
                    """
                )
            }
            #expect(await stream.next(isolation: #isolation) == "")
            try await database.write { try $0.notify(channel, "again") }
            #expect(await stream.next(isolation: #isolation) == "again")
        }
    }
}
