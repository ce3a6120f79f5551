package import Domain
import HTTPTransport
import OAuth
package import Operations
import SignIn
import Storage
package import UserPools

/// The pages where people sign in. At the plain host the client says of which pool they are.
package struct ManagedLoginEndpoints: Sendable {
    private let gate: PageGate
    private let signIn: SignInPages
    private let signUp: SignUpPages
    private let passwords: PasswordPages
    private let passkeys: PasskeyPages

    /// - Parameter limiter: What holds accounts to their limits; nil where they have none.
    package init(services: Services, hosts: LoginHosts, limiter: RateLimiter?) {
        let sites = LoginSites(directory: services.store.directory, hosts: hosts)
        let reader = AuthorizationRequestReader(services: services, sites: sites)
        let authorization = Authorization(services: services)
        let operations = OperationCaller(services: services, limiter: limiter)
        gate = PageGate(
            services: services,
            sites: sites,
            reader: reader,
            brandings: Brandings(store: services.store)
        )
        signIn = SignInPages(
            driver: services.signIn,
            operations: operations,
            completion: SignInCompletion(authorization: authorization)
        )
        signUp = SignUpPages(operations: operations, signIn: signIn, terms: TermsLinks(store: services.store))
        passwords = PasswordPages(operations: operations, signIn: signIn)
        passkeys = PasskeyPages(
            services: services,
            reader: reader,
            authorization: authorization,
            operations: operations
        )
    }

    /// The routes.
    package var routes: [Route] { signInRoutes + accountRoutes + linkRoutes + StaticAssets.all.map(Self.file) }

    private var signInRoutes: [Route] {
        [
            page(.get, "/login") { request, _ in try await signIn.show(request) },
            page(.post, "/login") { try await signIn.take($0, &$1) },
        ]
    }

    private var accountRoutes: [Route] {
        [
            page(.get, "/signup") { request, _ in try await signUp.show(request) },
            page(.post, "/signup") { try await signUp.take($0, &$1) },
            page(.get, "/confirm") { request, _ in signUp.showConfirmation(request) },
            page(.post, "/confirm") { try await signUp.confirm($0, &$1) },
            page(.post, "/resendcode") { try await signUp.resend($0, &$1) },
            page(.get, "/forgotPassword") { request, _ in passwords.show(request) },
            page(.post, "/forgotPassword") { try await passwords.send($0, &$1) },
            page(.get, "/confirmforgotPassword") { request, _ in passwords.showReset(request) },
            page(.post, "/confirmforgotPassword") { try await passwords.reset($0, &$1) },
        ]
    }

    private var linkRoutes: [Route] {
        [
            // Mails have it with the slash.
            page(.get, "/confirmUser", needing: .client) { try await signUp.follow($0, &$1) },
            page(.get, "/confirmUser/", needing: .client) { try await signUp.follow($0, &$1) },
            page(.get, "/passkeys/add", needing: .client) { try await passkeys.show($0, &$1) },
            page(.post, "/passkeys/add", needing: .client) { try await passkeys.take($0, &$1) },
            Route(.get, host: .any, path: "/error", crossOrigin: .noOrigin, execution: .executor, name: "/error") {
                request,
                _ in try await gate.error(request)
            },
            Route(
                .get,
                host: .any,
                path: "/static/branding/{clientId}/{name}",
                crossOrigin: .noOrigin,
                execution: .executor,
                name: "/static/branding"
            ) { request, _ in try await gate.file(request) },
        ]
    }

    private func page(
        _ method: Route.Method,
        _ path: PathPattern,
        needing need: PageGate.Need = .authorization,
        _ handler: @escaping PageHandler
    ) -> Route {
        Route(method, host: .any, path: path, crossOrigin: .noOrigin, execution: .executor, name: path.text) {
            try await gate.answer($0, &$1, needing: need, handler)
        }
    }

    private static func file(_ asset: StaticAsset) -> Route {
        Route(
            .get,
            host: .any,
            path: PathPattern(stringLiteral: asset.path),
            crossOrigin: .noOrigin,
            execution: .readingThread,
            name: "/static"
        ) { request, _ in asset.answer(to: request.http) }
    }
}
