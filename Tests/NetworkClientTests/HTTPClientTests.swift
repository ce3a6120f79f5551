import HTTPTransport
import NetworkClient
import Testing

@Suite("HTTP client", .timeLimit(.minutes(1))) struct HTTPClientTests {
    @Test("Method, path, query, header and body arrive as they are, and nothing beside them")
    func request() async throws {
        let script: @Sendable (Peer) throws -> Void = { peer in
            while true {
                let (lines, body) = try peer.request()
                try peer.send(ok((lines + [String(decoding: body, as: UTF8.self)]).joined(separator: "\n")))
            }
        }
        try await withPeer(script: script) { client, server in
            var request = HTTPClientRequest(
                method: "POST",
                url: "http://127.0.0.1:\(server.port)/a%2Fb/../c?x=%20&y",
                headers: [("X-One", "1"), ("X-Empty", ""), ("x-one", "ü")],
                body: Array("body".utf8),
                addressPolicy: .anyAddress
            )
            let host = "Host: 127.0.0.1:\(server.port)"
            let sent = String(decoding: try await client.send(request).body, as: UTF8.self).split(
                separator: "\n",
                omittingEmptySubsequences: false
            )
            #expect(sent.first == "POST /a%2Fb/../c?x=%20&y HTTP/1.1")
            #expect(
                Set(sent[1...4]).union(sent[5...]) == [
                    Substring(host), "X-One: 1", "X-Empty:", "x-one: ü", "Content-Length: 4", "body",
                ]
            )
            for (method, framing) in [("GET", []), ("DELETE", []), ("PUT", ["Content-Length: 0"])] {
                request.method = method
                request.headers = []
                request.body = []
                let sent = String(decoding: try await client.send(request).body, as: UTF8.self)
                #expect(
                    sent == (["\(method) /a%2Fb/../c?x=%20&y HTTP/1.1", host] + framing + [""]).joined(separator: "\n")
                )
            }
        }
    }

    @Test("A body of several megabytes is sent without asking first, and comes back whole")
    func largeBody() async throws {
        let server = try HTTPServer(
            on: ListeningSocket(host: "127.0.0.1", port: 0),
            limits: {
                var limits = HTTPServerLimits(); limits.maximumBodySize = 8 << 20; return limits
            }(),
            rejection: { _, _ in HTTPResponse(status: 500) },
            responder: { request in
                HTTPResponder(execution: .executor) {
                    HTTPResponse(status: request.headers["Expect"] == nil ? 200 : 417, body: request.body)
                }
            }
        )
        try await withClient { client in
            var request = HTTPClientRequest(
                method: "POST",
                url: "http://127.0.0.1:\(server.port)/",
                body: (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) },
                addressPolicy: .anyAddress
            )
            request.maximumResponseSize = 5_000_000
            let answer = try await client.send(request)
            #expect(answer.status == 200)
            #expect(answer.body == request.body)
        }
        await server.stop()
    }

    @Test("Repeated fields are kept, interim answers and trailers are not")
    func answer() async throws {
        let script: @Sendable (Peer) throws -> Void = { peer in
            _ = try peer.request()
            try peer.send("HTTP/1.1 103 Early Hints\r\nLink: early\r\n\r\n")
            try peer.send("HTTP/1.1 404 Not Found\r\nX-A:  one \r\nx-a: two\r\nTransfer-Encoding: chunked\r\n\r\n")
            try peer.send("3\r\nabc\r\n2\r\nde\r\n0\r\nX-Trailer: t\r\n\r\n")
            peer.awaitEnd()
        }
        try await withPeer(script: script) { client, server in
            let answer = try await client.send(get(server))
            #expect(answer.status == 404)
            #expect(answer.headers.values("X-a") == ["one", "two"])
            #expect(answer.headers["X-A"] == "one")
            #expect(answer.headers["Link"] == nil)
            #expect(answer.headers["X-Trailer"] == nil)
            #expect(answer.body == Array("abcde".utf8))
        }
    }

    @Test("A redirect is an answer, and is not followed")
    func redirect() async throws {
        let script: @Sendable (Peer) throws -> Void = { peer in
            while true {
                _ = try peer.request()
                try peer.send("HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n")
            }
        }
        try await withPeer(script: script) { client, server in
            let answer = try await client.send(get(server, path: "/first"))
            #expect(answer.status == 302)
            #expect(answer.headers["location"] == "/next")
            #expect(server.lines.filter { $0.hasPrefix("GET") } == ["GET /first HTTP/1.1"])
        }
    }

    @Test("An answer to HEAD has no body, whatever length it names")
    func head() async throws {
        let script: @Sendable (Peer) throws -> Void = { peer in
            _ = try peer.request()
            try peer.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
            peer.awaitEnd()
        }
        try await withPeer(script: script) { client, server in
            var request = get(server)
            request.method = "HEAD"
            let answer = try await client.send(request)
            #expect(answer.status == 200)
            #expect(answer.body.isEmpty)
        }
    }

    @Test(
        "What can't be sent as it is isn't sent",
        arguments: [
            ("GET", "http://user@127.0.0.1/", []), ("GET", "http://user:secret@127.0.0.1/", []),
            ("GET", "ftp://127.0.0.1/", []), ("GET", "file:///etc/passwd", []), ("GET", "gopher://127.0.0.1/", []),
            ("GET", "//127.0.0.1/", []), ("GET", "127.0.0.1", []), ("GET", "", []), ("GET", "http://", []),
            ("GET", "http://127.0.0.1/a b", []), ("GET", "http://127.0.0.1/\r\nX: y", []),
            ("GET", "http://127.0.0.1/\u{0}", []), ("GET", "http://127.0.0.1:99999/", []),
            ("GET", "http://bücher.example/", []),
            ("GET /", "http://127.0.0.1/", []), ("", "http://127.0.0.1/", []),
            ("GET", "http://127.0.0.1/", [("A", "b\r\nC: d")]), ("GET", "http://127.0.0.1/", [("A\r\nB", "c")]),
            ("GET", "http://127.0.0.1/", [("A", "b\u{0}")]), ("GET", "http://127.0.0.1/", [("", "b")]),
            ("POST", "http://127.0.0.1/", [("Content-Length", "3")]),
            ("POST", "http://127.0.0.1/", [("transfer-encoding", "chunked")]),
            ("POST", "http://127.0.0.1/", [("Host", "other")]),
        ] as [(String, String, [(String, String)])]
    )
    func malformed(method: String, url: String, headers: [(String, String)]) async throws {
        try await withClient { client in
            let request = HTTPClientRequest(method: method, url: url, headers: headers, addressPolicy: .anyAddress)
            let failure = await #expect(throws: NetworkFailure.self) { try await client.send(request) }
            guard case .malformed = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
        }
    }

    @Test("A URL's parts are those that are sent")
    func url() throws {
        let url = try HTTPURL("https://Example.com:8443/a%20b/../c?d=e&f")
        #expect(url.scheme == "https")
        #expect(url.host == "Example.com")
        #expect(url.port == 8443)
        #expect(url.authority == "Example.com:8443")
        #expect(url.path == "/a%20b/../c")
        #expect(url.query == "d=e&f")
        let bare = try HTTPURL("http://[::1]")
        #expect(bare.authority == "[::1]")
        #expect(bare.path == "/")
        #expect(bare.query == nil)
        #expect(try HTTPURL("https://a:443/").authority == "a")
    }
}
