import CognitoModel
import Cryptography
import Database
import Domain
import HTTPTransport
import OperatingSystem
import Operations
import Storage
import Synchronization
import Testing

@testable import Server

@Suite("The gateway")
struct GatewayTests {
    /// A gateway to one route, whose handler the test gives.
    private static func gateway(
        trusting proxies: [String] = [],
        clock: TestClock = TestClock(),
        metrics: Metrics = Metrics(),
        answer: @escaping RequestHandler
    ) -> Gateway {
        Gateway(
            router: Router([
                Route(
                    .get,
                    host: .any,
                    path: "/thing",
                    crossOrigin: .everyOrigin,
                    execution: .executor,
                    name: "/a-thing",
                    answer: answer
                )
            ]),
            trustedProxies: TrustedProxies(proxies.compactMap { IPAddressBlock($0) }),
            clock: clock.wallClock,
            identifiers: IdentifierGenerator(random: .system),
            metrics: metrics,
            log: RequestLog(stream: nil)
        )
    }

    private static func request(_ path: String = "/thing", headers: HTTPHeaders = [:]) -> HTTPRequest {
        HTTPRequest(method: "GET", path: path, headers: headers, remoteAddress: "10.0.0.1")
    }

    @Test("a handler is told the peer behind the trusted proxies, the user agent, the moment and the id of the answer")
    func context() async {
        let seen = Mutex<RequestContext?>(nil)
        let clock = TestClock()
        let gateway = Self.gateway(trusting: ["10.0.0.0/8"], clock: clock) { request, _ in
            clock.advance(seconds: 60)
            seen.withLock { $0 = request.context }
            return .json(200, "{}")
        }
        let headers: HTTPHeaders = ["X-Forwarded-For": "6.6.6.6, 198.51.100.7", "User-Agent": "tests"]
        let began = clock.wallClock.now()
        let answer = await gateway.responder(for: Self.request(headers: headers)).respond()
        let context = seen.withLock { $0 }
        #expect(context?.peerAddress == "198.51.100.7")
        #expect(context?.userAgent == "tests")
        #expect(context?.now == began)
        #expect(context?.administrator == nil)
        #expect(answer.headers["x-amzn-RequestId"] == context?.id)
        #expect(context?.id.count == 36)
    }

    @Test("without trusted proxies the peer is who connected, whatever they claim")
    func claims() async {
        let gateway = Self.gateway { request, _ in .json(200, request.context.peerAddress) }
        let request = Self.request(headers: ["X-Forwarded-For": "198.51.100.7"])
        let answer = await gateway.responder(for: request).respond()
        #expect(String(decoding: answer.body, as: UTF8.self) == "10.0.0.1")
    }

    @Test("what a handler throws is worded, and its cause isn't told")
    func errors() async throws {
        struct Secret: Error {}
        let gateway = Self.gateway { _, _ in throw Secret() }
        let answer = Answer(await gateway.responder(for: Self.request()).respond())
        #expect(answer.response.status == 500)
        #expect((answer.errorType, answer.message) == ("InternalErrorException", "Something went wrong"))
        #expect(!String(decoding: answer.response.body, as: UTF8.self).contains("Secret"))
    }

    @Test("every answer names its request and may be read from every origin", arguments: ["/thing", "/nothing"])
    func headers(path: String) async {
        let gateway = Self.gateway { _, _ in .json(200, "{}") }
        let answer = await gateway.responder(for: Self.request(path)).respond()
        #expect(answer.headers["x-amzn-RequestId"]?.isEmpty == false)
        #expect(answer.headers.values("Access-Control-Allow-Origin") == ["*"])
    }

    @Test("a request is counted under its route's name")
    func metrics() async throws {
        try await TestServer.run { server in
            let metrics = Metrics()
            let gateway = Self.gateway(metrics: metrics) { _, _ in .json(200, "{}") }
            _ = await gateway.responder(for: Self.request()).respond()
            _ = await gateway.responder(for: Self.request("/nothing")).respond()
            let text = metrics.exposition(database: server.store.database.statistics)
            #expect(text.contains(#"martlet_requests_total{operation="/a-thing"} 1"#))
            #expect(text.contains(#"martlet_requests_total{operation="unknown"} 1"#))
        }
    }

    @Test("durations are counted in seconds, each bucket with those below it")
    func durations() async throws {
        try await TestServer.run { server in
            let metrics = Metrics()
            for duration in [Duration.milliseconds(250), .seconds(3)] {
                metrics.record(operation: "x", errorType: nil, duration: duration)
            }
            let text = metrics.exposition(database: server.store.database.statistics)
            for (bound, count) in [("0.1", 0), ("0.25", 1), ("2.5", 1), ("10.0", 2), ("+Inf", 2)] {
                #expect(text.contains("martlet_request_seconds_bucket{le=\"\(bound)\",operation=\"x\"} \(count)\n"))
            }
            #expect(text.contains("martlet_request_seconds_sum{operation=\"x\"} 3.25\n"))
            #expect(text.contains("martlet_request_seconds_count{operation=\"x\"} 2\n"))
        }
    }

    @Test("what is refused unread has its status, and is counted")
    func rejections() async throws {
        try await TestServer.run { server in
            let metrics = Metrics()
            let gateway = Self.gateway(metrics: metrics) { _, _ in .json(200, "{}") }
            let statuses: [(HTTPRejection, Int)] = [
                (.bodyTooLarge, 413), (.headersTooLarge, 431), (.malformed, 400), (.overloaded, 400), (.stopping, 503),
            ]
            for (rejection, status) in statuses {
                let answer = gateway.reject(rejection, Self.request())
                #expect(answer.status == status)
                #expect(answer.headers["Access-Control-Allow-Origin"] == "*")
            }
            let text = metrics.exposition(database: server.store.database.statistics)
            #expect(text.contains("martlet_rejections_total 5\n"))
        }
    }

    @Test("where a request runs is its route's word")
    func execution() {
        let gateway = Self.gateway { _, _ in .json(200, "{}") }
        #expect(gateway.responder(for: Self.request()).execution == .executor)
        #expect(gateway.responder(for: Self.request("/nothing")).execution == .readingThread)
    }

    @Test(
        "the application answers its routes where they say",
        arguments: [
            ("GET", "/_martlet/health", 200, Execution.readingThread), ("GET", "/_martlet/metrics", 200, .executor),
            ("HEAD", "/_martlet/messages", 200, .executor), ("POST", "/_martlet/reset", 200, .executor),
            ("GET", "/us-east-1_None/.well-known/jwks.json", 404, .readingThread), ("GET", "/", 404, .readingThread),
            ("PUT", "/_martlet/health", 405, .readingThread),
        ]
    )
    func routes(method: String, path: String, status: Int, execution: Execution) async throws {
        try await TestServer.run { server in
            let request = HTTPRequest(method: method, path: path, remoteAddress: "127.0.0.1")
            let responder = server.application.gateway.responder(for: request)
            #expect(responder.execution == execution)
            #expect(await responder.respond().status == status)
        }
    }

    @Test(
        "an operation says itself where it runs",
        arguments: [("GetUser", Execution.readingThread), ("SignUp", .executor)]
    )
    func operations(name: String, execution: Execution) async throws {
        try await TestServer.run { server in
            let responder = server.application.gateway.responder(for: TestServer.request(name, []))
            #expect(responder.execution == execution)
        }
    }
}
