import Cryptography
import Domain
import HTTPTransport
import OAuth
import Operations

/// What keeps other sites from sending our forms in a browser's name: a token that a cookie and every form have, and a
/// look at where the browser says that the form was.
///
/// The token alone would do, were it not for sibling hosts, which can set the cookie (RFC 6265 section 8.6).
struct AntiForgery: Sendable {
    static let cookie = "XSRF-TOKEN"

    /// As long as a UUID.
    private static let length = 36

    /// The token that the browser has, or else gets.
    let token: String
    private let sent: String?

    /// Draws a token where the browser has none.
    init(_ request: HTTPRequest, identifiers: IdentifierGenerator) throws {
        sent = request.cookie(Self.cookie).flatMap { Self.isToken($0) ? $0 : nil }
        token = try sent ?? identifiers.uuid()
    }

    /// Whether the form is one of ours, in the browser that got it. In constant time.
    func admits(_ form: FormParameters, of routed: RoutedRequest, at site: LoginSite) -> Bool {
        guard let sent, !Self.isFromElsewhere(routed, site) else { return false }
        let names = [FieldName.antiForgery(.managedLogin), FieldName.antiForgery(.classic)]
        guard let given = names.lazy.compactMap({ form[$0] }).first else { return false }
        return constantTimeEqual(given, sent)
    }

    /// Whether the browser says that another site's page made the request. One that says nothing is judged by the
    /// token.
    private static func isFromElsewhere(_ routed: RoutedRequest, _ site: LoginSite) -> Bool {
        let headers = routed.http.headers
        let own = ownOrigins(routed, site)
        return headers.values("Origin").contains { !own.contains($0.lowercased()) }
            || headers.values("Sec-Fetch-Site").contains { !["same-origin", "none"].contains($0) }
    }

    /// The site's address, and the one that was asked for: the plain host has several names, such as `localhost`.
    private static func ownOrigins(_ routed: RoutedRequest, _ site: LoginSite) -> Set<String> {
        var origins: Set = [site.url.lowercased()]
        if let host = routed.http.headers["Host"], HTTPRequest.hostName(host) == routed.context.hostName {
            origins.insert("\(site.isSecure ? "https" : "http")://\(host.lowercased())")
        }
        return origins
    }

    private static func isToken(_ text: String) -> Bool {
        text.utf8.count == length
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0) || $0 == UInt8(ascii: "-")
            }
    }
}
