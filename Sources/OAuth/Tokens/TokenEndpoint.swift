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
        let (store, tokens) = (services.store, services.tokens)
        grants = [
            "authorization_code": AuthorizationCodeGrant(
                codes: AuthorizationCodes(
                    store: store,
                    tokens: tokens,
                    identifiers: services.identifiers,
                    triggers: services.triggers
                )
            ),
            "refresh_token": RefreshTokenGrant(driver: services.signIn),
            "client_credentials": ClientCredentialsGrant(clientTokens: services.clientTokens),
            TokenExchangeGrant.name: TokenExchangeGrant(
                exchange: TokenExchange(
                    store: store,
                    tokens: tokens,
                    issuer: services.issuer,
                    triggers: services.triggers
                )
            ),
        ]
    }

    /// What it costs is said at each grant.
    func answer(_ routed: RoutedRequest, _ trace: inout RequestTrace) async throws -> HTTPResponse {
        guard let form = FormParameters(bodyOf: routed.http), !form.repeats(Self.names + TokenExchangeGrant.parameters)
        else { throw OAuthError(.invalidRequest) }
        let client = try await authentication.client(routed, form)
        trace.poolID = client.poolID
        guard let name = form["grant_type"] else { throw OAuthError(.invalidRequest) }
        guard let grant = grants[name] else { throw OAuthError(.unsupportedGrantType) }
        return try await grant.tokens(TokenRequest(client: client, form: form, context: routed.context)).response
    }

    /// What a request must not repeat (RFC 6749 section 3.2).
    private static let names = [
        "grant_type", "code", "redirect_uri", "client_id", "client_secret", "code_verifier", "refresh_token", "scope",
        "aws_client_metadata",
    ]
}
