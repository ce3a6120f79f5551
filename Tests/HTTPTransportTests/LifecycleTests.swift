import Glibc
import HTTPTransport
import Testing

extension HTTPTransportTests {
    @Suite("Life of a server") struct LifecycleTests {
        private static let get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"

        @Test(
            "Draining refuses new connections, finishes what is in flight, and closes its connections",
            arguments: [Execution.executor, .readingThread]
        )
        func drains(execution: Execution) async throws {
            let gate = Gate()
            let handler: @Sendable (HTTPRequest) async -> HTTPResponse = { _ in
                await gate.pass()
                return HTTPResponse(status: 200, body: Array("late".utf8))
            }
            try await withServer(execution: execution, handler: handler) { server in
                async let held = blocking {
                    let connection = try RawConnection(port: server.port)
                    try connection.send(Self.get)
                    return (try connection.receive(), try connection.isClosedByServer())
                }
                await gate.arrival(of: 1)
                server.stopAccepting()
                let refusal = await #expect(throws: RawConnection.Failure.self) {
                    try await blocking { _ = try RawConnection(port: server.port) }
                }
                #expect(refusal?.code == ECONNREFUSED)
                async let drained: Void = server.drain(within: .seconds(10))
                await gate.open()
                await drained
                let (answer, isClosed) = try await held
                #expect(answer.body == "late")
                #expect(answer["Connection"] == "close")
                #expect(isClosed)
            }
        }

        @Test(
            "A handler that doesn't end in time is cancelled, and its client told",
            arguments: [Execution.executor, .readingThread]
        )
        func drainGivesUp(execution: Execution) async throws {
            let gate = Gate()
            let (cancellations, cancellation) = AsyncStream<Void>.makeStream()
            let handler: @Sendable (HTTPRequest) async -> HTTPResponse = { _ in
                await gate.pass()
                if (try? await Task.sleep(for: .seconds(60))) == nil { cancellation.yield() }
                return HTTPResponse(status: 200)
            }
            await gate.open()
            try await withServer(execution: execution, handler: handler) { server in
                async let answer = ask(server, Self.get)
                await gate.arrival(of: 1)
                await server.drain(within: .milliseconds(10))
                let refusal = try await answer
                #expect(refusal.status == 503)
                #expect(refusal.body == "stopping")
            }
            var iterator = cancellations.makeAsyncIterator()
            #expect(await iterator.next() != nil)
        }

        @Test(
            "Stopping while handlers run closes their connections, and they may end later",
            arguments: [Execution.executor, .readingThread]
        )
        func stopsWithSuspended(execution: Execution) async throws {
            let gate = Gate()
            let ended = Gate()
            let handler: @Sendable (HTTPRequest) async -> HTTPResponse = { _ in
                await gate.pass()
                await ended.pass()
                return HTTPResponse(status: 200)
            }
            let count = 100
            let connections = try await withServer(execution: execution, handler: handler) { server in
                let connections = try (0..<count).map { _ in try RawConnection(port: server.port) }
                for connection in connections { try connection.send(Self.get) }
                await gate.arrival(of: count)
                await server.stop()
                return connections
            }
            await gate.open()
            await ended.arrival(of: count)
            await ended.open()
            #expect(connections.count == count)
        }

        @Test("Stopping twice, at once and again, is harmless, and lets the server go")
        func stopsTwice() async throws {
            weak var remaining: HTTPServer?
            do {
                let server = try echoServer()
                remaining = server
                #expect(try await ask(server, Self.get).status == 200)
                async let first: Void = server.stop()
                async let second: Void = server.stop()
                _ = await (first, second)
                await server.stop()
                await server.drain(within: .seconds(1))
                server.stopAccepting()
            }
            // The last thread that ran for it may be a moment behind.
            let deadline = ContinuousClock.now + .seconds(10)
            while remaining != nil, ContinuousClock.now < deadline { await Task.yield() }
            #expect(remaining == nil)
        }

