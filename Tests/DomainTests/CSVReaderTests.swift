import Domain
import Testing

@Suite struct CSVReaderTests {
    private static func read(_ text: String, from start: Int = 0, line: Int = 1, part: Int = .max) -> [CSVReader.Record]
    {
        read(Array(text.utf8), from: start, line: line, part: part)
    }

    private static func read(_ file: [UInt8], from start: Int, line: Int, part: Int) -> [CSVReader.Record] {
        var reader = CSVReader(from: start, line: line)
        var records: [CSVReader.Record] = []
        var rest = file[start...]
        while !rest.isEmpty {
            records += reader.take(rest.prefix(part))
            rest = rest.dropFirst(part)
        }
        return records + reader.finish()
    }

    @Test(
        "records are read as RFC 4180 has them, and with Cognito's commas",
        arguments: [
            ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
            ("a,b\r\nc,d", [["a", "b"], ["c", "d"]]),
            ("a,b\rc,d\r", [["a", "b"], ["c", "d"]]),
            ("\n\r\n\ra\n\n", [["a"]]),
            (" a , b\t,\tc d ", [["a", "b", "c d"]]),
            (",,", [["", "", ""]]),
            ("\"a,b\",\"c\"\"d\",\"\"", [["a,b", "c\"d", ""]]),
            ("\"a\r\nb\" ,c", [["a\r\nb", "c"]]),
            ("\" a \"", [[" a "]]),
            ("a\\,b,c\\d,e\\\\,f\\", [["a,b", "c\\d", "e\\,f\\"]]),
            ("a\"b,c", [["a\"b", "c"]]),
            ("é,日本", [["é", "日本"]]),
            ("", []),
        ] as [(String, [[String]])]
    )
    func fields(text: String, expected: [[String]]) {
        for part in [1, 2, 3, .max] {
            #expect(Self.read(text, part: part).map(\.content) == expected.map { .fields($0) }, "\(part)")
        }
    }

    @Test("lines are counted as an editor does, within quotes too")
    func lines() {
        let text = "a\r\n\r\n\"b\r\nc\nd\",e\nf\rg\n"
        for part in [1, 2, .max] {
            let records = Self.read(text, part: part)
            #expect(records.map(\.line) == [1, 3, 6, 7])
            #expect(records.map(\.nextLine) == [2, 6, 7, 8])
        }
    }

    @Test("what can't be read is one record, and what follows is read")
    func faults() {
        let long = String(repeating: "x", count: CSVReader.longestRecord)
        let wide = String(repeating: ",", count: CSVReader.mostFields)
        let cases: [(String, CSVReader.Record.Content)] = [
            (long + "x", .tooLong), (wide, .tooLong), ("\"a\"b,c", .misquoted), ("a\0,b", .notText),
            ("\"" + String(repeating: "x\n", count: CSVReader.longestRecord / 2), .tooLong),
        ]
        for (text, fault) in cases {
            let records = Self.read(text + "\nnext,one\n")
            #expect(records.first?.content == fault)
            #expect(records.last?.content == .fields(["next", "one"]))
        }
        #expect(Self.read(long).map(\.content) == [.fields([long])])
        #expect(Self.read("\"open").map(\.content) == [.misquoted])
        let notText = Self.read([0x61, 0xFF, 0x0A, 0x62], from: 0, line: 1, part: .max)
        #expect(notText.map(\.content) == [.notText, .fields(["b"])])
    }

    @Test("random files: the parts don't matter, nor where reading goes on, and what was written is read")
    func random() {
        var generator = Generator(state: 42)
        let pieces = ["a", "é", ",", "\"", "\"\"", "\\", "\\,", " ", "\r", "\n", "\r\n", "\0", "longer text"]
        for _ in 0..<3000 {
            let count = Int.random(in: 0..<24, using: &generator)
            let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            let whole = Self.read(text)
            #expect(
                Self.read(text, part: Int.random(in: 1..<5, using: &generator)) == whole,
                "\(text.debugDescription)"
            )
            #expect(whole.map(\.end) == whole.map(\.end).sorted())
            for (index, record) in whole.enumerated() {
                let rest = Self.read(text, from: record.end, line: record.nextLine)
                #expect(rest == Array(whole[(index + 1)...]), "\(text.debugDescription) from \(record.end)")
            }
        }
        for _ in 0..<1000 {
            let rows = (0..<3).map { _ in
                (0..<4).map { _ in
                    (0..<Int.random(in: 0..<6, using: &generator))
                        .map { _ in pieces.filter { $0 != "\0" }.randomElement(using: &generator) ?? "" }.joined()
                }
            }
            let text = rows.map { row in
                row.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",")
            }.joined(separator: "\r\n")
            #expect(Self.read(text).map(\.content) == rows.map { .fields($0) })
        }
    }
}

/// The same numbers every time.
private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
