import Cryptography
import Domain
import HTTPTransport
package import Operations
package import UserPools

/// Proves which client asks, by HTTP Basic or by parameters of the form (RFC 6749 section 2.3.1). A client without a
/// secret names itself.
package struct ClientAuthentication: Sendable {
    private let sites: LoginSites

    package init(sites: LoginSites) { self.sites = sites }

    /// The client. Throws `OAuthError` where it isn't known or its secret is wrong; both secrets do while they are
    /// exchanged. No statement where the client is kept in the process.
    package func client(_ routed: RoutedRequest, _ form: FormParameters) async throws -> PublicClient {
        guard let header = routed.http.headers["Authorization"] else {
            guard let id = form["client_id"] else { throw OAuthError(.invalidRequest) }
            return try await client(id, secrets: [form["client_secret"]], routed, refusal: OAuthError(.invalidClient))
        }
        // Section 5.2: who tried it by the header is told so by the header.
        let refusal = OAuthError(.invalidClient, status: 401, challenge: #"Basic realm="oauth2""#)
        guard let basic = Self.basic(header) else { throw refusal }
        // One way to authenticate at a time (section 2.3).
        guard form["client_secret"] == nil, form["client_id"].map({ basic.ids.contains($0) }) ?? true else {
            throw OAuthError(.invalidRequest)
        }
        return try await client(basic.ids[0], secrets: basic.secrets, routed, refusal: refusal)
    }

    private func client(
        _ id: String,
        secrets: [String?],
        _ routed: RoutedRequest,
        refusal: OAuthError
    ) async throws -> PublicClient {
        let site = try await sites.site(of: routed)
        guard let client = try await sites.client(id, at: site), secrets.contains(where: client.client.hasSecret) else {
            throw refusal
        }
        return client
    }

    /// Id and secret of the header: form-encoded, as the RFC has it, and as they stand there, as most clients send
    /// them.
    private static func basic(_ header: String) -> (ids: [String], secrets: [String?])? {
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "basic", let bytes = Base64.decode(String(parts[1])) else {
            return nil
        }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let (id, secret) = (String(text[..<colon]), String(text[text.utf8.index(after: colon)...]))
        func decoded(_ part: String) -> String { FormParameters("x=\(part)")["x"] ?? "" }
        return ([id, decoded(id)], [secret, decoded(secret)])
    }
}
