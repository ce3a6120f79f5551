import JSON
import Testing

@Suite struct JSONElementTests {
    private func element(_ text: String) throws -> JSONElement { try JSONElement(parsing: Array(text.utf8)) }

    @Test("scalars, each of its kind and of no other")
    func scalars() throws {
        #expect(try element("null").kind == .null)
        #expect(try element("true").boolean == true)
        #expect(try element(" false ").boolean == false)
        #expect(try element("-9223372036854775808").integer == .min)
        #expect(try element("10.0").integer == 10)
        #expect(try element("1e3").integer == 1000)
        #expect(try element("1.5").integer == nil)
        #expect(try element("18446744073709551615").integer == nil)
        #expect(try element("1.5").number == 1.5)
        #expect(try element("3").number == 3)
        #expect(try element("\"3\"").number == nil)
        #expect(try element("3").string == nil)
        #expect(try element("\"\"").boolean == nil)
        #expect(try element("[]").members == nil)
        #expect(try element("{}").elements == nil)
        #expect(try element("[]")["a"] == nil)
    }

    @Test(
        "strings, with escapes, the NUL character and characters beyond 16 bits",
        arguments: [
            (#""""#, ""), (#""a\"\\\/\n\u00e9""#, "a\"\\/\né"), (#""\u0000x""#, "\0x"), (#""\ud83d\udd11""#, "🔑"),
            ("\"héé 🔑\"", "héé 🔑"),
            ("\"\(String(repeating: "x", count: 100_000))\"", String(repeating: "x", count: 100_000)),
        ]
    )
    func strings(text: String, value: String) throws {
        #expect(try element(text).string == value)
    }

    @Test("members in their order, the last of a name found by it")
    func members() throws {
        let object = try element(#"{"b":1,"a":{"c":[true,null]},"b":2,"":3}"#)
        #expect(object.members?.map(\.name) == ["b", "a", "b", ""])
        #expect(object["b"]?.integer == 2)
        #expect(object[""]?.integer == 3)
        #expect(object["a"]?["c"]?.elements?.map(\.kind) == [.boolean, .null])
        #expect(object["c"] == nil)
    }

    @Test("an element outlives what it was found in, and texts that are parsed after it")
    func lifetime() throws {
        var elements: [JSONElement] = []
        for number in 0..<50 {
            elements.append(
                try #require(try element(#"{"list":[{"name":"number \#(number)"}]}"#)["list"]?.elements?.first)
            )
        }
        for (number, element) in elements.enumerated() {
            #expect(element["name"]?.string == "number \(number)")
        }
    }

    @Test("documents are read on many threads at once")
    func concurrency() async throws {
        await withTaskGroup { group in
            for number in 0..<8 {
                group.addTask {
                    for round in 0..<500 {
                        let text = Array(
                            #"{"number":\#(number),"text":"\#(String(repeating: "é", count: round))"}"#.utf8
                        )
                        let read = try? JSONElement(parsing: text)
                        #expect(read?["number"]?.integer == Int64(number))
                        #expect(read?["text"]?.string?.count == round)
                    }
                }
            }
        }
    }

    @Test(
        "what isn't JSON is refused",
        arguments: [
            "", " ", "{", "[1,]", "{\"a\":1,}", "01", "1.", "+1", "tru", "'a'", "{a:1}", "\"\u{1}\"", "\"\\x\"",
            "[] []",
            "\"\\ud800\"", "1e400", "18446744073709551616", "\u{FEFF}",
            String(repeating: "[", count: 2000) + String(repeating: "]", count: 2000),
        ]
    )
    func malformed(text: String) {
        #expect(throws: MalformedJSON.self) { try element(text) }
    }

    @Test("bytes that aren't UTF-8 are refused", arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80]] as [[UInt8]])
    func invalidUTF8(bytes: [UInt8]) {
        #expect(throws: MalformedJSON.self) { try JSONElement(parsing: Array("\"".utf8) + bytes + Array("\"".utf8)) }
    }
}
