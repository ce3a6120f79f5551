package import CognitoModel
package import Domain
import Operations
import SignIn
package import UserPools

/// Reads and checks authorization requests.
package struct AuthorizationRequestReader: Sendable {
    private let scopes: ResourceServerScopes
    private let sites: LoginSites

    package init(services: Services, sites: LoginSites) {
        scopes = services.scopes
        self.sites = sites
    }

    /// The request in a query. Throws `AuthorizationRefusal`: until the redirect URI is known to be the client's
    /// nothing is sent there. 1 read where a scope of a resource server is asked for that
    /// isn't kept; nothing is written.
    package func read(_ query: String?, at site: LoginSite) async throws -> AuthorizationRequest {
        let parameters = FormParameters(query)
        guard !parameters.repeats(AuthorizationRequest.names) else {
            throw AuthorizationRefusal.page("invalid_request")
        }
        guard let clientID = parameters["client_id"] else { throw AuthorizationRefusal.missing("client_id") }
        guard let client = try await sites.client(clientID, at: site) else {
            throw AuthorizationRefusal.page("invalid_request")
        }
        let provider = parameters["identity_provider"]
        guard client.client.letsOwnUsersSignIn, provider ?? AppClient.ownProvider == AppClient.ownProvider,
            parameters["idp_identifier"] == nil
        else { throw AuthorizationRefusal.page(AuthorizationRefusal.noSuchProvider) }
        let type = parameters["response_type"]
        let target = RedirectTarget(
            uri: try Self.redirectURI(parameters["redirect_uri"], of: client.client),
            state: parameters["state"],
            isInFragment: type == AuthorizationRequest.ResponseType.token.rawValue
        )
        func refuse(_ code: OAuthError.Code, _ description: String? = nil) -> AuthorizationRefusal {
            .redirect(OAuthError(code, description), target)
        }
        guard let type else { throw refuse(.invalidRequest) }
        guard let responseType = AuthorizationRequest.ResponseType(rawValue: type) else {
            throw refuse(.unsupportedResponseType)
        }
        guard client.client.allowsOAuth(responseType == .code ? .code : .implicit) else {
            throw refuse(.unauthorizedClient)
        }
        guard Self.hasWellFormedChallenge(parameters) else { throw refuse(.invalidRequest) }
        let codeChallenge = parameters["code_challenge"]
        // Who has registered itself without a secret has nothing else to show that a code is its own (RFC 9700 section
        // 2.1.1).
        let isUnknown = client.client.configuration.clientType == .dcr && client.client.secrets.isEmpty
        guard codeChallenge != nil || !isUnknown else { throw refuse(.invalidRequest) }
        guard let scopes = try await scopes(parameters["scope"], of: client) else { throw refuse(.invalidScope) }
        let resource = parameters["resource"]
        // RFC 8707 section 2.
        guard resource.map(ResourceIndicator.isValid) ?? true else { throw refuse(.invalidRequest) }
        let prompts = Set((parameters["prompt"] ?? "").split(separator: " ").map(String.init))
        // OpenID Connect Core section 3.1.2.1: `none` stands alone.
        guard !prompts.contains("none") || prompts.count == 1 else { throw refuse(.invalidRequest) }
        let acrValues = (parameters["acr_values"] ?? "").split(separator: " ").map(String.init)
        if !acrValues.isEmpty, client.pool.hasAuthenticationLevels, client.pool.levels(named: acrValues).isEmpty {
            throw refuse(.invalidRequest)
        }
        let maxAge = parameters["max_age"].map { Int64($0) ?? -1 }
        guard maxAge.map({ $0 >= 0 }) ?? true else { throw refuse(.invalidRequest) }
        return AuthorizationRequest(
            site: site,
            client: client,
            responseType: responseType,
            target: target,
            grant: OAuthGrant(scopes: scopes, audience: resource),
            nonce: parameters["nonce"],
            codeChallenge: codeChallenge,
            prompts: prompts,
            loginHint: parameters["login_hint"],
            maxAge: maxAge,
            acrValues: acrValues,
            parameters: parameters
        )
    }

    /// Compared byte for byte, as Cognito does: not even the port of a loopback address is free. Without one, the
    /// client's own or its only one. Throws `AuthorizationRefusal.page`.
    package static func redirectURI(_ given: String?, of client: AppClient) throws -> String {
        let registered = client.configuration.callbackURLs ?? []
        // A client that users don't sign in to.
        guard !registered.isEmpty else { throw AuthorizationRefusal.page(AuthorizationRefusal.redirectMismatch) }
        guard let given else {
            let own = client.configuration.defaultRedirectURI ?? (registered.count == 1 ? registered[0] : nil)
            guard let own else { throw AuthorizationRefusal.missing("redirect_uri") }
            return own
        }
        guard registered.contains(where: { $0.utf8.elementsEqual(given.utf8) }) else {
            throw AuthorizationRefusal.page(AuthorizationRefusal.redirectMismatch)
        }
        return given
    }

    /// Whether there is a challenge by `S256`, or nothing of one (RFC 7636 section 4.3).
    private static func hasWellFormedChallenge(_ parameters: FormParameters) -> Bool {
        switch (parameters["code_challenge"], parameters["code_challenge_method"]) {
        case (nil, nil): true
        case (let challenge?, "S256"): ProofKey.isChallenge(challenge)
        default: false
        }
    }

    /// The scopes that are granted: those that were asked for, or all of the client's. Nil where one isn't the
    /// client's. A scope that its resource server has no more is left out.
    private func scopes(_ text: String?, of client: PublicClient) async throws -> [String]? {
        let allowed = client.client.configuration.allowedOAuthScopes ?? []
        let asked = text.map { text in text.split(separator: " ").map(String.init).deduplicated } ?? allowed
        guard asked.allSatisfy(allowed.contains), !asked.isEmpty else { return nil }
        let needsOpenID = asked.contains {
            [StandardScope.email, StandardScope.phone, StandardScope.profile].contains($0)
        }
        guard !needsOpenID || asked.contains(StandardScope.openID) else { return nil }
        return try await scopes.existing(asked, in: client.pool)
    }
}

extension AppClient {
    /// How clients name the pool itself among their providers.
    static let ownProvider = "COGNITO"

    /// Whether the pages let the pool's own users sign in to the client.
    package var letsOwnUsersSignIn: Bool {
        configuration.supportedIdentityProviders?.contains(Self.ownProvider) == true
    }

    /// Whether the client may get tokens by the grant.
    package func allowsOAuth(_ flow: OAuthFlowType) -> Bool {
        configuration.allowedOAuthFlowsUserPoolClient == true && configuration.allowedOAuthFlows?.contains(flow) == true
    }
}

extension [String] {
    /// Without repetitions, in order.
    var deduplicated: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
