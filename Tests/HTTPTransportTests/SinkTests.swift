import HTTPTransport
import Synchronization
import Testing

extension HTTPTransportTests {
    @Suite("Sinks") struct SinkTests {
        /// Keeps what it takes, but for its content, and refuses from some part on.
        private final class Sink: BodySink {
            struct Taken {
                var sizes: [Int] = []
                var sum = 0
            }

            let maximumSize: Int
            let partSize = 64 << 10
            let refuses: Int
            let delay: Duration
            private let taken = Mutex(Taken())

            init(maximumSize: Int, refuses: Int = .max, delay: Duration = .zero) {
                self.maximumSize = maximumSize
                self.refuses = refuses
                self.delay = delay
            }

            var state: Taken { taken.withLock { $0 } }

            func take(_ part: [UInt8]) async -> Bool {
                if delay > .zero { try? await Task.sleep(for: delay) }
                let sum = part.reduce(0) { $0 + Int($1) }
                return taken.withLock { taken in
                    taken.sizes.append(part.count)
                    taken.sum += sum
                    return taken.sizes.count < refuses
                }
            }
        }

        private static func with(_ sink: Sink, _ body: (HTTPServer) async throws -> Void) async throws {
            var limits = HTTPServerLimits()
            limits.maximumBodySize = 1000
            let server = try HTTPServer(
                on: ListeningSocket(host: "127.0.0.1", port: 0),
                limits: limits,
                sink: { $0.method == "PUT" ? sink : nil },
                rejection: word,
                responder: { request in
                    let text = "\(request.body.count) \(request.sink != nil)"
                    return HTTPResponder(execution: .readingThread) {
                        HTTPResponse(status: 200, body: Array(text.utf8))
                    }
                }
            )
            do {
                try await body(server)
            } catch {
                await server.stop()
                throw error
            }
            await server.stop()
        }

        private static func put(_ length: Int, body: Int? = nil) -> [UInt8] {
            let head = "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: \(length)\r\n\r\n"
            return Array(head.utf8) + (0..<(body ?? length)).map { UInt8(truncatingIfNeeded: $0) }
        }

        private static func ask(_ server: HTTPServer, _ requests: [UInt8]...) async throws -> [RawResponse] {
            try await blocking {
                let connection = try RawConnection(port: server.port)
                return try requests.map { request in
                    try connection.send(request)
                    return try connection.receive()
                }
            }
        }

        private static func status(_ server: HTTPServer, _ request: [UInt8]) async throws -> [Int] {
            let answers = try await ask(server, request)
            return answers.map { $0.status }
        }

        private static func body(_ server: HTTPServer, _ request: [UInt8]) async throws -> [String] {
            let answers = try await ask(server, request)
            return answers.map { $0.body }
        }

        @Test(
            "A body comes in equal parts and whole, and the connection serves on",
            arguments: [0, 1, 999, 65_535, 65_536, 65_537, 131_072, 3_000_001]
        )
        func parts(size: Int) async throws {
            let sink = Sink(maximumSize: 4_000_000)
            try await Self.with(sink) { server in
                let plain = Array("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc".utf8)
                let answers = try await Self.ask(server, Self.put(size), plain)
                #expect(answers.map(\.status) == [200, 200])
                #expect(answers.map(\.body) == ["0 true", "3 false"])
                let state = sink.state
                #expect(state.sizes.reduce(0, +) == size)
                #expect(state.sizes.dropLast().allSatisfy { $0 == sink.partSize })
                #expect(state.sum == (0..<size).reduce(0) { $0 + $1 % 256 })
            }
        }

        @Test("While a part is taken, the client waits")
        func slowSink() async throws {
            let sink = Sink(maximumSize: 4_000_000, delay: .milliseconds(5))
            try await Self.with(sink) { server in
                let answer1 = try await Self.status(server, Self.put(1_000_000))
                #expect(answer1 == [200])
                #expect(sink.state.sizes.reduce(0, +) == 1_000_000)
            }
        }

        @Test("What the sink doesn't want is thrown away, and the handler answers")
        func refusal() async throws {
            let sink = Sink(maximumSize: 4_000_000, refuses: 2)
            try await Self.with(sink) { server in
                let answer2 = try await Self.body(server, Self.put(3_000_000))
                #expect(answer2 == ["0 true"])
                #expect(sink.state.sizes == [sink.partSize, sink.partSize])
            }
        }

        @Test("More than it takes is refused, and so is a long body without a sink")
        func limits() async throws {
            let sink = Sink(maximumSize: 200_000)
            try await Self.with(sink) { server in
                let answer3 = try await Self.status(server, Self.put(200_001))
                #expect(answer3 == [413])
                let answer4 = try await Self.status(server, Self.put(200_000))
                #expect(answer4 == [200])
                let chunk = "1000\r\n" + String(repeating: "x", count: 4096) + "\r\n0\r\n\r\n"
                let chunked = "PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n\(chunk)"
                let answer5 = try await Self.status(server, Array(chunked.utf8))
                #expect(answer5 == [413])
                #expect(sink.state.sizes.reduce(0, +) == 200_000)
            }
        }

        @Test("A server may stop while parts are taken one after the other")
        func stopsAmidParts() async throws {
            // Without a delay the next part is there before the last has quite left.
            let sink = Sink(maximumSize: 4_000_000)
            let unfinished = Self.put(3_000_000, body: 1_000_000)
            for _ in 1...20 {
                try await Self.with(sink) { server in
                    await withTaskGroup(of: Void.self) { group in
                        for _ in 1...4 {
                            // How it ends is not the subject.
                            group.addTask { _ = try? await Self.ask(server, unfinished) }
                        }
                        let before = sink.state.sizes.count
                        while sink.state.sizes.count < before + 4 { await Task.yield() }
                        await server.stop()
                    }
                }
            }
        }

        @Test("A client that leaves in the middle, and a server that stops, leave nothing behind")
        func departure() async throws {
            let sink = Sink(maximumSize: 4_000_000, delay: .milliseconds(50))
            try await Self.with(sink) { server in
                try await blocking {
                    for _ in 0..<10 {
                        let connection = try RawConnection(port: server.port)
                        try connection.send(Self.put(3_000_000, body: 200_000))
                    }
                    let last = try RawConnection(port: server.port)
                    last.resetOnClose()
                    try last.send(Self.put(3_000_000, body: 100_000))
                }
                await server.drain(within: .milliseconds(100))
            }
        }
    }
}
