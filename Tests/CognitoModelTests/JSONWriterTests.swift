import CognitoModel
import FoundationEssentials
import Testing

@Suite struct JSONWriterTests {
    @Test(
        "every string survives the JSON decoder",
        arguments: [
            "", "plain", "\"", "\\", "\\\"", "/", "\n\r\t", "\u{8}\u{c}", "\u{7F}", "\u{80}\u{9F}", "\u{2028}\u{2029}",
            "é",
            "e\u{301}", "🔑", "👨‍👩‍👧‍👦", "\u{10FFFF}", "\u{FFFE}\u{FEFF}", "日本語", "\\u0041", "</script>", "a\u{0}b", "\r\n",
        ]
    )
    func strings(text: String) throws {
        #expect(
            try JSONDecoder().decode(String.self, from: Data(text.jsonBytes)).unicodeScalars.elementsEqual(
                text.unicodeScalars
            )
        )
        let object = try JSONDecoder().decode([String: [String]].self, from: Data([text: [text, text]].jsonBytes))
        #expect(object == [text: [text, text]])
    }

    @Test("every scalar of the first two planes survives")
    func scalars() throws {
        for start in stride(from: UInt32(0), to: 0x20000, by: 0x1000) {
            let scalars = (start..<(start + 0x1000)).compactMap(Unicode.Scalar.init)
            let text = String(String.UnicodeScalarView(scalars))
            let decoded = try JSONDecoder().decode(String.self, from: Data(text.jsonBytes))
            #expect(decoded.unicodeScalars.elementsEqual(text.unicodeScalars), "from \(start)")
        }
    }

    @Test("no raw control character is written")
    func controls() {
        let text = String(String.UnicodeScalarView((0..<0x20).compactMap(Unicode.Scalar.init)))
        #expect(text.jsonBytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
    }

    @Test("members come in order with commas between them, absent ones not at all")
    func structure() {
        var json = JSONWriter()
        json.beginObject()
        json.member("z", "1")
        json.member("absent", nil as String?)
        json.member("list", [1, 2])
        json.member("none", [] as [String])
        json.member("map", ["b": true, "a": false])
        json.member("nested", [["k": [Int64.min]]])
        json.endObject()
        #expect(
            String(decoding: json.bytes, as: UTF8.self)
                == #"{"z":"1","list":[1,2],"none":[],"map":{"a":false,"b":true},"nested":[{"k":[-9223372036854775808]}]}"#
        )
    }

    @Test(
        "a moment is a number of seconds with three decimals",
        arguments: [
            (0, "0.000"), (1, "0.001"), (-1, "-0.001"), (999, "0.999"), (1000, "1.000"),
            (1_700_000_000_123, "1700000000.123"),
            (1_700_000_000_020, "1700000000.020"), (-1500, "-1.500"),
        ]
    )
    func timestamps(milliseconds: Int64, text: String) throws {
        let timestamp = Timestamp(milliseconds: milliseconds)
        #expect(String(decoding: timestamp.jsonBytes, as: UTF8.self) == text)
        #expect(try RequestDecoder.document(Timestamp.self, from: Array(text.utf8)) == timestamp)
    }

    @Test("a moment out of any calendar is refused", arguments: ["1e12", "-1e12", "1e300", "\"2020-01-01\"", "{}"])
    func timestampRange(text: String) {
        #expect(throws: WrongKind.self) { try RequestDecoder.document(Timestamp.self, from: Array(text.utf8)) }
    }

    @Test("moments are ordered and moved")
    func moments() {
        let moment = Timestamp(milliseconds: 1999)
        #expect(moment.seconds == 1)
        #expect(moment.adding(seconds: 2) == Timestamp(milliseconds: 3999))
        #expect(moment < moment.adding(milliseconds: 1))
    }

    @Test(
        "any JSON survives",
        arguments: [
            "null", "true", "false", "0", "-7", "9223372036854775807", "1.5", "\"x\"", "[]", "{}",
            #"{"a":[1,null,{"b":"c"}],"d":-0.25}"#,
        ]
    )
    func anyJSON(text: String) throws {
        let value = try RequestDecoder.document(JSONValue.self, from: Array(text.utf8))
        #expect(String(decoding: value.jsonBytes, as: UTF8.self) == text)
    }

    @Test("a whole structure survives")
    func structures() throws {
        let policy = PasswordPolicyType(minimumLength: 12, requireSymbols: false, temporaryPasswordValidityDays: 0)
        #expect(
            String(decoding: policy.jsonBytes, as: UTF8.self)
                == #"{"MinimumLength":12,"RequireSymbols":false,"TemporaryPasswordValidityDays":0}"#
        )
        let read = try RequestDecoder.document(PasswordPolicyType.self, from: policy.jsonBytes)
        #expect(read.jsonBytes == policy.jsonBytes)
    }

    @Test("the body of an error")
    func errors() {
        let error = CognitoError(.invalidParameter, "a \"b\"\n", reasonCode: "R")
        #expect(
            String(decoding: error.body, as: UTF8.self)
                == #"{"__type":"InvalidParameterException","message":"a \"b\"\n","reasonCode":"R"}"#
        )
        #expect(error.description == "InvalidParameterException: a \"b\"\n")
    }
}
