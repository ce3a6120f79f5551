import HTML
import HTTPTransport

extension HTTPResponse {
    /// A page.
    static func page(_ html: HTML, status: Int = 200) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: ["Content-Type": "text/html; charset=utf-8"],
            body: html.bytes
        )
    }

    /// Has the browser get another page of ours. `303`, so that what it sent isn't sent again.
    static func seeOther(_ link: LinkURL) -> HTTPResponse {
        HTTPResponse(status: 303, headers: ["Location": link.text])
    }

    /// Adds what all answers of pages say: that nobody keeps them, frames them, or runs anything in them but our own
    /// script.
    ///
    /// `form-action` isn't among it: Chromium holds every redirect that follows a form against it, and a sign-in ends
    /// with one to the client, which may lead on to anywhere. Nor is `no-referrer`, under which browsers don't say
    /// either of which origin a form of ours is; other sites get no referrer all the same.
    mutating func protect(isSecure: Bool) {
        headers.set(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; base-uri 'none'; "
                + "frame-ancestors 'none'"
        )
        headers.set("Cache-Control", "no-store")
        headers.set("Referrer-Policy", "same-origin")
        headers.set("X-Content-Type-Options", "nosniff")
        headers.set("X-Frame-Options", "DENY")
        headers.set("Cross-Origin-Resource-Policy", "same-origin")
        if isSecure { headers.set("Strict-Transport-Security", "max-age=31536000") }
    }
}
