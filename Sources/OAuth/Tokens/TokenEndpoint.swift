import HTTPTransport
import Operations
import SignIn
package import UserPools

/// `POST /oauth2/token`.
package struct TokenEndpoint: Sendable {
    private let authentication: ClientAuthentication
    private let grants: [String: any TokenGrant]

    package init(services: Services, authentication: ClientAuthentication) {
        self.authentication = authentication
        let codes = AuthorizationCodes(
            store: services.store,
            tokens: services.tokens,
            identifiers: services.identifiers
        )
        grants = ["authorization_code": AuthorizationCodeGrant(codes: codes)]
    }

    func answer(_ routed: RoutedRequest, _ trace: inout RequestTrace) async throws -> HTTPResponse {
        do {
            guard let form = FormParameters(bodyOf: routed.http), !form.repeats(Self.names) else {
                throw OAuthError(.invalidRequest)
            }
            let client = try await authentication.client(routed, form)
            trace.poolID = client.poolID
            guard let name = form["grant_type"] else { throw OAuthError(.invalidRequest) }
            guard let grant = grants[name] else { throw OAuthError(.unsupportedGrantType) }
            return try await grant.tokens(TokenRequest(client: client, form: form, context: routed.context)).response
        } catch let error as OAuthError {
            trace.errorType = error.code.rawValue
            return error.response()
        }
    }

    /// What a request must not repeat (RFC 6749 section 3.2).
    private static let names = [
        "grant_type", "code", "redirect_uri", "client_id", "client_secret", "code_verifier", "refresh_token", "scope",
    ]
}
