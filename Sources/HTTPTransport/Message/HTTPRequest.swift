/// One request, complete with its body.
package struct HTTPRequest: Sendable {
    /// The method as sent: `GET`, `POST`, `OPTIONS`, …
    package var method: String
    /// What stands before `?` in the request target. Percent escapes are left as they came.
    package var path: String
    /// What stands after the first `?`, escaped as it came; nil without a `?`.
    package var query: String?
    /// The header fields, without trailers.
    package var headers: HTTPHeaders
    /// The body after transfer decoding. Empty in the requests that a rejection is worded for, and where a sink took
    /// it.
    package var body: [UInt8]
    /// What took the body.
    package var sink: (any BodySink)?
    /// The peer's IP address as text, without the port. An IPv4 peer of a dual-stack socket shows as IPv4.
    package var remoteAddress: String

    /// A request of these parts.
    package init(
        method: String,
        path: String,
        query: String? = nil,
        headers: HTTPHeaders = [:],
        body: [UInt8] = [],
        remoteAddress: String
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.remoteAddress = remoteAddress
    }
}
