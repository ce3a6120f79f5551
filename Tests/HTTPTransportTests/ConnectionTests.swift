import HTTPTransport
import Testing

extension HTTPTransportTests {
    @Suite("Connections") struct ConnectionTests {
        private static let get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"

        @Test("A connection serves one request after another")
        func keepAlive() async throws {
            try await withServer { server in
                let bodies = try await blocking {
                    let connection = try RawConnection(port: server.port)
                    return try (1...3).map { number in
                        try connection.send("GET /\(number) HTTP/1.1\r\nHost: h\r\n\r\n")
                        return try connection.receive().body.prefix(6)
                    }
                }
                #expect(bodies == ["GET /1", "GET /2", "GET /3"])
            }
        }

        @Test("Pipelined requests are answered in order")
        func pipelined() async throws {
            try await withServer { server in
                let bodies = try await blocking {
                    let connection = try RawConnection(port: server.port)
                    try connection.send(
                        (1...20).map { "POST /\($0) HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi" }.joined()
                    )
                    return try (1...20).map { _ in try connection.receive().body.split(separator: " ")[1] }
                }
                #expect(bodies == (1...20).map { "/\($0)" })
            }
        }

        @Test("HTTP/1.0 is served, and closes unless asked to stay")
        func version10() async throws {
            try await withServer { server in
                let (statuses, isClosed) = try await blocking {
                    let connection = try RawConnection(port: server.port)
                    try connection.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                    let first = try connection.receive().status
                    try connection.send("GET /b HTTP/1.0\r\n\r\n")
                    let second = try connection.receive().status
                    return ([first, second], try connection.isClosedByServer())
                }
                #expect(statuses == [200, 200])
                #expect(isClosed)
            }
        }

        @Test("Connection: close is honoured")
        func closes() async throws {
            try await withServer { server in
                let isClosed = try await blocking {
                    let connection = try RawConnection(port: server.port)
                    try connection.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                    _ = try connection.receive()
                    return try connection.isClosedByServer()
                }
                #expect(isClosed)
            }
        }

        @Test("A request that comes byte by byte is served, and holds up nobody")
        func byteByByte() async throws {
            var limits = HTTPServerLimits()
            limits.workerThreads = 1
            try await withServer(limits: limits) { server in
                let (slow, quick) = try await blocking {
                    let connection = try RawConnection(port: server.port)
                    let bytes = Array("POST /slow HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc".utf8)
                    for byte in bytes.dropLast() {
                        try connection.send([byte])
                    }
                    let other = try RawConnection(port: server.port)
                    try other.send(Self.get)
                    let quick = try other.receive()
                    try connection.send(bytes.suffix(1))
                    return (try connection.receive(), quick)
                }
                #expect(quick.status == 200)
                #expect(slow.body.hasPrefix("POST /slow"))
                #expect(slow.body.hasSuffix("\n\nabc"))
            }
        }

        /// Both ways at once, and on one server: the shortest timeout that libmicrohttpd has is a second.
        @Test("Idle connections are closed after the timeout, which stands still while a handler runs")
        func idleTimeout() async throws {
            async let one: Void = Self.outlastTimeout(.executor)
            async let other: Void = Self.outlastTimeout(.readingThread)
            _ = try await (one, other)
        }

        private static func outlastTimeout(_ execution: Execution) async throws {
            var limits = HTTPServerLimits()
            limits.idleTimeout = 1
            let gate = Gate()
            let handler: @Sendable (HTTPRequest) async -> HTTPResponse = { _ in
                await gate.pass()
                return HTTPResponse(status: 200)
            }
            try await withServer(limits: limits, execution: execution, handler: handler) { server in
                async let held = ask(server, Self.get)
                await gate.arrival(of: 1)
                let start = ContinuousClock.now
                let areClosed = try await blocking {
                    let unfinished = ["", "GET / HTT", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc"]
                    let connections = try unfinished.map { sent in
                        let connection = try RawConnection(port: server.port)
                        try connection.send(sent)
                        return connection
                    }
                    return try connections.map { try $0.isClosedByServer() }
                }
                let waited = ContinuousClock.now - start
                #expect(areClosed == [true, true, true])
                #expect(waited > .milliseconds(900))
                await gate.open()
                #expect(try await held.status == 200)
            }
        }

        @Test("A client that leaves while its handler runs harms nobody", arguments: [true, false])
        func clientLeaves(byReset: Bool) async throws {
            let gate = Gate()
            let handler: @Sendable (HTTPRequest) async -> HTTPResponse = { request in
                if request.path == "/held" { await gate.pass() }
                return HTTPResponse(status: 200, body: [UInt8](repeating: 65, count: 200_000))
            }
            try await withServer(handler: handler) { server in
                try await blocking {
                    for _ in 1...50 {
                        let connection = try RawConnection(port: server.port)
                        try connection.send("GET /held HTTP/1.1\r\nHost: h\r\n\r\n")
                        if byReset { connection.resetOnClose() }
                    }
                }
                // A reset may overtake the request, so fewer than 50 can arrive.
                if !byReset { await gate.arrival(of: 50) }
                await gate.open()
                #expect(try await ask(server, Self.get).status == 200)
                await server.drain(within: .seconds(10))
            }
        }

        @Test("1,000 requests whose handlers all wait at once are all answered")
        func thousandAtOnce() async throws {
            let gate = Gate()
            let handler: @Sendable (HTTPRequest) async -> HTTPResponse = { request in
                await gate.pass()
                return HTTPResponse(status: 200, body: Array(request.path.utf8))
            }
            try await withServer(handler: handler) { server in
                async let answers = blocking {
                    let connections = try (0..<1000).map { number in
                        let connection = try RawConnection(port: server.port)
                        try connection.send("GET /\(number) HTTP/1.1\r\nHost: h\r\n\r\n")
                        return connection
                    }
                    return try connections.map { try $0.receive().body }
                }
                await gate.arrival(of: 1000)
                await gate.open()
                let bodies = try await answers
                #expect(bodies == (0..<1000).map { "/\($0)" })
            }
        }

        @Test("One address may hold no more connections than granted: the one that idles longest makes room")
        func perAddressLimit() async throws {
            var limits = HTTPServerLimits()
            limits.maximumConnectionsPerAddress = 2
            try await withServer(limits: limits) { server in
                let (statuses, isClosed) = try await blocking {
                    let connections = try (1...3).map { _ in
                        let connection = try RawConnection(port: server.port)
                        try connection.send(Self.get)
                        return (connection, try connection.receive().status)
                    }
                    try connections[1].0.send(Self.get)
                    let again = try connections[1].0.receive().status
                    return (connections.map(\.1) + [again], try connections[0].0.isClosedByServer())
                }
                #expect(statuses == [200, 200, 200, 200])
                #expect(isClosed)
            }
        }
    }
}
