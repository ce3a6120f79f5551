import Dispatch
import HTTPTransport

/// Runs `body` against a server on a free port of loopback, and stops the server. If it isn't said where handlers
/// begin, it does so twice, both ways.
func withServer<Result>(
    limits: HTTPServerLimits = HTTPServerLimits(),
    execution: Execution? = nil,
    handler: @escaping @Sendable (HTTPRequest) async -> HTTPResponse = echo,
    _ body: (HTTPServer) async throws -> Result
) async throws -> Result {
    guard let execution else {
        _ = try await withServer(limits: limits, execution: .executor, handler: handler, body)
        return try await withServer(limits: limits, execution: .readingThread, handler: handler, body)
    }
    let server = try HTTPServer(
        on: ListeningSocket(host: "127.0.0.1", port: 0),
        limits: limits,
        rejection: word,
        responder: { request in HTTPResponder(execution: execution) { await handler(request) } }
    )
    do {
        let result = try await body(server)
        await server.stop()
        return result
    } catch {
        await server.stop()
        throw error
    }
}

/// Runs blocking code on a thread that Swift's tasks don't share, lest it starve the handlers it waits for.
func blocking<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue(label: "blocking").async {
            continuation.resume(with: Swift.Result { try body() })
        }
    }
}

/// Sends `text` on a connection of its own and reads one response.
func ask(_ server: HTTPServer, _ text: String) async throws -> RawResponse {
    try await blocking {
        let connection = try RawConnection(port: server.port)
        try connection.send(text)
        return try connection.receive()
    }
}

/// A server that echoes.
func echoServer(host: String = "127.0.0.1", port: UInt16 = 0) throws -> HTTPServer {
    try HTTPServer(
        on: ListeningSocket(host: host, port: port),
        rejection: word,
        responder: { request in HTTPResponder(execution: .executor) { await echo(request) } }
    )
}

/// Answers with everything that the handler saw, a line each, then an empty line and the body.
@Sendable func echo(_ request: HTTPRequest) async -> HTTPResponse {
    let fields = request.headers.fields.map { "\($0.name)=\($0.value)" }
    let lines = ["\(request.method) \(request.path) \(request.query ?? "-") \(request.remoteAddress)"] + fields
    let text = lines.joined(separator: "\n") + "\n\n"
    return HTTPResponse(status: 200, headers: ["Content-Type": "text/plain"], body: Array(text.utf8) + request.body)
}

@Sendable func word(_ rejection: HTTPRejection, _ request: HTTPRequest) -> HTTPResponse {
    let status =
        switch rejection {
        case .bodyTooLarge: 413
        case .headersTooLarge: 431
        case .malformed: 400
        case .overloaded, .stopping: 503
        }
    return HTTPResponse(status: status, body: Array("\(rejection)".utf8))
}
