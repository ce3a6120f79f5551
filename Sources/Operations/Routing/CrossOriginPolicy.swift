package import HTTPTransport

/// Which pages may make a route's requests and read the answers.
package enum CrossOriginPolicy: Sendable, Equatable {
    /// Pages of every origin, as with Cognito. Every answer says so, errors too.
    case everyOrigin
    /// Pages that this machine serves, and no others: what needs no proof in dev is not for any page that its developer
    /// happens to look at. The machine is called `localhost`, its addresses, these names, and what is below a name.
    case thisMachine(names: [String])
    /// No page reads the answers but the server's own, as browsers have it where nothing is said.
    case noOrigin

    private static let methods = "GET,POST,HEAD,OPTIONS"
    private static let exposedHeaders = "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date"
    private static let preflightLifetime = "172800"

    /// Why the request may not be made; nil where it may.
    func refusal(of request: HTTPRequest) -> String? {
        guard case .thisMachine(let names) = self else { return nil }
        if request.isFromForeignPage { return "Not for pages of other sites" }
        return request.isForThisMachine(orOneOf: names)
            ? nil : "Only by an IP address, localhost or the name of --domain-base"
    }

    /// Adds what an answer must say.
    package func addHeaders(to response: inout HTTPResponse) {
        guard self != .noOrigin else { return }
        response.headers.append("Access-Control-Allow-Origin", "*")
        response.headers.append("Access-Control-Expose-Headers", Self.exposedHeaders)
    }

    /// The answer to `OPTIONS`: what the browser asks to send, it may.
    func preflight(_ request: HTTPRequest) -> HTTPResponse {
        var response = HTTPResponse(status: 200)
        response.headers.append("Access-Control-Allow-Methods", Self.methods)
        let asked = request.headers["Access-Control-Request-Headers"]
        response.headers.append("Access-Control-Allow-Headers", asked ?? "Content-Type,X-Amz-Target,X-Amz-User-Agent")
        response.headers.append("Access-Control-Max-Age", Self.preflightLifetime)
        return response
    }
}