        @Test("Stopping under fire neither crashes nor hangs")
        func stopsUnderFire() async throws {
            for _ in 1...30 {
                try await withServer { server in
                    await withTaskGroup(of: Void.self) { group in
                        for _ in 1...8 {
                            group.addTask {
                                // Until the server is gone; how it goes is not the subject.
                                try? await blocking {
                                    while true {
                                        let connection = try RawConnection(port: server.port)
                                        try connection.send(Self.get + Self.get + Self.get)
                                        for _ in 1...3 { _ = try connection.receive() }
                                    }
                                }
                            }
                        }
                        try? await Task.sleep(for: .milliseconds(Int.random(in: 0...20)))
                        await server.stop()
                    }
                }
            }
        }

        @Test("100 servers come and go without a descriptor left behind")
        func leavesNoDescriptors() async throws {
            try await withServer { server in _ = try await ask(server, Self.get) }
            let before = Self.serversDescriptors([])
            var ports: Set<UInt16> = []
            for _ in 1...100 {
                ports = try await withServer(execution: .executor) { server in
                    let answer = try await ask(server, Self.get)
                    #expect(answer.status == 200)
                    return ports.union([server.port])
                }
            }
            // One descriptor lost for each server would be 100.
            #expect(Self.serversDescriptors(ports) < before + 20)
        }

        @Test("Who connects before the server serves waits, and is answered then")
        func bindsBeforeItServes() async throws {
            let socket = try ListeningSocket(host: "127.0.0.1", port: 0)
            let port = socket.port
            let early = try RawConnection(port: port)
            try early.send(Self.get)
            let server = try HTTPServer(
                on: socket,
                rejection: word,
                responder: { request in HTTPResponder(execution: .executor) { await echo(request) } }
            )
            #expect(server.port == port)
            let answer = try early.receive()
            #expect(answer.status == 200)
            await server.stop()
        }

        @Test("A socket that nobody serves is closed when it goes")
        func closesUnservedSocket() throws {
            let port = try Self.portOfClosedSocket()
            let refusal = #expect(throws: RawConnection.Failure.self) { _ = try RawConnection(port: port) }
            #expect(refusal?.code == ECONNREFUSED)
        }

        private static func portOfClosedSocket() throws -> UInt16 {
            let socket = try ListeningSocket(host: "127.0.0.1", port: 0)
            return socket.port
        }

        @Test("An address that can't be listened on is a clear error")
        func cannotListen() async throws {
            #expect(throws: TransportError.invalidHost("example.com")) {
                try echoServer(host: "example.com")
            }
            try await withServer { server in
                let error = #expect(throws: TransportError.self) {
                    try echoServer(port: server.port)
                }
                #expect(
                    error?.description == "can't listen on 127.0.0.1 port \(server.port): Address already in use"
                )
            }
        }

        @Test("The host :: serves IPv4 as well, and shows the peer as IPv4", .enabled(if: Self.hasVersion6))
        func dualStack() async throws {
            let server = try echoServer(host: "::")
            let answer = try await ask(server, Self.get)
            #expect(answer.body.hasPrefix("GET / - 127.0.0.1\n"))
            await server.stop()
        }

        private static var hasVersion6: Bool { unsafe access("/proc/net/if_inet6", F_OK) == 0 }

        /// How many descriptors are such as servers have: those of epoll threads, and sockets of these ports. The tests
        /// beside this one have others, hundreds of them.
        private static func serversDescriptors(_ ports: Set<UInt16>) -> Int {
            (0..<Int32(clamping: sysconf(Int32(_SC_OPEN_MAX)))).count { descriptor in
                isOfEpoll(descriptor) || port(of: descriptor).map(ports.contains) == true
            }
        }

        private static func isOfEpoll(_ descriptor: Int32) -> Bool {
            var target = [CChar](repeating: 0, count: 64)
            let length = unsafe readlink("/proc/self/fd/\(descriptor)", &target, target.count)
            let text = String(decoding: target.prefix(max(length, 0)).map(UInt8.init(bitPattern:)), as: UTF8.self)
            return text == "anon_inode:[eventpoll]" || text == "anon_inode:[eventfd]"
        }

        /// Which port of IPv4 a descriptor is bound to; nil if it is none of such a socket.
        private static func port(of descriptor: Int32) -> UInt16? {
            var address = sockaddr_in()
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let status = unsafe withUnsafeMutablePointer(to: &address) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    unsafe getsockname(descriptor, $0, &length)
                }
            }
            return status == 0 && address.sin_family == sa_family_t(AF_INET) ? address.sin_port.bigEndian : nil
        }
    }
}
