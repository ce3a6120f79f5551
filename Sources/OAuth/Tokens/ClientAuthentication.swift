import Cryptography
import Domain
import HTTPTransport
package import Operations
package import UserPools

/// Proves which client asks, by HTTP Basic or by parameters of the form (RFC 6749 section 2.3.1). A client without a secret names
/// itself.
package struct ClientAuthentication: Sendable {
    private let sites: LoginSites

    package init(sites: LoginSites) { self.sites = sites }

    /// The client. Throws `OAuthError` where it isn't known or its secret is wrong; both secrets do while they are exchanged.
    package func client(_ routed: RoutedRequest, _ form: FormParameters) async throws -> PublicClient {
        let basic = try Self.basic(routed.http)
        // One way to authenticate at a time (section 2.3).
        if let basic, form["client_secret"] != nil || form["client_id"].map({ $0 != basic.id }) == true {
            throw OAuthError(.invalidRequest)
        }
        guard let id = basic?.id ?? form["client_id"] else { throw OAuthError(.invalidRequest) }
        let site = try await sites.site(of: routed)
        guard let client = try await sites.client(id, at: site),
            client.client.hasSecret(basic?.secret ?? form["client_secret"])
        else { throw OAuthError(.invalidClient) }
        return client
    }

    /// Id and secret of an `Authorization` header, which both are form-encoded there; nil without one.
    private static func basic(_ request: HTTPRequest) throws -> (id: String, secret: String)? {
        guard let header = request.headers["Authorization"] else { return nil }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "basic", let bytes = Base64.decode(String(parts[1])) else {
            throw OAuthError(.invalidRequest)
        }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { throw OAuthError(.invalidClient) }
        func decoded(_ part: Substring) -> String { FormParameters("x=\(part)")["x"] ?? "" }
        return (decoded(text[..<colon]), decoded(text[text.utf8.index(after: colon)...]))
    }
}
