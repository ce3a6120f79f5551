import CognitoModel
import HTTPTransport
import Messaging
import Operations
import Testing
import UserPools

@testable import Server

/// A browser at the pages: it keeps cookies, and sends forms as they are, but for what is filled in.
final class PageBrowser {
    private let cognito: Cognito
    private let host: String
    private(set) var cookies: [String: String] = [:]

    /// A browser at the plain host, or at a pool's domain.
    init(_ cognito: Cognito, host: String = "127.0.0.1:8484") {
        self.cognito = cognito
        self.host = host
    }

    func get(_ target: String, headers: HTTPHeaders = [:]) async -> ShownPage {
        await send("GET", target, body: "", headers: headers)
    }

    /// Posts the form of a page with these fields in place of its own.
    func submit(
        _ page: ShownPage,
        to action: String? = nil,
        headers: HTTPHeaders = [:],
        _ filled: KeyValuePairs<String, String>,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> ShownPage {
        let own = try #require(page.action, "\(page)", sourceLocation: sourceLocation)
        var fields = page.hidden
        for (name, value) in filled { fields[name] = value }
        return await post(action ?? own, fields, headers: headers)
    }

    func post(_ target: String, _ fields: [String: String], headers: HTTPHeaders = [:]) async -> ShownPage {
        var form = FormParameters(nil)
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) { form.append(name, value) }
        return await send("POST", target, body: form.text, headers: headers)
    }

    func forgetCookies() { cookies = [:] }

    private func send(_ method: String, _ target: String, body: String, headers more: HTTPHeaders) async -> ShownPage {
        var headers: HTTPHeaders = ["Host": host, "User-Agent": "Mozilla/5.0"]
        if method == "POST" { headers.append("Content-Type", "application/x-www-form-urlencoded") }
        if !cookies.isEmpty {
            headers.append("Cookie", cookies.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: "; "))
        }
        for field in more.fields { headers.set(field.name, field.value) }
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let request = HTTPRequest(
            method: method,
            path: parts[0],
            query: parts.count > 1 ? parts[1] : nil,
            headers: headers,
            body: Array(body.utf8),
            remoteAddress: "192.0.2.1"
        )
        let page = ShownPage(await cognito.application.gateway.responder(for: request).respond())
        await cognito.application.messages.drain()
        #expect(page.status < 500, "\(method) \(target): \(page)")
        for cookie in page.response.headers.values("Set-Cookie") {
            let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1).map(String.init)
            cookies[pair[0]] = pair.count > 1 ? pair[1] : nil
        }
        return page
    }
}

/// An answer to a browser.
struct ShownPage: CustomStringConvertible {
    let response: HTTPResponse
    let html: String

    init(_ response: HTTPResponse) {
        self.response = response
        html = String(decoding: response.body, as: UTF8.self)
    }

    var status: Int { response.status }
    var location: String? { response.headers["Location"] }
    var description: String { "\(status) \(location ?? "") \(html)" }

    /// What stands between the tags of the heading.
    var heading: String? { html.firstMatch(of: /<h1[^>]*>([^<]*)</).map { Self.plain($0.1) } }

    /// Whether a reader finds that text.
    func says(_ text: String) -> Bool { Self.plain(html[...]).contains(text) }

    /// Where the form is posted to.
    var action: String? { html.firstMatch(of: /<form[^>]* action="([^"]*)"/).map { Self.plain($0.1) } }

    /// The fields that the form has by itself.
    var hidden: [String: String] {
        let fields = html.matches(of: /<input type="hidden" name="([^"]*)" value="([^"]*)"/)
        return Dictionary(fields.map { (Self.plain($0.1), Self.plain($0.2)) }) { first, _ in first }
    }

    /// Whether there is such a field to be filled in.
    func asks(_ name: String) -> Bool { html.contains("name=\"\(name)\"") }

    /// The links of the page.
    var links: [String] { html.matches(of: /<a[^>]* href="([^"]*)"/).map { Self.plain($0.1) } }

    /// A parameter of where the answer leads.
    func parameter(_ name: String) -> String? {
        location.flatMap { FormParameters(String($0.drop { $0 != "?" }.dropFirst()))[name] }
    }

    static func plain(_ text: Substring) -> String {
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")].reduce(String(text)) {
            text,
            pair in
            text.split(separator: pair.0, omittingEmptySubsequences: false).joined(separator: pair.1)
        }
    }
}

extension Cognito {
    /// The settings of a client whose users sign in at the pages.
    static let atPages: Members = [
        "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid"],
        "CallbackURLs": [callback], "SupportedIdentityProviders": ["COGNITO"],
    ]

    /// The same for users who choose their factor at once: they sign in by name and password.
    static let byPasswordAtPages = atPages.with([
        "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    ])

    /// The query of an authorization request.
    func query(_ more: KeyValuePairs<String, String> = [:], client: TestClient? = nil) -> String {
        var parameters = FormParameters(nil)
        parameters.append("client_id", (client ?? self.client).id)
        parameters.append("response_type", "code")
        parameters.append("redirect_uri", Self.callback)
        parameters.append("state", "s")
        for (name, value) in more { parameters.append(name, value) }
        return parameters.text
    }

    /// Gives the pool a domain with pages of that version, and returns its host.
    func pagesHost(version: Int) async throws -> String {
        let name = domainName()
        try await ok(CreateUserPoolDomain.self, domain(name, ["ManagedLoginVersion": version]))
        return "\(name).auth.\(Sender.administrator.region).localhost:8484"
    }
}
