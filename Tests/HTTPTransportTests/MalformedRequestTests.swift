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

        /// Left to itself, libmicrohttpd answers the lengths with two headers and a page of HTML.
        @Test(
            "What libmicrohttpd refuses itself gets one header and no body",
            arguments: ["+3", "-1", "3, 3", "", "0x3", "99999999999999999999"].map {
                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: \($0)\r\n\r\n"
            } + [
                "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nx\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nno colon\r\n\r\n", "GET / HTTP/2.0\r\nHost: h\r\n\r\n",
                "GET /\(String(repeating: "a", count: 60_000)) HTTP/1.1\r\nHost: h\r\n\r\n",
            ]
        )
        func refusedByTheLibrary(request: String) async throws {
            try await withServer { server in
                let text = try await blocking {
                    let connection = try RawConnection(port: server.port)
                    try? connection.send(request)
                    return try connection.receiveAll()
                }
                #expect(text.hasPrefix("HTTP/1.1 4") || text.hasPrefix("HTTP/1.1 505 "))
                #expect(text.components(of: "HTTP/1.1 ") == 1)
                #expect(text.hasSuffix("\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"))
                #expect(try await ask(server, "GET / HTTP/1.1\r\nHost: h\r\n\r\n").status == 200)
            }
        }

        @Test(
            "A line ends in CR LF and holds no NUL, and none is continued on the next",
            arguments: [
                "GET / HTTP/1.1\nHost: h\r\n\r\n", "GET / HTTP/1.1\r\nHost: h\n\r\n", "GET / HTTP/1.1\r\nHost: h\r\n\n",
                "GET / HTTP/1.1\r\nHost: h\nA: b\r\n\r\n", "GET / HTTP/1.1\r\nHost: h\rA: b\r\n\r\n",
                "GET / HTTP/1.1\nHost: h\n\n", "GET / HTTP/1.1\r\nHost: h\r\nA: b\r\n c\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nA: b\0c\r\n\r\n", "GET / HTTP/1.1\r\nHost: h\0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nA: \0\r\n\r\n", "GET /\0a HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET /?a\0b HTTP/1.1\r\nHost: h\r\n\r\n", "G\0ET / HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET  / HTTP/1.1\r\nHost: h\r\n\r\n", "GET /  HTTP/1.1\r\nHost: h\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: h\r\nA: b\nContent-Length: 3\r\n\r\nabc",
            ]
        )
        func brokenLines(request: String) async throws {
            let answer = try await Self.refusal(of: request)
            #expect(answer.status == 400)
            #expect(answer.body == "malformed")
        }

        @Test("Lines that are whole pass, byte by byte too, whatever white space their values have about them")
        func wholeLines() async throws {
            let field = "Host: \t h \t\r\nA:\r\nB: \r\nCookie: a=b; c=d\r\nCookie: e\r\nC: \u{e9}\r\n\r\n"
            let requests = [
                "\r\nGET /?a HTTP/1.1\r\n\(field)", "GET /? HTTP/1.1\r\n\(field)", "GET / HTTP/1.0\r\n\r\n",
            ]
            try await withServer { server in
                for request in requests {
                    let statuses = try await blocking {
                        let connection = try RawConnection(port: server.port)
                        try connection.send(request)
                        let whole = try connection.receive()
                        let slow = try RawConnection(port: server.port)
                        for byte in request.utf8 { try slow.send([byte]) }
                        return [whole, try slow.receive()].map(\.status)
                    }
                    #expect(statuses == [200, 200])
                }
            }
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

extension String {
    fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
