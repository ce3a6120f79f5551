import HTTPTransport
import OperatingSystem
import Testing

extension HTTPTransportTests {
    @Suite("Limits") struct LimitTests {
        private static func limits(body: Int) -> HTTPServerLimits {
            var limits = HTTPServerLimits()
            limits.maximumBodySize = body
            return limits
        }

        private static func post(_ field: String, _ body: String) -> String {
            "POST / HTTP/1.1\r\nHost: h\r\n\(field)\r\n\r\n\(body)"
        }

        private static func chunked(_ sizes: Int...) -> String {
            let chunks = sizes.map { String($0, radix: 16) + "\r\n" + String(repeating: "x", count: $0) + "\r\n" }
            return post("Transfer-Encoding: chunked", chunks.joined() + "0\r\n\r\n")
        }

        @Test("A chunked body is put together")
        func chunkedBody() async throws {
            try await withServer { server in
                let body = "3;ext=1\r\nabc\r\n1\r\nd\r\n0\r\nTrailer: t\r\n\r\n"
                let answer = try await ask(server, Self.post("Transfer-Encoding: chunked", body))
                #expect(answer.body.hasSuffix("\n\nabcd"))
                #expect(!answer.body.contains("Trailer"))
            }
        }

        @Test("A body of exactly the limit passes, one byte more doesn't", arguments: [1000, 100_000])
        func bodyLimit(limit: Int) async throws {
            try await withServer(limits: Self.limits(body: limit)) { server in
                let exact = String(repeating: "x", count: limit)
                let requests = [
                    (Self.post("Content-Length: \(limit)", exact), 200),
                    (Self.post("Content-Length: \(limit + 1)", exact + "x"), 413),
                    (Self.chunked(limit / 2, limit - limit / 2), 200),
                    (Self.chunked(limit / 2, limit - limit / 2 + 1), 413),
                    (Self.chunked(limit + 1), 413),
                ]
                for (request, status) in requests {
                    let answer = try await ask(server, request)
                    #expect(answer.status == status)
                    #expect(answer.body.hasSuffix(status == 413 ? "bodyTooLarge" : exact))
                    #expect(answer["Connection"] == (status == 413 ? "close" : nil))
                }
            }
        }

        @Test("A hopelessly large length is refused before the body comes")
        func refusesLengthAtOnce() async throws {
            try await withServer(limits: Self.limits(body: 1000)) { server in
                let answer = try await ask(server, Self.post("Content-Length: 99999999", ""))
                #expect(answer.status == 413)
            }
        }

        @Test("An endless chunked body is cut off")
        func cutsOffEndlessBody() async throws {
            try await withServer(limits: Self.limits(body: 1000)) { server in
                _ = await #expect(throws: RawConnection.Failure.self) {
                    try await blocking {
                        let connection = try RawConnection(port: server.port)
                        try connection.send(Self.post("Transfer-Encoding: chunked", ""))
                        while true {
                            try connection.send("400\r\n" + String(repeating: "x", count: 1024) + "\r\n")
                        }
                    }
                }
            }
        }

        @Test("Expect: 100-continue is granted for a body that fits and refused for one that doesn't")
        func expectContinue() async throws {
            try await withServer(limits: Self.limits(body: 1000)) { server in
                let statuses = try await blocking {
                    let connection = try RawConnection(port: server.port)
                    try connection.send(Self.post("Expect: 100-continue\r\nContent-Length: 3", ""))
                    let interim = try connection.receive().status
                    try connection.send("abc")
                    let final = try connection.receive().status
                    try connection.send(Self.post("Expect: 100-continue\r\nContent-Length: 1001", ""))
                    return [interim, final, try connection.receive().status]
                }
                #expect(statuses == [100, 200, 413])
            }
        }

        @Test("A query of thousands of arguments passes")
        func manyArguments() async throws {
            try await withServer { server in
                let query = (1...2500).map { "a\($0)" }.joined(separator: "&")
                let answer = try await ask(server, "GET /a?\(query) HTTP/1.1\r\nHost: h\r\n\r\n")
                #expect(answer.body.hasPrefix("GET /a \(query) "))
            }
        }

