import Database
import DatabaseTestSupport
import Testing

@Suite struct ValueTests {
    private static let table: SQL = "create table v (id bigint primary key, t text, i bigint, b boolean, x bytea)"

    @Test("every type comes back as it was stored", arguments: TestEngine.withPooler)
    func roundTrip(engine: TestEngine) async throws {
        let texts = ["", "a", "ÄÖÜ é 漢字 🐦\u{200d}⬛", "'\"\\%_$1", String(repeating: "long ", count: 50_000)]
        let integers: [Int64] = [.min, -1, 0, 1, 255, 256, .max]
        let blobs: [[UInt8]] = [[], [0], [0, 255, 0], [UInt8](repeating: 0xa5, count: 300_000)]
        try await engine.withDatabase { database in
            try await database.write { connection in
                try connection.execute(Self.table)
                for (id, text) in texts.enumerated() {
                    try connection.execute("insert into v (id, t) values (\(id), \(text))")
                }
                for (id, integer) in integers.enumerated() {
                    try connection.execute("insert into v (id, i) values (\(100 + id), \(integer))")
                }
                for (id, blob) in blobs.enumerated() {
                    try connection.execute("insert into v (id, x) values (\(200 + id), \(blob))")
                }
                for (id, boolean) in [false, true].enumerated() {
                    try connection.execute("insert into v (id, b) values (\(300 + id), \(boolean))")
                }
            }
            let rows = try await database.read { try $0.rows("select id, t, i, x, b from v order by id") }
            #expect(try rows.filter { try $0.int(0) < 100 }.map { try $0.text(1) } == texts)
            #expect(try rows.compactMap { try $0.integerIfPresent(2) } == integers)
            #expect(try rows.compactMap { try $0.bytesIfPresent(3) } == blobs)
            #expect(try rows.compactMap { try $0.booleanIfPresent(4) } == [false, true])
        }
    }

    @Test("null comes back as nil, and asking for a value throws", arguments: TestEngine.withPooler)
    func nulls(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            let row = try await database.write { connection in
                try connection.execute(Self.table)
                try connection.execute(
                    """
                    insert into v values (1, \(String?.none), \(Int?.none), \(Bool?.none), \([UInt8]?.none))
                    """
                )
                return try #require(try connection.row("select t, i, b, x from v"))
            }
            #expect(try row.textIfPresent(0) == nil)
            #expect(try row.integerIfPresent(1) == nil)
            #expect(try row.booleanIfPresent(2) == nil)
            #expect(try row.bytesIfPresent(3) == nil)
            #expect(throws: DatabaseError(.decoding, "")) { try row.text(0) }
        }
    }

    @Test("a parameter has a type even where nothing else tells it", arguments: TestEngine.withPooler)
    func typedParameters(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            let row = try await database.read { connection in
                try #require(
                    try connection.row(
                        """
                        select \("x"), \(7), \(true), \([1, 2] as [UInt8]), \(String?.none) is null, \(Int?.none) is null
                        """
                    )
                )
            }
            #expect(try row.text(0) == "x")
            #expect(try row.int(1) == 7)
            #expect(try row.boolean(2))
            #expect(try row.bytes(3) == [1, 2])
            #expect(try row.boolean(4))
            #expect(try row.boolean(5))
        }
    }

    @Test("reading a column as another type throws", arguments: TestEngine.withPooler)
    func strictness(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            let row = try await database.read { try #require(try $0.row("select \("1"), \(2), \([3] as [UInt8])")) }
            let decoding = DatabaseError(.decoding, "")
            #expect(throws: decoding) { try row.integer(0) }
            #expect(throws: decoding) { try row.text(1) }
            #expect(throws: decoding) { try row.boolean(1) }
            #expect(throws: decoding) { try row.text(2) }
            #expect(throws: decoding) { try row.text(3) }
            await #expect(throws: decoding) { try await database.read { try $0.rows("select 1.5") } }
        }
    }

    @Test("text with a NUL character is refused", arguments: TestEngine.withPooler)
    func nulCharacter(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            await #expect(throws: DatabaseError(.invalidText, "")) {
                try await database.read { try $0.rows("select \("a\0b")") }
            }
            let after = try await database.int("select \(1)")
            #expect(after == 1)
        }
    }

    @Test("a list selects, and an empty one selects nothing", arguments: TestEngine.withPooler)
    func lists(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            try await database.write { connection in
                try connection.execute("create table n (i bigint primary key)")
                try connection.execute("insert into n values (1), (2), (3), (4)")
            }
            let none: [Int] = []
            let counts = try await database.read { connection in
                [
                    try connection.rows("select i from n where i in (\(list: [2, 3, 9]))").count,
                    try connection.rows("select i from n where i in (\(list: none))").count,
                    try connection.rows("select i from n where i not in (\(list: none))").count,
                ]
            }
            #expect(counts == [2, 0, 4])
        }
    }

    @Test("collate \"C\" orders by bytes and like tells case apart", arguments: TestEngine.withPooler)
    func collation(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            try await database.write { connection in
                try connection.execute("create table w (t text collate \"C\" primary key)")
                for word in ["b", "a", "B", "ä", "_", "Z", "aa", "", "😀", "\u{ffee}"] {
                    try connection.execute("insert into w values (\(word))")
                }
            }
            let (declared, explicit, like) = try await database.read { connection in
                (
                    try connection.rows("select t from w order by t").map { try $0.text(0) },
                    try connection.rows("select t from w order by t collate \"C\" desc").map { try $0.text(0) },
                    try connection.rows("select t from w where t like \("b%")").map { try $0.text(0) }
                )
            }
            // In UTF-16 order the last two would change places.
            let expected = ["", "B", "Z", "_", "a", "aa", "b", "ä", "\u{ffee}", "😀"]
            #expect(declared == expected)
            #expect(explicit == expected.reversed())
            #expect(like == ["b"])
        }
    }
}
