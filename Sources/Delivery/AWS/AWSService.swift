package import AWSSignature
import CognitoModel
import NetworkClient

/// A service of AWS in a region, or what speaks as it does, to which requests are signed.
package struct AWSService: Sendable {
    private let name: String
    private let region: String
    private let base: String
    private let credentials: any CredentialSource

    /// `base` is in place of AWS's own endpoint, and doesn't end in a slash.
    package init(_ name: String, host: String, region: String, base: String?, credentials: any CredentialSource) {
        self.name = name
        self.region = region
        self.base = base ?? "https://\(host).\(region).amazonaws.com\(region.hasPrefix("cn-") ? ".cn" : "")"
        self.credentials = credentials
    }

    func post(
        _ path: String,
        type: String,
        _ body: [UInt8],
        at now: Timestamp
    ) throws(NetworkFailure) -> HTTPClientRequest {
        let text = base + path
        let url = try HTTPURL(text)
        guard let keys = credentials.credentials() else { throw .malformed("there are no keys to sign by") }
        let headers = [(name: "Content-Type", value: type)]
        let signed = RequestSigner(credentials: keys, region: region, service: name).headers(
            method: "POST",
            host: url.authority,
            path: url.path,
            query: url.query,
            headers: headers,
            body: body,
            at: AmazonDate(milliseconds: now.milliseconds)
        )
        return HTTPClientRequest(
            method: "POST",
            url: text,
            headers: (headers + signed).map { ($0.name, $0.value) },
            body: body
        )
    }
}