        @Test("16 KiB of header pass, more gets 431, far more gets 431, and the server lives on")
        func headerLimit() async throws {
            try await withServer { server in
                let frame = "GET / HTTP/1.1\r\nHost: h\r\nX: \r\n\r\n".utf8.count
                for (size, status) in [(16_384, 200), (16_385, 431), (20_000, 431), (200_000, 431)] {
                    let value = String(repeating: "v", count: size - frame)
                    let request = "GET / HTTP/1.1\r\nHost: h\r\nX: \(value)\r\n\r\n"
                    // libmicrohttpd answers before it has read all, so sending may fail where receiving doesn't.
                    let answer = try await blocking {
                        let connection = try RawConnection(port: server.port)
                        try? connection.send(request)
                        return try connection.receive()
                    }
                    #expect(answer.status == status)
                    if size == 16_385 { #expect(answer.body == "headersTooLarge") }
                }
                let manyFields = (1...200).map { "X-Field-Number-\($0): some value\r\n" }.joined()
                let answer = try await ask(server, "GET / HTTP/1.1\r\nHost: h\r\n\(manyFields)\r\n")
                #expect(answer.status == 200)
            }
        }

        @Test(
            "Past the requests in flight the next is told at once, and its connection stays good",
            arguments: [Execution.executor, .readingThread]
        )
        func overload(execution: Execution) async throws {
            var limits = HTTPServerLimits()
            limits.maximumRequestsInFlight = 2
            let gate = Gate()
            let handler: @Sendable (HTTPRequest) async -> HTTPResponse = { _ in
                await gate.pass()
                return HTTPResponse(status: 200)
            }
            try await withServer(limits: limits, execution: execution, handler: handler) { server in
                let get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"
                async let first = ask(server, get)
                async let second = ask(server, get)
                await gate.arrival(of: 2)
                let third = try await ask(server, get)
                #expect(third.status == 503)
                #expect(third.body == "overloaded")
                #expect(third["Connection"] == nil)
                await gate.open()
                #expect(try await [first.status, second.status] == [200, 200])
                #expect(try await ask(server, get).status == 200)
            }
        }

        @Test("Those who wait for somebody outside hold up nobody, and are bounded themselves")
        func outside() async throws {
            var limits = HTTPServerLimits()
            limits.maximumRequestsInFlight = 2
            limits.maximumRequestsWaiting = 3
            let gate = Gate()
            let handler: @Sendable (HTTPRequest) async -> HTTPResponse = { request in
                if request.path == "/outside" { await RequestPlace.whileWaiting { await gate.pass() } }
                return HTTPResponse(status: 200)
            }
            try await withServer(limits: limits, execution: .executor, handler: handler) { server in
                let outside = "GET /outside HTTP/1.1\r\nHost: h\r\n\r\n"
                let get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"
                try await withThrowingTaskGroup(of: Int.self) { group in
                    // One after the other, as each has a place until it gives it back.
                    for number in 1...3 {
                        group.addTask { try await ask(server, outside).status }
                        await gate.arrival(of: number)
                    }
                    for _ in 0..<4 { #expect(try await ask(server, get).status == 200) }
                    // A fourth and a fifth keep their places, and so there is none.
                    for _ in 0..<2 { group.addTask { try await ask(server, outside).status } }
                    await gate.arrival(of: 5)
                    #expect(try await ask(server, get).body == "overloaded")
                    await gate.open()
                    for try await status in group { #expect(status == 200) }
                }
                for _ in 0..<4 { #expect(try await ask(server, get).status == 200) }
            }
        }

        @Test("Those who waited, and all go on at once, hold up nobody, until there are too many of them")
        func returned() async throws {
            var limits = HTTPServerLimits()
            limits.maximumRequestsInFlight = 2
            limits.maximumRequestsReturned = 3
            let (outside, after) = (Gate(), Gate())
            let handler: @Sendable (HTTPRequest) async -> HTTPResponse = { request in
                if request.path == "/outside" {
                    await RequestPlace.whileWaiting { await outside.pass() }
                    await after.pass()
                }
                return HTTPResponse(status: 200)
            }
            try await withServer(limits: limits, execution: .executor, handler: handler) { server in
                let waits = "GET /outside HTTP/1.1\r\nHost: h\r\n\r\n"
                let get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for number in 1...3 {
                        group.addTask { try await ask(server, waits).status }
                        await outside.arrival(of: number)
                    }
                    await outside.open()
                    await after.arrival(of: 3)
                    #expect(try await ask(server, get).status == 200)
                    group.addTask { try await ask(server, waits).status }
                    await after.arrival(of: 4)
                    #expect(try await ask(server, get).body == "overloaded")
                    await after.open()
                    for try await status in group { #expect(status == 200) }
                }
                #expect(try await ask(server, get).status == 200)
            }
        }

        @Test("The bodies held at once are bounded")
        func bufferedBodies() async throws {
            var limits = HTTPServerLimits()
            limits.maximumUnfinishedBytes = 10_000
            try await withServer(limits: limits) { server in
                let large = String(repeating: "x", count: 10_001)
                let refused = try await ask(server, Self.post("Content-Length: 10001", large))
                #expect(refused.body == "overloaded")
                for _ in 1...5 {
                    let answer = try await ask(server, Self.post("Content-Length: 6000", String(large.prefix(6000))))
                    #expect(answer.status == 200)
                }
            }
        }
    }
}
