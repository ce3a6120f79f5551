package import Domain
package import HTTPTransport

/// The cookie that a browser's sign-in is known by: `cognito`. At the plain host, which serves every pool, its name
/// says of which pool it is.
package struct SSOCookie: Sendable {
    /// How long browsers keep it, in seconds, unless the client trusts the sign-in for longer (developer guide,
    /// "Managed login": one hour).
    private static let lifetime = 3600

    /// A longer value is none of ours, in bytes.
    private static let longestValue = 128

    private let name: String
    private let isSecure: Bool

    package init(of poolID: String, at site: LoginSite) {
        name = site.poolID == nil ? "cognito-\(poolID)" : "cognito"
        isSecure = site.isSecure
    }

    /// The value that the browser sent; nil where it sent none of ours.
    package func value(in request: HTTPRequest) -> String? {
        request.cookie(name).flatMap { $0.utf8.count <= Self.longestValue ? $0 : nil }
    }

    /// Has the browser keep it.
    package func set(_ value: String, for client: AppClient, in response: inout HTTPResponse) {
        let lifetime = max(Self.lifetime, client.ssoMinutes * 60)
        response.setCookie(name, value, lifetime: lifetime, isSecure: isSecure)
    }

    /// Has the browser forget it.
    package func clear(in response: inout HTTPResponse) {
        response.setCookie(name, "", lifetime: 0, isSecure: isSecure)
    }
}

extension HTTPRequest {
    /// The value of a cookie (RFC 6265 section 5.4); nil where the browser sent none, or several of the name, of which
    /// one may be another host's.
    package func cookie(_ name: String) -> String? {
        let values = headers.values("Cookie").flatMap { $0.split(separator: ";") }.compactMap { pair -> Substring? in
            let text = pair.drop { $0 == " " }
            guard text.hasPrefix("\(name)=") else { return nil }
            return text.dropFirst(name.count + 1)
        }
        return values.count == 1 && !values[0].isEmpty ? String(values[0]) : nil
    }
}

extension HTTPResponse {
    /// Sets a cookie that no script reads and that comes along when a user follows a link here, for so many seconds;
    /// without, for as long as the browser is open.
    package mutating func setCookie(_ name: String, _ value: String, lifetime: Int? = nil, isSecure: Bool) {
        var text = "\(name)=\(value); Path=/"
        if let lifetime { text += "; Max-Age=\(lifetime)" }
        if isSecure { text += "; Secure" }
        headers.append("Set-Cookie", text + "; HttpOnly; SameSite=Lax")
    }
}
