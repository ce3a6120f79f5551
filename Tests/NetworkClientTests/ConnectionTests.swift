import HTTPTransport
import NetworkClient
import Testing

@Suite("Connections of the HTTP client", .timeLimit(.minutes(1))) struct ConnectionTests {
    private static let answering: @Sendable (Peer) throws -> Void = { peer in
        while true {
            _ = try peer.request()
            try peer.send(ok("\(peer.number)"))
        }
    }

    @Test("A connection is used again")
    func reuse() async throws {
        try await withPeer(script: Self.answering) { client, server in
            for _ in 0..<20 { _ = try await client.send(get(server)) }
            #expect(server.connections == 1)
        }
    }

    @Test("What the server closed while it was idle is replaced without a word")
    func closedWhileIdle() async throws {
        let script: @Sendable (Peer) throws -> Void = { peer in
            _ = try peer.request()
            try peer.send(ok("\(peer.number)"))
        }
        try await withPeer(script: script) { client, server in
            for number in 1...10 {
                let body = try await client.send(get(server)).body
                #expect(body == Array("\(number)".utf8))
            }
        }
    }

    @Test("A connection that the server ends instead of answering is replaced, if it had served before")
    func closedInsteadOfAnswer() async throws {
        let script: @Sendable (Peer) throws -> Void = { peer in
            _ = try peer.request()
            try peer.send(ok("\(peer.number)"))
            _ = try peer.request()
        }
        try await withPeer(script: script) { client, server in
            _ = try await client.send(get(server))
            let answer = try await client.send(get(server))
            #expect(answer.body == Array("2".utf8))
        }
    }

    @Test("A kept connection doesn't get around another request's address policy")
    func policyOfKeptConnection() async throws {
        try await withPeer(script: Self.answering) { client, server in
            _ = try await client.send(get(server))
            await #expect(throws: NetworkFailure.refusedAddress) {
                try await client.send(get(server, path: "/secret", policy: .publicOnly))
            }
            #expect(!server.lines.contains { $0.contains("/secret") })
        }
    }

    @Test(
        "An address that the policy forbids isn't connected to, however it is written",
        arguments: [
            "127.0.0.1", "localhost", "2130706433", "0x7f000001", "017700000001", "127.1", "0", "[::ffff:127.0.0.1]",
            "[::1]",
        ]
    )
    func refused(host: String) async throws {
        try await withPeer(script: Self.answering) { client, server in
            let request = HTTPClientRequest(
                method: "GET",
                url: "http://\(host):\(server.port)/",
                addressPolicy: .publicOnly
            )
            await #expect(throws: NetworkFailure.refusedAddress) { try await client.send(request) }
            #expect(server.connections == 0)
        }
    }

    @Test("A hundred at once", arguments: [128, 7])
    func concurrency(atOnce: Int) async throws {
        let server = try HTTPServer(
            on: ListeningSocket(host: "127.0.0.1", port: 0),
            rejection: { _, _ in HTTPResponse(status: 500) },
            responder: { request in
                HTTPResponder(execution: .executor) {
                    try? await Task.sleep(for: .milliseconds(20))
                    return HTTPResponse(status: 200, body: Array((request.query ?? "").utf8))
                }
            }
        )
        var limits = NetworkClientLimits()
        limits.concurrentTransfers = atOnce
        let url = "http://127.0.0.1:\(server.port)/?"
        try await withClient(limits: limits) { client in
            try await withThrowingTaskGroup { group in
                for number in 0..<100 {
                    group.addTask {
                        let request = HTTPClientRequest(
                            method: "GET",
                            url: "\(url)\(number)",
                            addressPolicy: .anyAddress
                        )
                        let body = try await client.send(request).body
                        return String(decoding: body, as: UTF8.self) == "\(number)"
                    }
                }
                var right = 0
                for try await isRight in group { right += isRight ? 1 : 0 }
                #expect(right == 100)
            }
        }
        await server.stop()
    }

    @Test("Who waits too long for others, or comes when too many wait, has sent nothing")
    func overload() async throws {
        var limits = NetworkClientLimits()
        limits.concurrentTransfers = 1
        limits.waitingTransfers = 1
        try await withPeer(limits: limits, script: { $0.awaitEnd() }) { client, server in
            await withThrowingTaskGroup { group in
                group.addTask { _ = try await client.send(get(server, path: "/holds")) }
                while server.connections == 0 { await Task.yield() }
                var second = get(server, path: "/waits")
                second.timeout = .milliseconds(100)
                let waiting = second
                await #expect(throws: NetworkFailure.overloaded) { try await client.send(waiting) }
                #expect(!server.lines.contains { $0.contains("/waits") })

                let third = get(server, path: "/waits")
                group.addTask { _ = try await client.send(third) }
                // One of the two finds no place, as they come in any order.
                group.addTask { _ = try await client.send(third) }
                let failure = await group.nextResult()
                #expect(throws: NetworkFailure.overloaded) { try failure?.get() }
                group.cancelAll()
                while let result = await group.nextResult() {
                    #expect(throws: NetworkFailure.cancelled) { try result.get() }
                }
            }
        }
    }

    @Test("A cancelled task ends its transfer, and closes the connection")
    func cancellation() async throws {
        let (ends, end) = AsyncStream<Int>.makeStream()
        let script: @Sendable (Peer) throws -> Void = { peer in
            _ = try peer.request()
            peer.awaitEnd()
            end.yield(peer.number)
        }
        try await withPeer(script: script) { client, server in
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    await #expect(throws: NetworkFailure.cancelled) { try await client.send(get(server)) }
                }
                while !server.lines.contains("") { await Task.yield() }
                group.cancelAll()
            }
            for await number in ends {
                #expect(number == 1)
                break
            }
            await withTaskGroup(of: Void.self) { group in
                group.cancelAll()
                group.addTask {
                    await #expect(throws: NetworkFailure.cancelled) { try await client.send(get(server)) }
                }
            }
        }
    }

    @Test("Closing cancels what is under way and refuses the rest; it may be done twice, and unused")
    func close() async throws {
        let unused = NetworkClient()
        await unused.close()
        await unused.close()
        try await withPeer(script: { $0.awaitEnd() }) { client, server in
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<5 {
                    group.addTask {
                        await #expect(throws: NetworkFailure.cancelled) { try await client.send(get(server)) }
                    }
                }
                while server.connections < 5 { await Task.yield() }
                await client.close()
            }
            await client.close()
            await #expect(throws: NetworkFailure.cancelled) { try await client.send(get(server)) }
        }
    }

    @Test("A client that isn't used for a while lets go of its connections, and begins anew")
    func idle() async throws {
        let (ends, end) = AsyncStream<Int>.makeStream()
        let script: @Sendable (Peer) throws -> Void = { peer in
            defer { end.yield(peer.number) }
            try Self.answering(peer)
        }
        var limits = NetworkClientLimits()
        limits.idleTimeout = .milliseconds(50)
        try await withPeer(limits: limits, script: script) { client, server in
            var ended = ends.makeAsyncIterator()
            for number in 1...3 {
                let answer = try await client.send(get(server))
                #expect(answer.body == Array("\(number)".utf8))
                #expect(await ended.next() == number)
            }
        }
    }
}
