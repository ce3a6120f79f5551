package import CognitoModel
package import HTTPTransport

/// What is known of a request beside its input.
package struct RequestContext: Sendable {
    /// The `x-amzn-RequestId` of the answer, and of the log line.
    package let id: String
    /// The moment of the request: one for all that it does.
    package let now: Timestamp
    /// The IP address that the request comes from, behind the proxies that are trusted. Empty if it isn't known.
    package let peerAddress: String
    /// The name that the client reached us by, in lower case and without a port. Empty if it isn't known.
    package let hostName: String
    /// Who signed the request; nil if it wasn't signed, or needn't be.
    package let administrator: Administrator?
    private let headers: HTTPHeaders

    /// The context of a request that nobody has been proven to have signed.
    package init(id: String, now: Timestamp, peerAddress: String, hostName: String = "", headers: HTTPHeaders) {
        self.init(
            id: id,
            now: now,
            peerAddress: peerAddress,
            hostName: hostName,
            headers: headers,
            administrator: nil
        )
    }

    private init(
        id: String,
        now: Timestamp,
        peerAddress: String,
        hostName: String,
        headers: HTTPHeaders,
        administrator: Administrator?
    ) {
        self.id = id
        self.now = now
        self.peerAddress = peerAddress
        self.hostName = hostName
        self.headers = headers
        self.administrator = administrator
    }

    /// What the client says of itself.
    package var userAgent: String? { headers["User-Agent"] }

    /// The same request, signed by that administrator.
    func signed(by administrator: Administrator?) -> RequestContext {
        RequestContext(
            id: id,
            now: now,
            peerAddress: peerAddress,
            hostName: hostName,
            headers: headers,
            administrator: administrator
        )
    }
}
