import Database
import DatabaseTestSupport
import Testing

@Suite struct WriteTests {
    private struct Refusal: Error {}

    private func makeTables(_ database: any DatabaseEngine) async throws {
        try await database.write { connection in
            try connection.execute("create table a (pool text, name text, n bigint not null, primary key (pool, name))")
            try connection.execute(
                """
                create table c (
                    id bigint primary key, pool text not null, name text not null,
                    foreign key (pool, name) references a (pool, name) on delete cascade
                )
                """
            )
            try connection.execute("insert into a values ('p', 'one', 0), ('p', 'two', 0)")
        }
    }

    private func count(_ database: any DatabaseEngine, _ table: String) async throws -> Int {
        try await database.read { try $0.row("select count(*) from \(unsafeSQL: table)")?.int(0) ?? -1 }
    }

    @Test("a unique violation names its columns and undoes its write alone", arguments: TestEngine.withPooler)
    func unique(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            try await makeTables(database)
            let error = await #expect(throws: DatabaseError.self) {
                try await database.write { connection in
                    try connection.execute("insert into a values ('p', 'three', 0)")
                    try connection.execute("insert into a values ('p', \("two"), 0)")
                }
            }
            #expect(error?.code == .uniqueViolation("a.pool, a.name"))
            #expect(error?.sql == "insert into a values ('p', $1, 0)")
            #expect(error.map { "\($0)".contains("'two'") || "\($0)".contains("(p, two)") } == false)
            #expect(try await count(database, "a") == 2)
        }
    }

    @Test("a unique index over an expression is named", arguments: TestEngine.withPooler)
    func uniqueExpression(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            try await makeTables(database)
            try await database.write { try $0.execute("create unique index a_by_sum on a ((n + 1)) where n > 5") }
            await #expect(throws: DatabaseError(.uniqueViolation("a_by_sum"), "")) {
                try await database.write { try $0.execute("insert into a values ('q', 'x', 6), ('q', 'y', 6)") }
            }
        }
    }

    @Test("a foreign-key violation is told apart, both ways", arguments: TestEngine.withPooler)
    func foreignKey(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            try await makeTables(database)
            let violation = DatabaseError(.foreignKeyViolation, "")
            await #expect(throws: violation) {
                try await database.write { try $0.execute("insert into c values (1, 'p', 'nobody')") }
            }
            try await database.write { connection in
                try connection.execute("create table parent (id bigint primary key)")
                try connection.execute("create table child (id bigint references parent (id) on delete restrict)")
                try connection.execute("insert into parent values (1)")
                try connection.execute("insert into child values (1)")
            }
            await #expect(throws: violation) { try await database.write { try $0.execute("delete from parent") } }
            #expect(try await count(database, "c") == 0)
            #expect(try await count(database, "parent") == 1)
        }
    }

    @Test("affected rows are those of the statement itself", arguments: TestEngine.withPooler)
    func affectedRows(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            try await makeTables(database)
            let counts = try await database.write { connection in
                [
                    try connection.execute("insert into c values (1, 'p', 'one'), (2, 'p', 'one'), (3, 'p', 'two')"),
                    try connection.execute("update a set n = 1 where pool = 'p'"),
                    try connection.execute("update a set n = 1 where pool = 'q'"),
                    try connection.execute("create table d (i bigint)"),
                    try connection.execute("select 1"),
                    try connection.execute("insert into a values ('p', 'one', 9) on conflict do nothing"),
                    try connection.execute("insert into d values (1), (2) returning i"),
                    try connection.execute("delete from a where name = 'one'"),
                ]
            }
            #expect(counts == [3, 2, 0, 0, 0, 0, 2, 1])
            #expect(try await count(database, "c") == 1)
        }
    }

    @Test("concurrent increments lose none", arguments: TestEngine.withPooler)
    func increments(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            try await makeTables(database)
            let outcomes = await concurrently(200) { _ in
                try await database.write { connection in
                    try connection.row("update a set n = n + 1 where name = 'one' returning n")?.int(0) ?? -1
                }
            }
            #expect(try outcomes.map { try $0.get() }.sorted() == Array(1...200))
        }
    }

    @Test("of many concurrent writes only those that fail are undone", arguments: TestEngine.withPooler)
    func isolation(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            try await makeTables(database)
            let outcomes = await concurrently(150) { number in
                try await database.write { connection in
                    try connection.execute("insert into a values ('new', \("\(number)"), 0)")
                    if number % 3 == 0 { throw Refusal() }
                    if number % 5 == 0 { try connection.execute("insert into a values ('p', 'one', 0)") }
                }
            }
            for (number, outcome) in outcomes.enumerated() {
                switch outcome {
                case .success: #expect(number % 3 != 0 && number % 5 != 0)
                case .failure(is Refusal): #expect(number % 3 == 0)
                case .failure(let error):
                    #expect(number % 5 == 0 && error as? DatabaseError == .init(.uniqueViolation("a.pool, a.name"), ""))
                }
            }
            #expect(try await count(database, "a") == 2 + (0..<150).count { $0 % 3 != 0 && $0 % 5 != 0 })
        }
    }

    @Test("enqueued statements are committed in order", arguments: TestEngine.withPooler)
    func enqueue(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            try await makeTables(database)
            let seen = try await database.write { connection in
                try connection.enqueue("update a set n = 5 where name = 'one'")
                try connection.enqueue("update a set n = n * 2 where name = 'one'")
                return try connection.row("select n from a where name = 'one'")?.int(0)
            }
            #expect(seen == 10)
            try await database.write { connection in
                for number in 0..<700 {
                    try connection.enqueue("insert into a values ('many', \("\(number)"), \(number))")
                }
            }
            #expect(try await count(database, "a") == 702)
        }
    }

    @Test("the failure of an enqueued statement fails the write", arguments: TestEngine.withPooler)
    func enqueueFailure(engine: TestEngine) async throws {
        let violation = DatabaseError(.uniqueViolation("a.pool, a.name"), "")
        try await engine.withDatabase { database in
            try await makeTables(database)
            // At the commit.
            await #expect(throws: violation) {
                try await database.write { connection in
                    try connection.enqueue("insert into a values ('x', 'x', 0)")
                    try connection.enqueue("insert into a values ('p', 'one', 0)")
                }
            }
            // At the next statement.
            await #expect(throws: violation) {
                try await database.write { connection in
                    try connection.enqueue("insert into a values ('p', 'one', 0)")
                    #expect(throws: violation) { try connection.rows("select 1") }
                    try connection.execute("insert into a values ('y', 'y', 0)")
                }
            }
            #expect(try await count(database, "a") == 2)
        }
    }

    @Test("a failure that the body swallows still fails the write", arguments: TestEngine.withPooler)
    func swallowedFailure(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            try await makeTables(database)
            await #expect(throws: DatabaseError(.uniqueViolation("a.pool, a.name"), "")) {
                try await database.write { connection in
                    try connection.execute("insert into a values ('x', 'x', 0)")
                    _ = try? connection.execute("insert into a values ('p', 'one', 0)")
                }
            }
            #expect(try await count(database, "a") == 2)
        }
    }

    @Test("a read can't write", arguments: TestEngine.withPooler)
    func readOnly(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            try await makeTables(database)
            await #expect(throws: DatabaseError(.readOnly, "")) {
                try await database.read { try $0.execute("delete from a") }
            }
            #expect(try await count(database, "a") == 2)
        }
    }

    @Test("a mistake in the SQL is an error, and the next call works", arguments: TestEngine.withPooler)
    func mistakes(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            for text in ["selec 1", "select * from nothing", ""] {
                let sql: SQL = "\(unsafeSQL: text)"
                await #expect(throws: DatabaseError.self, "\(text)") {
                    try await database.write { try $0.execute(sql) }
                }
                let after = try await database.int("select 1")
                #expect(after == 1)
            }
        }
    }

    @Test("a statement may be prepared before and after the table changes", arguments: TestEngine.withPooler)
    func schemaChange(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            try await makeTables(database)
            for _ in 0..<3 { #expect(try await database.rowCount("select * from a") == 2) }
            try await database.write { try $0.execute("alter table a add column later text") }
            for _ in 0..<3 {
                let sql: SQL = "select pool, name, later from a"
                #expect(try await database.rowCount(sql) == 2)
            }
        }
    }

    @Test("more distinct statements than are kept prepared", arguments: TestEngine.withPooler)
    func manyStatements(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            for base in [0, 450, 900] {
                let sum = try await database.read { connection in
                    try (base..<base + 450).map { number in
                        try connection.row("select \(unsafeSQL: "\(number)") + \(1)")?.int(0) ?? 0
                    }.reduce(0, +)
                }
                #expect(sum == (base..<base + 450).map { $0 + 1 }.reduce(0, +))
            }
        }
    }
}
