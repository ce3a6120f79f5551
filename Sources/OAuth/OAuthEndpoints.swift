package import Domain
import HTTPTransport
package import Operations
import SignIn
import Storage
package import UserPools

/// The OAuth 2.0 and OpenID Connect endpoints of pools' domains. At the plain host the client says of which pool they
/// are.
package struct OAuthEndpoints: Sendable {
    private let services: Services
    private let hosts: LoginHosts
    private let sites: LoginSites

    package init(services: Services, hosts: LoginHosts) {
        self.services = services
        self.hosts = hosts
        sites = LoginSites(directory: services.store.directory, hosts: hosts)
    }

    /// The routes. Pages of other origins may ask for tokens and users, and nothing else.
    package var routes: [Route] {
        let (store, reader) = (services.store, AuthorizationRequestReader(services: services, sites: sites))
        let authentication = ClientAuthentication(sites: sites)
        let authorize = AuthorizeEndpoint(
            sites: sites,
            reader: reader,
            authorization: Authorization(services: services)
        )
        let token = TokenEndpoint(services: services, authentication: authentication)
        let revocation = RevocationEndpoint(authentication: authentication, revocation: TokenRevocation(store: store))
        let userInfo = UserInfoEndpoint(sites: sites, accessTokens: services.accessTokens)
        let registration = RegistrationEndpoint(sites: sites, services: services)
        let logout = LogoutEndpoint(sites: sites, store: store)
        let routes = [
            route([.get], "/oauth2/authorize", .browser, .noOrigin) { try await authorize.answer($0, &$1) },
            route([.post], "/oauth2/token", .client, .everyOrigin) { try await token.answer($0, &$1) },
            route([.post], "/oauth2/revoke", .client, .everyOrigin) { try await revocation.answer($0, &$1) },
            route([.get, .post], "/oauth2/userInfo", .client, .everyOrigin) { try await userInfo.answer($0, &$1) },
            route([.post], "/oauth2/register", .client, .noOrigin) { try await registration.answer($0, &$1) },
            route([.get], "/logout", .browser, .noOrigin) { try await logout.answer($0, &$1) },
        ]
        return routes.flatMap(\.routes)
    }

    private func route(
        _ methods: [Route.Method],
        _ path: String,
        _ audience: OAuthRoute.Audience,
        _ crossOrigin: CrossOriginPolicy,
        _ answer: @escaping RequestHandler
    ) -> OAuthRoute {
        OAuthRoute(
            methods: methods,
            path: path,
            audience: audience,
            crossOrigin: crossOrigin,
            isSecure: hosts.isSecure,
            answer: answer
        )
    }
}
