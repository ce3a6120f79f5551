/// Why the transport answers a request itself, without the handler.
///
/// The `rejection` closure of `HTTPServer` words these answers. A few come from libmicrohttpd before there is a request
/// to word them for, without a body: 431 and 414 for a header that overflows the connection's memory, 400 and 413 for a
/// length that isn't a number or too large for one, 400 for a line that isn't a field, 505 for another version. What
/// isn't HTTP at all is cut off without an answer.
package enum HTTPRejection: Sendable {
    /// The body is larger than `maximumBodySize`, or its sink's. Answer 413. The connection closes. The rest of the
    /// body is read and thrown away first, so that the client sees the answer; one that sends over four times the limit
    /// is cut off.
    case bodyTooLarge
    /// Request line and header fields are larger than `maximumHeaderSize`. Answer 431. The connection closes.
    case headersTooLarge
    /// `Host` is missing or repeated, a field or the target has characters it can't have, a line doesn't end in CR LF
    /// or is continued, or it is ambiguous where the body ends, as in request smuggling. Answer 400. The connection
    /// closes.
    case malformed
    /// As many requests as allowed are being handled, or its body alone is more than may be held. Answer 429 or 503.
    case overloaded
    /// The server stopped before the handler answered. Answer 503.
    case stopping

    var closesConnection: Bool {
        switch self {
        case .bodyTooLarge, .headersTooLarge, .malformed, .stopping: true
        case .overloaded: false
        }
    }
}
