import HTTPTransport

/// Cross-origin rules: browsers may call from anywhere, as with Cognito, and every answer says so, errors too.
enum CrossOrigin {
    private static let preflightLifetime = "172800"

    static func addHeaders(to response: inout HTTPResponse) {
        response.headers.append("Access-Control-Allow-Origin", "*")
        response.headers.append(
            "Access-Control-Expose-Headers",
            "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date"
        )
    }

    /// The answer to `OPTIONS`: what the browser asks to send, it may.
    static func preflight(_ request: HTTPRequest) -> HTTPResponse {
        var response = HTTPResponse(status: 200)
        response.headers.append("Access-Control-Allow-Methods", "GET,POST,HEAD,OPTIONS")
        let asked = request.headers["Access-Control-Request-Headers"]
        response.headers.append("Access-Control-Allow-Headers", asked ?? "Content-Type,X-Amz-Target,X-Amz-User-Agent")
        response.headers.append("Access-Control-Max-Age", preflightLifetime)
        return response
    }
}
