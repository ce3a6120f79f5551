package import Domain
import HTTPTransport
package import Operations
import Storage
package import UserPools

/// The OAuth 2.0 and OpenID Connect endpoints of pools' domains. At the plain host the client says of which pool they are.
package struct OAuthEndpoints: Sendable {
    private let authorize: AuthorizeEndpoint
    private let token: TokenEndpoint

    package init(services: Services, hosts: LoginHosts) {
        let sites = LoginSites(directory: services.store.directory, hosts: hosts)
        authorize = AuthorizeEndpoint(
            sites: sites,
            reader: AuthorizationRequestReader(services: services, sites: sites),
            authorization: Authorization(services: services)
        )
        token = TokenEndpoint(services: services, authentication: ClientAuthentication(sites: sites))
    }

    /// The routes.
    package var routes: [Route] {
        [
            Route(
                .get,
                host: .any,
                path: "/oauth2/authorize",
                crossOrigin: .noOrigin,
                execution: .executor,
                name: "/oauth2/authorize"
            ) { try await authorize.answer($0, &$1) },
            Route(
                .post,
                host: .any,
                path: "/oauth2/token",
                crossOrigin: .everyOrigin,
                execution: .executor,
                name: "/oauth2/token"
            ) { try await token.answer($0, &$1) },
        ]
    }
}
