import Database
import Testing

@Suite struct SQLTests {
    @Test("an interpolated value becomes a parameter, never text")
    func interpolation() {
        let name = "x'; drop table users; --"
        let sql: SQL = "select \(1) from users where name = \(name) and seen = \(true)"
        #expect(sql.text == "select $1 from users where name = $2 and seen = $3")
        #expect(sql.values == [.integer(1), .text(name), .boolean(true)])
    }

    @Test("a spliced statement is renumbered")
    func splicing() {
        let inner: SQL = "name = \("b") or name = \("c")"
        let sql: SQL = "select 1 where id = \("a") and (\(inner)) and n = \(4) or (\(inner))"
        let text = "select 1 where id = $1 and (name = $2 or name = $3) and n = $4 or (name = $5 or name = $6)"
        #expect(sql.text == text)
        #expect(sql.values == [.text("a"), .text("b"), .text("c"), .integer(4), .text("b"), .text("c")])
        let onlyText: SQL = "true"
        let around: SQL = "select \(onlyText)"
        #expect(around.text == "select true")
        #expect(around.values.isEmpty)
    }

    @Test("a list becomes one parameter an element")
    func lists() {
        let sql: SQL = "select 1 where n in (\(list: [1, 2, 3])) and name = \("x")"
        #expect(sql.text == "select 1 where n in ($1, $2, $3) and name = $4")
        #expect(sql.values == [.integer(1), .integer(2), .integer(3), .text("x")])
    }

    @Test("text of our own is added as it is")
    func unsafeText() {
        let sql: SQL = "select \(1) from \(unsafeSQL: "users")"
        #expect(sql.text == "select $1 from users")
    }

    @Test("optional and raw-valued values bind as what they hold")
    func wrapped() {
        enum Color: String, SQLBindable { case red }
        let sql: SQL = "\(Color.red), \(String?.none), \(Optional(3)), \(SQLValue.bytes([1])), \(Int64.max)"
        #expect(sql.values == [.text("red"), .null, .integer(3), .bytes([1]), .integer(.max)])
    }
}
