import Glibc
import HTTPTransport
import OperatingSystem
import Testing

extension HTTPTransportTests {
    /// Clients that never come to the point, and those that must not wait for them.
    @Suite("Slow clients") struct SlowClientTests {
        private static let get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"
        private static let post = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 8000\r\n\r\n"

        private static func limits(_ change: (inout HTTPServerLimits) -> Void) -> HTTPServerLimits {
            var limits = HTTPServerLimits()
            change(&limits)
            return limits
        }

        @Test(
            "A request must be complete in its time, however steadily its bytes come",
            arguments: [
                "GET / HTTP/1.1\r\nHost: h\r\nA: \(String(repeating: "a", count: 9999))",
                "GET /\(String(repeating: "a", count: 9999))",
                "\(post)\(String(repeating: "a", count: 7999))",
                "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n\(String(repeating: "1\r\na\r\n", count: 999))",
            ]
        )
        func trickle(request: String) async throws {
            let limits = Self.limits { $0.requestTimeout = .milliseconds(400) }
            try await withServer(limits: limits, execution: .executor) { server in
                let time = try await blocking {
                    let connection = try RawConnection(port: server.port)
                    let start = ContinuousClock.now
                    try connection.send(Array(request.utf8.prefix(60)))
                    for byte in request.utf8.dropFirst(60) {
                        usleep(5_000)
                        guard (try? connection.send([byte])) != nil else { break }
                    }
                    return start.duration(to: .now)
                }
                // Its last byte would be sent after 50 s.
                #expect(time > .milliseconds(350) && time < .seconds(20))
                #expect(try await ask(server, Self.get).status == 200)
            }
        }

        @Test("A connection that asks nothing closes, and so does one that asks nothing more")
        func silence() async throws {
            for isServed in [false, true] {
                // The other of the two would end it long after the client has given up.
                let limits = Self.limits {
                    $0.requestTimeout = isServed ? .seconds(60) : .milliseconds(300)
                    $0.idleTimeout = isServed ? 1 : 60
                }
                try await withServer(limits: limits, execution: .executor) { server in
                    let time = try await blocking {
                        let client = try RawConnection(port: server.port)
                        if isServed {
                            try client.send(Self.get)
                            _ = try client.receive()
                        }
                        let start = ContinuousClock.now
                        _ = try client.isClosedByServer()
                        return start.duration(to: .now)
                    }
                    #expect(time > (isServed ? .milliseconds(900) : .milliseconds(250)))
                }
            }
        }

        @Test("A handler may take longer than a client", arguments: [Execution.executor, .readingThread])
        func slowHandler(execution: Execution) async throws {
            let limits = Self.limits { $0.requestTimeout = .milliseconds(200) }
            let handler: @Sendable (HTTPRequest) async -> HTTPResponse = { _ in
                try? await Task.sleep(for: .milliseconds(700))
                return HTTPResponse(status: 200)
            }
            try await withServer(limits: limits, execution: execution, handler: handler) { server in
                let answer = try await ask(server, Self.get)
                #expect(answer.status == 200)
            }
        }

        @Test("Past the connections, the one leaves that has kept the server waiting longest")
        func oldestConnection() async throws {
            let limits = Self.limits { $0.maximumConnections = 4 }
            try await withServer(limits: limits, execution: .executor) { server in
                let (first, others, newest) = try await blocking {
                    let waiting = try (0..<4).map { _ in
                        let connection = try RawConnection(port: server.port)
                        try connection.send(String(Self.post.prefix(30)))
                        usleep(20_000)
                        return connection
                    }
                    let newest = try RawConnection(port: server.port)
                    try newest.send(Self.get)
                    let status = try newest.receive().status
                    let isFirstGone = try waiting[0].isClosedByServer()
                    let others = try waiting.dropFirst().map { connection in
                        try connection.send("\(Self.post.dropFirst(30))\(String(repeating: "x", count: 8000))")
                        return try connection.receive().status
                    }
                    return (isFirstGone, others, status)
                }
                #expect(first)
                #expect(others == [200, 200, 200])
                #expect(newest == 200)
            }
        }

        @Test("Of ten times as many connections the newest are served, and all descriptors come back")
        func flood() async throws {
            let limits = Self.limits { $0.maximumConnections = 50 }
            try await withServer(limits: limits, execution: .executor) { server in
                let statuses = try await blocking {
                    var open: [RawConnection] = []
                    var statuses: Set<Int> = []
                    for _ in 0..<500 {
                        let connection = try RawConnection(port: server.port)
                        try? connection.send(Self.post)
                        open.append(connection)
                        let client = try RawConnection(port: server.port)
                        try client.send(Self.get)
                        statuses.insert(try client.receive().status)
                    }
                    return statuses
                }
                #expect(statuses == [200])
            }
        }

        @Test("Past the bytes of unfinished bodies, those leave that are the oldest")
        func oldestBody() async throws {
            let limits = Self.limits { $0.maximumUnfinishedBytes = 20_000 }
            try await withServer(limits: limits, execution: .executor) { server in
                let (isFirstGone, rest) = try await blocking {
                    let waiting = try (0..<3).map { _ in
                        let connection = try RawConnection(port: server.port)
                        try connection.send(Self.post + String(repeating: "x", count: 7_999))
                        usleep(50_000)
                        return connection
                    }
                    let rest = try waiting.dropFirst().map { connection in
                        try connection.send("x")
                        return try connection.receive().status
                    }
                    return (try waiting[0].isClosedByServer(), rest)
                }
                #expect(isFirstGone)
                #expect(rest == [200, 200])
            }
        }

        @Test("Past a peer's own bytes the oldest of its requests leaves, but for those without such a limit")
        func bytesOfAPeer() async throws {
            for isUnlimited in [false, true] {
                let limits = Self.limits {
                    $0.maximumUnfinishedBytesPerAddress = 10_000
                    $0.unlimitedPeers = isUnlimited ? [IPAddressBlock("127.0.0.0/8")].compactMap(\.self) : []
                }
                try await withServer(limits: limits, execution: .executor) { server in
                    let (first, second) = try await blocking {
                        let part = String(repeating: "x", count: 7_999)
                        let first = try RawConnection(port: server.port)
                        try first.send(Self.post + part)
                        usleep(50_000)
                        let second = try RawConnection(port: server.port)
                        try second.send(Self.post + part)
                        usleep(50_000)
                        try second.send("x")
                        try? first.send("x")
                        return (try? first.receive().status, try second.receive().status)
                    }
                    #expect((first == 200) == isUnlimited)
                    #expect(second == 200)
                }
            }
        }

        @Test("What is never refused is answered beside as many handlers as may run")
        func reserved() async throws {
            let gate = Gate()
            let limits = Self.limits { $0.maximumRequestsInFlight = 2 }
            let server = try HTTPServer(
                on: ListeningSocket(host: "127.0.0.1", port: 0),
                limits: limits,
                rejection: word,
                responder: { request in
                    let isHealth = request.path == "/health"
                    return HTTPResponder(execution: .executor, isReserved: isHealth) {
                        if !isHealth { await gate.pass() }
                        return HTTPResponse(status: 200)
                    }
                }
            )
            async let first = ask(server, Self.get)
            async let second = ask(server, Self.get)
            await gate.arrival(of: 2)
            for _ in 1...100 {
                #expect(try await ask(server, Self.get).status == 503)
                #expect(try await ask(server, "GET /health HTTP/1.1\r\nHost: h\r\n\r\n").status == 200)
            }
            await gate.open()
            #expect(try await [first.status, second.status] == [200, 200])
            await server.stop()
        }
    }
}
