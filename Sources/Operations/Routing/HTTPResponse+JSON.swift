package import HTTPTransport

extension HTTPResponse {
    /// A JSON text, which caches keep for so many seconds; not at all without.
    package static func json(_ status: Int, _ text: String, cacheSeconds: Int? = nil) -> HTTPResponse {
        var headers: HTTPHeaders = ["Content-Type": "application/json"]
        headers.append("Cache-Control", cacheSeconds.map { "public, max-age=\($0)" } ?? "no-store")
        return HTTPResponse(status: status, headers: headers, body: Array(text.utf8))
    }

    /// The answer to a method that a path doesn't have.
    static func methodNotAllowed(_ allowed: String, hasBody: Bool = true) -> HTTPResponse {
        var response =
            hasBody ? HTTPResponse.json(405, #"{"message":"Method Not Allowed"}"#) : HTTPResponse(status: 405)
        response.headers.append("Allow", allowed)
        return response
    }
}
