/// One answer. The transport adds `Date`, `Content-Length` and, where it must, `Connection`.
package struct HTTPResponse: Sendable {
    /// The status code, 200 to 599. Another value goes out as 500 without a body.
    package var status: Int
    /// The header fields. A name that isn't a token and a value with a control character are left out, as are
    /// `Content-Length` and `Transfer-Encoding`, which the transport owns.
    package var headers: HTTPHeaders
    /// The body. It isn't sent to `HEAD`, nor with 204 and 304.
    package var body: [UInt8]

    /// A response of these parts.
    package init(status: Int, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
