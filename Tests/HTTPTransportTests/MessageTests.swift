import HTTPTransport
import Testing

extension HTTPTransportTests {
    @Suite("Messages") struct MessageTests {
        @Test("The handler sees method, path, query, headers, body and peer")
        func echoes() async throws {
            try await withServer { server in
                let answer = try await ask(
                    server,
                    "POST /a/b?c=d&e HTTP/1.1\r\nHost: h\r\nX-Amz-Target:  T.Op \r\nContent-Length: 5\r\n\r\nhello"
                )
                #expect(answer.status == 200)
                #expect(
                    answer.body == "POST /a/b c=d&e 127.0.0.1\nHost=h\nX-Amz-Target=T.Op\nContent-Length=5\n\nhello"
                )
                #expect(answer["Content-Type"] == "text/plain")
                #expect(answer["Date"]?.hasSuffix("GMT") == true)
            }
        }

        @Test(
            "The request target is left as it came",
            arguments: [
                ("/%41%2f%00?x=%20+y&&z", "/%41%2f%00 x=%20+y&&z"), ("/?", "/ "), ("/a?b?c", "/a b?c"), ("/", "/ -"),
                ("*", "* -"),
            ]
        )
        func keepsTarget(target: String, seen: String) async throws {
            try await withServer { server in
                let answer = try await ask(server, "GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n")
                #expect(answer.body.hasPrefix("GET \(seen) 127.0.0.1\n"))
            }
        }

        @Test("Repeated header fields are all kept, in order")
        func keepsRepeatedFields() async throws {
            try await withServer { server in
                let answer = try await ask(
                    server,
                    "GET / HTTP/1.1\r\nHost: h\r\nCookie: a=1\r\nX: 1\r\ncookie: b=2\r\nX: 2\r\n\r\n"
                )
                #expect(answer.body.contains("\nCookie=a=1\nX=1\ncookie=b=2\nX=2\n"))
            }
        }

        @Test("HEAD has the headers of the answer and no body")
        func head() async throws {
            try await withServer(handler: { _ in HTTPResponse(status: 200, body: Array("12345".utf8)) }) { server in
                let (first, second) = try await blocking {
                    let connection = try RawConnection(port: server.port)
                    try connection.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n")
                    return (try connection.receive(toHead: true), try connection.receive())
                }
                #expect(first.status == 200)
                #expect(first["Content-Length"] == "5")
                #expect(second.status == 200)
                #expect(second.body == "12345")
            }
        }

        @Test("Any method reaches the handler", arguments: ["OPTIONS", "PUT", "DELETE", "PATCH", "BREW"])
        func methods(method: String) async throws {
            try await withServer { server in
                let answer = try await ask(server, "\(method) /x HTTP/1.1\r\nHost: h\r\n\r\n")
                #expect(answer.body.hasPrefix("\(method) /x - "))
            }
        }

        @Test("A response field that could split the response isn't sent")
        func dropsUnsafeFields() async throws {
            let headers: HTTPHeaders = [
                "A": "1\r\nEvil: yes", "B": "2\nEvil: yes", "Evil\r\nX": "3", "C": "nul\0", "": "4", "D E": "5",
                "Content-Length": "99", "Transfer-Encoding": "chunked", "Set-Cookie": "a=1", "set-cookie": "b=2",
            ]
            try await withServer(handler: { _ in HTTPResponse(status: 200, headers: headers, body: [65]) }) { server in
                let answer = try await ask(server, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                #expect(
                    answer.lines.filter { !$0.hasPrefix("Date:") } == [
                        "HTTP/1.1 200 OK", "Set-Cookie: a=1", "set-cookie: b=2", "Content-Length: 1",
                    ]
                )
                #expect(answer.body == "A")
            }
        }

        @Test("A status that HTTP doesn't have becomes 500", arguments: [0, 99, 100, 600, -1])
        func invalidStatus(status: Int) async throws {
            try await withServer(handler: { _ in HTTPResponse(status: status, body: [65]) }) { server in
                let answer = try await ask(server, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                #expect(answer.status == 500)
            }
        }

        @Test("A large response arrives whole")
        func largeResponse() async throws {
            let body = [UInt8](repeating: 120, count: 3_000_000)
            try await withServer(handler: { _ in HTTPResponse(status: 200, body: body) }) { server in
                let answer = try await ask(server, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                #expect(answer.body.utf8.count == body.count)
            }
        }
    }
}
