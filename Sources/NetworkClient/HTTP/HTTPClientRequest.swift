/// One request that we send.
package struct HTTPClientRequest: Sendable {
    /// `GET`, `POST`, …
    package var method: String
    /// An absolute URL of `http` or `https`, without a user in it.
    package var url: String
    /// The header fields in order. `Host`, `Content-Length` and what else frames the message are ours to send.
    package var headers: [(String, String)]
    /// The body; empty for none, but in a `POST`, `PUT` or `PATCH`.
    package var body: [UInt8]
    /// For everything, from the call to the last byte of the answer.
    package var timeout: Duration = .seconds(10)
    /// For the name, the connection and TLS.
    package var connectTimeout: Duration = .seconds(5)
    /// The most bytes of the answer's body.
    package var maximumResponseSize = 1 << 20
    /// Whether all is said with the status: an answer whose body is too long, is cut short or doesn't end in time is one
    /// all the same.
    package var asksForStatusAlone = false
    /// Whose word is taken for who the server is.
    package var trust = TLSTrust.system
    /// Which addresses may be connected to: none but public ones, where whoever sends it doesn't say otherwise.
    package var addressPolicy: AddressPolicy

    /// A request of these parts.
    package init(
        method: String,
        url: String,
        headers: [(String, String)] = [],
        body: [UInt8] = [],
        addressPolicy: AddressPolicy = .publicOnly
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.addressPolicy = addressPolicy
    }
}
