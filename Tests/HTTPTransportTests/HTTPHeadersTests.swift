import HTTPTransport
import Testing

extension HTTPTransportTests {
    @Suite("Header fields") struct HTTPHeadersTests {
        @Test("Names match without regard to case, and repeated fields are kept")
        func lookUp() {
            var headers: HTTPHeaders = ["Set-Cookie": "a", "SET-COOKIE": "b", "Host": "h"]
            #expect(headers["set-cookie"] == "a")
            #expect(headers.values("Set-cookie") == ["a", "b"])
            #expect(headers["Missing"] == nil)
            headers.append("set-cookie", "c")
            #expect(headers.values("Set-Cookie") == ["a", "b", "c"])
            headers.set("HOST", "other")
            #expect(headers.values("Host") == ["other"])
            headers.remove("set-cookie")
            #expect(headers.fields.map(\.name) == ["HOST"])
        }

        @Test("Only ASCII letters fold: @ and ` differ by the same bit")
        func foldsLettersOnly() {
            let headers: HTTPHeaders = ["a@": "1"]
            #expect(headers["A@"] == "1")
            #expect(headers["a`"] == nil)
        }

        @Test("Equal means the same values in the same order under names that match")
        func equality() {
            #expect(HTTPHeaders(dictionaryLiteral: ("A", "1"), ("B", "2")) == ["a": "1", "b": "2"])
            #expect(HTTPHeaders(dictionaryLiteral: ("A", "1")) != ["A": "2"])
            #expect(HTTPHeaders(dictionaryLiteral: ("A", "1"), ("B", "2")) != ["B": "2", "A": "1"])
        }
    }
}
