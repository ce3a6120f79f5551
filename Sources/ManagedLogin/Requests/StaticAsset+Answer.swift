package import HTTPTransport

extension StaticAsset {
    /// The file, which browsers keep: its URL names its content.
    package func answer(to request: HTTPRequest) -> HTTPResponse {
        let isKnown = request.headers["If-None-Match"] == etag
        return HTTPResponse(
            status: isKnown ? 304 : 200,
            headers: [
                "Content-Type": contentType, "Cache-Control": "public, max-age=31536000, immutable", "ETag": etag,
                "Content-Security-Policy": contentSecurityPolicy, "X-Content-Type-Options": "nosniff",
                "Cross-Origin-Resource-Policy": "same-origin",
            ],
            body: isKnown ? [] : bytes
        )
    }
}
