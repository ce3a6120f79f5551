import CognitoModel
import HTTPTransport
import Testing

@testable import Operations

@Suite("The router")
struct RouterTests {
    private static func route(
        _ method: Route.Method,
        _ path: PathPattern,
        _ execution: Execution = .executor
    ) -> Route {
        let name = "\(method.rawValue) \(path.text)"
        return Route(method, host: .any, path: path, crossOrigin: .everyOrigin, execution: execution, name: name) {
            request,
            _ in .json(200, "\(name) \(request.parameters["userPoolId"])")
        }
    }

    private static let router = Router([
        route(.get, "/things", .readingThread), route(.post, "/things"), route(.get, "/{userPoolId}/keys"),
        route(.post, "/only"), route(.get, "/fixed/keys"),
        Route(.post, host: .any, path: "/", crossOrigin: .everyOrigin, otherMethods: .notFound) { request in
            Endpoint(execution: request.query == "here" ? .readingThread : .executor) { _, trace in
                trace.name = request.query
                return .json(200, "chosen")
            }
        },
    ])

    private static func request(_ method: String, _ path: String, query: String? = nil) -> HTTPRequest {
        HTTPRequest(method: method, path: path, query: query, remoteAddress: "127.0.0.1")
    }

    private static func answer(_ request: HTTPRequest) async throws -> HTTPResponse {
        let match = router.match(request)
        let context = RequestContext(
            id: "1",
            now: Timestamp(milliseconds: 0),
            peerAddress: request.remoteAddress,
            headers: request.headers
        )
        var trace = RequestTrace()
        let routed = RoutedRequest(http: request, context: context, parameters: match.parameters)
        return try await match.endpoint.answer(routed, &trace)
    }

    private static func text(_ response: HTTPResponse) -> String { String(decoding: response.body, as: UTF8.self) }

    @Test(
        "finds the route of a method and a path, with its parameters",
        arguments: [
            ("GET", "/things", "GET /things "), ("POST", "/things", "POST /things "),
            ("GET", "/a_b/keys", "GET /{userPoolId}/keys a_b"), ("GET", "/%2F/keys", "GET /{userPoolId}/keys %2F"),
            ("GET", "/fixed/keys", "GET /fixed/keys "),
        ]
    )
    func finds(method: String, path: String, expected: String) async throws {
        #expect(try await Self.text(Self.answer(Self.request(method, path))) == expected)
    }

    @Test("HEAD goes with GET")
    func head() async throws {
        #expect(try await Self.text(Self.answer(Self.request("HEAD", "/things"))) == "GET /things ")
        #expect(Self.router.match(Self.request("HEAD", "/only")).name == "POST /only")
    }

    @Test(
        "another path is not found",
        arguments: ["/nothing", "/things/", "//keys", "/a/b/keys", "/a/keys/", "things", "", "*", "/Things", "/only/x"]
    )
    func notFound(path: String) async throws {
        for method in ["GET", "POST", "PUT", "HEAD"] {
            let request = Self.request(method, path)
            let answer = try await Self.answer(request)
            #expect(answer.status == 404)
            #expect(Self.text(answer) == #"{"message":"Not Found"}"#)
            #expect(Self.router.match(request).name == nil)
            #expect(Self.router.match(request).endpoint.execution == .readingThread)
        }
    }

    @Test(
        "another method is told which are allowed",
        arguments: [
            ("PUT", "/things", "GET, HEAD, POST"), ("GET", "/only", "POST"), ("POST", "/pool/keys", "GET, HEAD"),
            ("get", "/things", "GET, HEAD, POST"),
        ]
    )
    func notAllowed(method: String, path: String, allowed: String) async throws {
        let answer = try await Self.answer(Self.request(method, path))
        #expect(answer.status == 405)
        #expect(answer.headers["Allow"] == allowed)
    }

    @Test("a path that shows no other methods isn't there for them", arguments: ["GET", "HEAD", "PUT", "DELETE"])
    func hidden(method: String) async throws {
        #expect(try await Self.answer(Self.request(method, "/")).status == 404)
    }

    @Test("where it runs is the route's word, or that of what it chooses")
    func execution() {
        #expect(Self.router.match(Self.request("GET", "/things")).endpoint.execution == .readingThread)
        #expect(Self.router.match(Self.request("POST", "/things")).endpoint.execution == .executor)
        #expect(Self.router.match(Self.request("POST", "/", query: "here")).endpoint.execution == .readingThread)
        #expect(Self.router.match(Self.request("POST", "/", query: "there")).endpoint.execution == .executor)
    }

    @Test("OPTIONS is answered for every path, and grants what is asked for", arguments: ["/", "/things", "/nothing"])
    func preflight(path: String) async throws {
        var request = Self.request("OPTIONS", path)
        let plain = try await Self.answer(request)
        #expect(plain.status == 200)
        #expect(plain.headers["Access-Control-Allow-Methods"] == "GET,POST,HEAD,OPTIONS")
        #expect(plain.headers["Access-Control-Allow-Headers"] == "Content-Type,X-Amz-Target,X-Amz-User-Agent")
        request.headers.append("Access-Control-Request-Headers", "x-mine")
        #expect(try await Self.answer(request).headers["Access-Control-Allow-Headers"] == "x-mine")
    }

    @Test("a policy adds its headers to any answer")
    func crossOrigin() {
        var response = HTTPResponse(status: 200)
        CrossOriginPolicy.everyOrigin.addHeaders(to: &response)
        #expect(response.headers["Access-Control-Allow-Origin"] == "*")
        #expect(
            response.headers["Access-Control-Expose-Headers"]
                == "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date"
        )
    }
}
