package import HTTPTransport

/// Which pages of other origins may read a route's answers.
package struct CrossOriginPolicy: Sendable {
    /// Pages of every origin, as with Cognito. Every answer says so, errors too.
    package static let everyOrigin = CrossOriginPolicy(
        origin: "*",
        methods: "GET,POST,HEAD,OPTIONS",
        exposedHeaders: "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date"
    )

    private static let preflightLifetime = "172800"

    private let origin: String
    private let methods: String
    private let exposedHeaders: String

    /// Adds what an answer must say.
    package func addHeaders(to response: inout HTTPResponse) {
        response.headers.append("Access-Control-Allow-Origin", origin)
        response.headers.append("Access-Control-Expose-Headers", exposedHeaders)
    }

    /// The answer to `OPTIONS`: what the browser asks to send, it may.
    func preflight(_ request: HTTPRequest) -> HTTPResponse {
        var response = HTTPResponse(status: 200)
        response.headers.append("Access-Control-Allow-Methods", methods)
        let asked = request.headers["Access-Control-Request-Headers"]
        response.headers.append("Access-Control-Allow-Headers", asked ?? "Content-Type,X-Amz-Target,X-Amz-User-Agent")
        response.headers.append("Access-Control-Max-Age", Self.preflightLifetime)
        return response
    }
}
