import HTTPTransport
import Testing

extension HTTPTransportTests {
    @Suite("Malformed requests") struct MalformedRequestTests {
        private static func refusal(of request: String) async throws -> RawResponse {
            try await withServer { server in
                let (answer, isClosed) = try await blocking {
                    let connection = try RawConnection(port: server.port)
                    try connection.send(request)
                    return (try connection.receive(), try connection.isClosedByServer())
                }
                #expect(isClosed)
                return answer
            }
        }

        @Test(
            "Where the body ends must be clear",
            arguments: [
                "Content-Length: 3\r\nTransfer-Encoding: chunked", "Content-Length: 3\r\nContent-Length: 4",
                "Content-Length : 3", "Transfer-Encoding : chunked", "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: xchunked", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
            ]
        )
        func ambiguousFraming(field: String) async throws {
            let answer = try await Self.refusal(of: "POST / HTTP/1.1\r\nHost: h\r\n\(field)\r\n\r\n")
            #expect(answer.status == 400)
            #expect(answer.body == "malformed")
        }

        @Test(
            "A length must be a number; libmicrohttpd says so",
            arguments: ["+3", "-1", "3, 3", "", "0x3", "99999999999999999999"]
        )
        func invalidLength(value: String) async throws {
            let answer = try await Self.refusal(of: "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: \(value)\r\n\r\n")
            #expect([400, 413].contains(answer.status))
        }

        @Test(
            "Fields, target and host must be as HTTP has them",
            arguments: [
                "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n", "GET /?a b HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nA B: c\r\n\r\n", "GET / HTTP/1.1\r\nHost: h\r\nA: b\u{1}c\r\n\r\n",
                "G(T / HTTP/1.1\r\nHost: h\r\n\r\n",
            ]
        )
        func malformedHead(request: String) async throws {
            let answer = try await Self.refusal(of: request)
            #expect(answer.status == 400)
            #expect(answer.body == "malformed")
        }

        @Test("Another version of HTTP gets 505")
        func otherVersion() async throws {
            #expect(try await Self.refusal(of: "GET / HTTP/2.0\r\nHost: h\r\n\r\n").status == 505)
        }
    }
}
