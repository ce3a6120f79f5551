import NetworkClient
import Testing

@Suite("Bounds of the HTTP client", .timeLimit(.minutes(1))) struct BoundsTests {
    @Test("A body of exactly the bound is taken, one byte more isn't", arguments: [true, false])
    func body(saysItsLength: Bool) async throws {
        let script: @Sendable (Peer) throws -> Void = { peer in
            while true {
                let path = try peer.request().lines[0].split(separator: " ")[1]
                let body = String(repeating: "x", count: Int(path.dropFirst()) ?? 0)
                let chunk = String(body.utf8.count, radix: 16)
                try peer.send(
                    saysItsLength
                        ? ok(body)
                        : "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(chunk)\r\n\(body)\r\n0\r\n\r\n"
                )
            }
        }
        try await withPeer(script: script) { client, server in
            var exact = get(server, path: "/70000")
            exact.maximumResponseSize = 70_000
            let taken = try await client.send(exact)
            #expect(taken.body.count == 70_000)
            var larger = get(server, path: "/70001")
            larger.maximumResponseSize = 70_000
            await #expect(throws: NetworkFailure.tooLarge) { try await client.send(larger) }
            #expect(NetworkFailure.tooLarge.mayHaveBeenReceived)
        }
    }

    @Test("Where the status is enough, a body that is too long, cut short or never ends is no failure")
    func statusAlone() async throws {
        let script: @Sendable (Peer) throws -> Void = { peer in
            switch try peer.request().lines[0].split(separator: " ")[1] {
            case "/long": try peer.send(ok(String(repeating: "x", count: 2000)))
            case "/short": try peer.send("HTTP/1.1 202 OK\r\nContent-Length: 9\r\n\r\nx")
            default:
                try peer.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx")
                peer.awaitEnd()
            }
        }
        try await withPeer(script: script) { client, server in
            for (path, status) in [("/long", 200), ("/short", 202), ("/endless", 200)] {
                var whole = get(server, path: path)
                whole.maximumResponseSize = 1000
                whole.timeout = .seconds(1)
                var enough = whole
                enough.asksForStatusAlone = true
                await #expect(throws: NetworkFailure.self) { try await client.send(whole) }
                let answer = try await client.send(enough)
                #expect(answer.status == status)
            }
        }
    }

    @Test("An endless body is cut off, and its connection closed")
    func endlessBody() async throws {
        let script: @Sendable (Peer) throws -> Void = { peer in
            _ = try peer.request()
            try peer.send("HTTP/1.1 200 OK\r\n\r\n")
            while true { try peer.send(String(repeating: "x", count: 1000)) }
        }
        try await withPeer(script: script) { client, server in
            await #expect(throws: NetworkFailure.tooLarge) { try await client.send(get(server)) }
        }
    }

    @Test(
        "An endless header is cut off, and so are endless interim answers",
        arguments: ["X: y\r\n", "HTTP/1.1 100 Continue\r\n\r\n"]
    )
    func endlessHeader(line: String) async throws {
        let script: @Sendable (Peer) throws -> Void = { peer in
            _ = try peer.request()
            try peer.send(line.hasPrefix("HTTP") ? "" : "HTTP/1.1 200 OK\r\n")
            while true { try peer.send(String(repeating: line, count: 20)) }
        }
        try await withPeer(script: script) { client, server in
            await #expect(throws: NetworkFailure.tooLarge) { try await client.send(get(server)) }
        }
    }

    @Test("Who takes the connection and says nothing is waited for no longer than asked")
    func timeOut() async throws {
        try await withPeer(script: { $0.awaitEnd() }) { client, server in
            var request = get(server)
            request.timeout = .milliseconds(200)
            let begin = ContinuousClock.now
            await #expect(throws: NetworkFailure.timedOut) { try await client.send(request) }
            #expect(begin.duration(to: .now) >= .milliseconds(190))
        }
    }

    @Test("A byte now and then doesn't lengthen the time")
    func slowAnswer() async throws {
        let script: @Sendable (Peer) throws -> Void = { peer in
            _ = try peer.request()
            try peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            while true {
                try peer.send("x")
                pause(milliseconds: 5)
            }
        }
        try await withPeer(script: script) { client, server in
            var request = get(server)
            request.timeout = .milliseconds(300)
            await #expect(throws: NetworkFailure.timedOut) { try await client.send(request) }
        }
    }

    @Test("Who doesn't answer the connection is waited for no longer than asked, and has surely got nothing")
    func connectTimeOut() async throws {
        let server = try UnacceptingServer()
        try await withClient { client in
            var request = HTTPClientRequest(
                method: "GET",
                url: "http://127.0.0.1:\(server.port)/",
                addressPolicy: .anyAddress
            )
            request.connectTimeout = .milliseconds(200)
            request.timeout = .seconds(600)
            await #expect(throws: NetworkFailure.couldNotConnect) { try await client.send(request) }
            #expect(!NetworkFailure.couldNotConnect.mayHaveBeenReceived)
        }
    }

    @Test("Who isn't there, what has no address, and what isn't HTTP")
    func unreachable() async throws {
        let gone = try ScriptedServer { _ in }
        gone.stop()
        try await withPeer(script: { try $0.send("SSH-2.0-OpenSSH\r\n") }) { client, server in
            await #expect(throws: NetworkFailure.couldNotConnect) { try await client.send(get(gone)) }
            let nowhere = HTTPClientRequest(method: "GET", url: "http://nowhere.invalid/", addressPolicy: .anyAddress)
            await #expect(throws: NetworkFailure.couldNotResolve) { try await client.send(nowhere) }
            let failure = await #expect(throws: NetworkFailure.self) { try await client.send(get(server)) }
            guard case .other = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
        }
    }

    @Test("An answer that ends too early is none")
    func interrupted() async throws {
        let script: @Sendable (Peer) throws -> Void = { peer in
            let path = try peer.request().lines[0]
            if path.contains("part") { try peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc") }
            if path.contains("header") { try peer.send("HTTP/1.1 200 OK\r\nContent-") }
        }
        try await withPeer(script: script) { client, server in
            for path in ["/part", "/header", "/nothing"] {
                await #expect(throws: NetworkFailure.interrupted, "\(path)") {
                    try await client.send(get(server, path: path))
                }
            }
            #expect(NetworkFailure.interrupted.mayHaveBeenReceived)
        }
    }
}
