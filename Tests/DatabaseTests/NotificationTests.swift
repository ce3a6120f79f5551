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

    /// Notifies until one arrives, which shows that the listener is there.
    private func awaitListener(
        _ database: any DatabaseEngine,
        _ channel: String,
        _ iterator: inout AsyncStream<String>.Iterator
    ) async throws {
        if database.kind == .postgreSQL {
            // The first payload is empty and says that listening has begun.
            #expect(await iterator.next(isolation: #isolation) == "")
        }
    }

    @Test("what a write notifies arrives in order once it is committed", arguments: TestEngine.allCases)
    func delivery(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            let channel = "pools \"\(UUID())\""
            var stream = database.notifications(channel).makeAsyncIterator()
            try await awaitListener(database, channel, &stream)
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

    @Test("every listener gets it, and close ends them", arguments: TestEngine.allCases)
    func listeners(engine: TestEngine) async throws {
        let channel = "c\(UUID())"
        try await engine.withURL { url in
            let database = try openDatabase(url, options: .small)
            var one = database.notifications(channel).makeAsyncIterator()
            try await awaitListener(database, channel, &one)
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

    @Test("nodes tell each other through PostgreSQL")
    func acrossNodes() async throws {
        let channel = "c\(UUID())"
        try await TestEngine.postgreSQL.withURL { url in
            let (one, other) = (try openDatabase(url, options: .small), try openDatabase(url, options: .small))
            var stream = other.notifications(channel).makeAsyncIterator()
            try await awaitListener(other, channel, &stream)
            try await one.write { try $0.notify(channel, "from one") }
            #expect(await next(&stream) == "from one")
            await one.close()
            await other.close()
        }
    }

    @Test("a listener whose connection is lost comes back and says that some may be missed")
    func reconnection() async throws {
        let channel = "c\(UUID())"
        try await TestEngine.postgreSQL.withDatabase { database in
            var stream = database.notifications(channel).makeAsyncIterator()
            #expect(await stream.next(isolation: #isolation) == "")
            try await database.write { connection in
                try connection.execute(
                    """
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where pid <> pg_backend_pid() and query like \("%\(channel)%")
                    """
                )
            }
            #expect(await stream.next(isolation: #isolation) == "")
            try await database.write { try $0.notify(channel, "again") }
            #expect(await stream.next(isolation: #isolation) == "again")
        }
    }
}
