import CognitoModel
import Testing

@Suite struct RequestDecoderTests {
    @Test("a request is read, unknown members ignored")
    func read() throws {
        let body = """
             {"UserPoolId" : "us-east-1_a", "Unknown": {"x":[1,2,{"y":null}]}, "Limit":10,
              "AttributesToGet":["email","custom:a b"], "Filter":"name = \\"\\u00e9\\ud83d\\udd11\\"" , "limit": 99}
            """
        let request = try RequestDecoder.request(ListUsersRequest.self, from: Array(body.utf8))
        #expect(request.userPoolId == "us-east-1_a")
        #expect(request.limit == 10)
        #expect(request.attributesToGet == ["email", "custom:a b"])
        #expect(request.filter == "name = \"é🔑\"")
        #expect(request.paginationToken == nil)
    }

    @Test("an empty body counts as an empty object")
    func emptyBody() throws {
        #expect(rejection(ListUsersRequest.self, "")?.code == .invalidParameter)
        let request = try RequestDecoder.request(
            DescribeUserPoolRequest.self,
            from: Array(#"{"UserPoolId":"a_b"}"#.utf8)
        )
        #expect(request.userPoolId == "a_b")
    }

    @Test(
        "a value of the wrong type is a serialization error in AWS's words",
        arguments: [
            (#"{"UserPoolId":1}"#, "NUMBER_VALUE can not be converted to a String"),
            (#"{"UserPoolId":1.5e3}"#, "NUMBER_VALUE can not be converted to a String"),
            (#"{"UserPoolId":true}"#, "TRUE_VALUE can not be converted to a String"),
            (#"{"UserPoolId":false}"#, "FALSE_VALUE can not be converted to a String"),
            (#"{"UserPoolId":{}}"#, "Start of structure or map found where not expected."),
            (#"{"UserPoolId":[]}"#, "Start of list found where not expected"),
            (#"{"UserPoolId":"a_b","Limit":"10"}"#, "STRING_VALUE can not be converted to an Integer"),
            (#"{"UserPoolId":"a_b","Limit":true}"#, "TRUE_VALUE can not be converted to an Integer"),
            (#"{"UserPoolId":"a_b","AttributesToGet":"email"}"#, "Expected list or null"),
            (#"{"UserPoolId":"a_b","AttributesToGet":{}}"#, "Expected list or null"),
        ]
    )
    func wrongTypes(body: String, message: String) {
        let error = rejection(ListUsersRequest.self, body)
        #expect(error?.code == .serialization)
        #expect(error?.message == message)
    }

    @Test(
        "a structure or map of the wrong type",
        arguments: [
            #"{"PoolName":"p","Policies":[]}"#, #"{"PoolName":"p","Policies":"x"}"#,
            #"{"PoolName":"p","UserPoolTags":["x"]}"#, #"{"PoolName":"p","Schema":["x"]}"#,
            #"{"PoolName":"p","UserPoolTags":7}"#,
        ]
    )
    func wrongStructures(body: String) {
        let error = rejection(CreateUserPoolRequest.self, body)
        #expect(error?.code == .serialization)
        #expect(error?.message == "Expected map or null")
    }

    @Test("a body that isn't an object", arguments: ["[]", "null", "1", "\"x\"", "true"])
    func notAnObject(body: String) {
        #expect(rejection(ListUsersRequest.self, body)?.code == .serialization)
    }

    @Test(
        "what isn't JSON",
        arguments: [
            "{\"a\":1,}", "{\"a\":[1,]}", "{,}", "{\"Unknown\":01}", "{", "}", "{\"a\"}", "{\"a\":}", "{a:1}",
            "{'a':1}", "{\"a\":+1}", "{\"a\":.5}",
            "{\"a\":NaN}", "{\"a\":tru}", "{\"a\":\"\\u12\"}", "{} {}", "{}x", "\u{0}",
            "{\"a\":\"unfinished}", "/* */{}", "{\"UserPoolId\":\"a_b\"", "   ", "{\"a\":[1,2}", "\u{FEFF}x",
            #"{"UserPoolId":"\ud800"}"#, #"{"UserPoolId":"\udc00\ud800"}"#,
        ]
    )
    func malformed(body: String) {
        let error = rejection(ListUsersRequest.self, body)
        #expect(error?.code == .serialization)
        #expect(error?.message.contains("UserPoolId") == false)
    }

    @Test(
        "malformed scalars, read or not",
        arguments: [
            #"{"UserPoolId":"\x"}"#, #"{"UserPoolId":"\u12"}"#, "{\"UserPoolId\":\"\n\"}",
            #"{"UserPoolId":"a_b","Limit":01}"#,
            #"{"UserPoolId":"a_b","Limit":1.}"#, #"{"UserPoolId":"a_b","Limit":-}"#,
            #"{"UserPoolId":"a_b","Limit":1e}"#,
            #"{"UserPoolId":"a_b","Limit":1.5}"#, #"{"UserPoolId":"a_b","Limit":99999999999999999999}"#,
            #"{"UserPoolId":"a_b","Limit":1e300}"#,
        ]
    )
    func malformedScalars(body: String) {
        #expect(rejection(ListUsersRequest.self, body)?.code == .serialization)
    }

    @Test(
        "bytes that aren't UTF-8",
        arguments: [
            [0xFF], [0xC3, 0x28], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82],
        ] as [[UInt8]]
    )
    func invalidUTF8(bytes: [UInt8]) {
        let body = Array(#"{"UserPoolId":""#.utf8) + bytes + Array(#""}"#.utf8)
        #expect(rejection(ListUsersRequest.self, bytes: body)?.code == .serialization)
        #expect(rejection(ListUsersRequest.self, bytes: bytes)?.code == .serialization)
    }

    @Test("ten thousand brackets are refused, closed or not", arguments: ["[", "{\"a\":", "[{\"a\":"])
    func deepNesting(opening: String) {
        let deep = String(repeating: opening, count: 10_000)
        let closing = String(repeating: opening.hasPrefix("[") ? "]" : "}", count: 10_000)
        #expect(rejection(ListUsersRequest.self, deep)?.code == .serialization)
        #expect(rejection(ListUsersRequest.self, deep + "1" + closing)?.code == .serialization)
        #expect(rejection(ListUsersRequest.self, "{\"Unknown\":\(deep)1\(closing)}")?.code == .serialization)
    }

    @Test("a number of ten thousand digits is refused")
    func hugeNumbers() {
        let digits = String(repeating: "9", count: 10_000)
        #expect(rejection(ListUsersRequest.self, #"{"UserPoolId":"a_b","Limit":\#(digits)}"#)?.code == .serialization)
        #expect(rejection(ListUsersRequest.self, #"{"UserPoolId":"a_b","Limit":1e999999}"#)?.code == .serialization)
        #expect(rejection(ListUsersRequest.self, #"{"UserPoolId":"a_b","Unknown":\#(digits)}"#)?.code == .serialization)
    }

    @Test(
        "an integer may be written with a fraction of zero or an exponent",
        arguments: [("10.0", 10), ("1e1", 10), ("-0", 0)]
    )
    func integers(text: String, value: Int) throws {
        let body = Array(#"{"UserPoolId":"a_b","Limit":\#(text)}"#.utf8)
        #expect(try RequestDecoder.request(ListUsersRequest.self, from: body).limit == value)
    }

    @Test("of two members by one name the last counts")
    func repeatedMember() throws {
        let body = Array(#"{"UserPoolId":"a_b","Limit":1,"Limit":2}"#.utf8)
        #expect(try RequestDecoder.request(ListUsersRequest.self, from: body).limit == 2)
    }

    @Test("a wrong type is told before a violated constraint")
    func order() {
        #expect(rejection(ListUsersRequest.self, #"{"UserPoolId":"","Limit":"x"}"#)?.code == .serialization)
    }

    @Test("a document of 5,000 members is read quickly")
    func manyMembers() {
        let members = (0..<5000).map { #""m\#($0)":{"a":[\#($0)]}"# }.joined(separator: ",")
        let elapsed = processorTime {
            #expect(rejection(ListUsersRequest.self, "{\(members),\"UserPoolId\":\"a_b\"}") == nil)
        }
        #expect(elapsed < .seconds(2))
    }
}
