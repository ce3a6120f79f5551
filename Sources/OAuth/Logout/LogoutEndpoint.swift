import CognitoModel
import Domain
import HTTPTransport
import Operations
import Storage
import UserPools

/// `GET /logout`: ends the browser's sign-in, and sends it to one of the client's `LogoutURLs` (`logout_uri`), or to
/// sign in anew (`redirect_uri`). What doesn't say where to go exactly as the client was configured goes nowhere, and
/// ends nothing. Up to 1 write.
struct LogoutEndpoint: Sendable {
    let sites: LoginSites
    let store: Store

    func answer(_ routed: RoutedRequest, _ trace: inout RequestTrace) async throws -> HTTPResponse {
        let site = try await sites.site(of: routed)
        let parameters = FormParameters(routed.http.query)
        do {
            guard !parameters.repeats(AuthorizationRequest.names + ["logout_uri"]) else {
                throw AuthorizationRefusal.page("invalid_request")
            }
            guard let id = parameters["client_id"] else { throw AuthorizationRefusal.missing("client_id") }
            guard let client = try await sites.client(id, at: site) else {
                throw AuthorizationRefusal.page("invalid_request")
            }
            trace.poolID = client.poolID
            var response = HTTPResponse.found(try Self.destination(parameters, of: client.client, at: site))
            let cookie = SSOCookie(of: client.poolID, at: site)
            if let value = cookie.value(in: routed.http) {
                try await store.ssoSessions.end(cookieHash: store.vault.ssoCookieHash(value), poolID: client.poolID)
            }
            cookie.clear(in: &response)
            return response
        } catch AuthorizationRefusal.page(let text) {
            return .errorPage(text, at: site)
        }
    }

    /// A `logout_uri` that is the client's wins over all else.
    private static func destination(
        _ parameters: FormParameters,
        of client: AppClient,
        at site: LoginSite
    ) throws -> String {
        if let uri = parameters["logout_uri"],
            client.configuration.logoutURLs?.contains(where: { $0.utf8.elementsEqual(uri.utf8) }) == true
        {
            return uri
        }
        guard let redirectURI = parameters["redirect_uri"] else { throw AuthorizationRefusal.missing("redirect_uri") }
        guard client.configuration.callbackURLs?.contains(where: { $0.utf8.elementsEqual(redirectURI.utf8) }) == true
        else { throw AuthorizationRefusal.page(AuthorizationRefusal.redirectMismatch) }
        guard parameters["response_type"] != nil else { throw AuthorizationRefusal.missing("response_type") }
        var onward = parameters.removing("logout_uri")
        if parameters["scope"] == nil {
            onward = onward.removing("scope")
            onward.append("scope", client.configuration.allowedOAuthScopes?.joined(separator: " "))
        }
        return "\(site.url)/login?\(onward.text)"
    }
}
