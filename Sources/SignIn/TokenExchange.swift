package import CognitoModel
package import Domain
package import Storage
package import Triggers

/// Tokens for others, scoped for a service: GetDerivedToken, and the grant of RFC 8693. Tokens of identity providers
/// can't be exchanged, as nobody signs in through one yet.
package struct TokenExchange: Sendable {
    private let store: Store
    private let tokens: TokenService
    private let issuer: Issuer
    private let triggers: TriggerService

    package init(store: Store, tokens: TokenService, issuer: Issuer, triggers: TriggerService) {
        self.store = store
        self.tokens = tokens
        self.issuer = issuer
        self.triggers = triggers
    }

    /// The client that exchanges, once it is proven.
    package struct Caller: Sendable {
        package let client: AppClient
        package let poolWithKeys: PoolWithKeys
        package let userAgent: String?
        package let now: Timestamp

        package init(client: AppClient, poolWithKeys: PoolWithKeys, userAgent: String?, now: Timestamp) {
            self.client = client
            self.poolWithKeys = poolWithKeys
            self.userAgent = userAgent
            self.now = now
        }
    }

    /// What came of an exchange.
    package struct Issued: Sendable {
        package let token: TokenIssuer.SingleToken
        package let isAccessToken: Bool
        /// Of an access token.
        package let scopes: [String]
    }

    /// Exchanges a token. Throws `TokenExchangeFailure`, `TokenFailure`, `UserFailure.notFound`, and `TriggerFailure`
    /// where the pool's function fails. Up to 3 reads, and 1 where the pool has a function for tokens; up to two RSA
    /// public operations and one RSA signature.
    package func exchange(_ input: GetDerivedTokenRequest, by caller: Caller) async throws -> Issued {
        let flow: ExplicitAuthFlowsType =
            input.actorToken == nil ? .allowTokenExchangeImpersonation : .allowTokenExchangeDelegation
        guard caller.client.configuration.explicitAuthFlows?.contains(flow) == true else {
            throw TokenExchangeFailure.notEnabled(flow)
        }
        guard input.subjectTokenProviderName == nil, input.actorTokenProviderName == nil else {
            throw TokenExchangeFailure.foreignToken
        }
        let asked = try await audience(input, caller)
        let subject = try token(input.subjectToken, input.subjectTokenType, caller)
        let audience = asked ?? subject.audience
        guard subject.audience == nil || audience == subject.audience else {
            throw TokenExchangeFailure.anotherAudience
        }
        // An ID token is its audience's proof of a sign-in: nobody gets one for another app of the pool.
        if input.requestedTokenType == .idToken, let audience, audience != caller.client.id,
            try await store.directory.findClient(audience) != nil
        {
            throw TokenExchangeFailure.anotherAudience
        }
        let user = try await user(of: subject, caller)
        let actor = try await actor(input, caller)
        let exchange = TokenIssuer.Exchange(
            subject: subject,
            user: user,
            actor: actor,
            kind: input.requestedTokenType == .idToken ? .id : .access,
            scopes: scopes(input, of: subject, for: caller.client, isBound: audience != nil || actor != nil),
            audience: audience
        )
        let customization = try await customization(of: exchange, caller)
        let token = try await tokens.issueDerivedToken(
            exchange,
            customization: customization,
            to: caller.client,
            in: caller.poolWithKeys,
            now: caller.now
        )
        let left = exchange.scopes.filter { customization?.scopesToSuppress.contains($0) != true }
        return Issued(token: token, isAccessToken: exchange.kind == .access, scopes: left)
    }

    /// What the pool's function changes about the token: otherwise an exchange would give what it keeps out of tokens.
    /// No source is documented for it: nobody signs in, so it is that of a refresh, or of a client's own token. 1 read
    /// where the pool has a function.
    private func customization(of exchange: TokenIssuer.Exchange, _ caller: Caller) async throws -> TokenCustomization?
    {
        let pool = caller.poolWithKeys.pool
        guard pool.function(for: .preTokenGeneration) != nil else { return nil }
        let by = TriggerCaller(clientID: caller.client.id, userAgent: caller.userAgent)
        guard let user = exchange.user else {
            return try await triggers.customization(
                ofTokenFor: caller.client,
                scopes: exchange.scopes,
                in: pool,
                by: by
            )
        }
        return try await triggers.customization(
            .tokensRefreshTokens,
            of: user,
            groups: try await store.users.signingIn(sub: user.sub, in: pool).groups,
            scopes: exchange.scopes,
            client: caller.client,
            in: pool,
            by: by
        )
    }

    /// What was asked for of what the subject has and the client may have; without that, what the subject has, but for
    /// the scope by which users change themselves where the token is for a service, or somebody acts by it.
    private func scopes(
        _ input: GetDerivedTokenRequest,
        of subject: ExchangeableToken,
        for client: AppClient,
        isBound: Bool
    ) -> [String] {
        guard let asked = input.scopes, !asked.isEmpty else {
            return subject.scopes.filter { !isBound || $0 != StandardScope.userAdmin }
        }
        let allowed = client.configuration.allowedOAuthScopes ?? []
        return subject.scopes.filter { asked.contains($0) && allowed.contains($0) }
    }

    /// The service that the token is for: a name, or a resource server of the pool. Up to 1 read.
    private func audience(_ input: GetDerivedTokenRequest, _ caller: Caller) async throws -> String? {
        guard let resource = input.resources?.first else { return input.audiences?.first }
        guard input.audiences?.isEmpty ?? true else { throw TokenExchangeFailure.audiencesAndResources }
        let pool = caller.poolWithKeys.pool.id
        guard try await store.documents.find(ResourceServerType.self, resource, poolID: pool) != nil else {
            throw TokenExchangeFailure.noResourceServer(resource)
        }
        return resource
    }

    /// Who acts for the subject; nil where nobody is named. Up to 1 read.
    private func actor(_ input: GetDerivedTokenRequest, _ caller: Caller) async throws -> ExchangeableToken? {
        guard let text = input.actorToken else { return nil }
        guard let type = input.actorTokenType else { throw TokenExchangeFailure.actorTokenTypeMissing }
        let actor = try token(text, type, caller)
        _ = try await user(of: actor, caller)
        return actor
    }

    private func token(
        _ text: String,
        _ type: TokenTypeIdentifierType,
        _ caller: Caller
    ) throws -> ExchangeableToken {
        guard type == .accessToken || type == .idToken else { throw TokenExchangeFailure.foreignToken }
        return try ExchangeableToken(
            text,
            as: type == .accessToken ? .access : .id,
            of: caller.poolWithKeys.pool,
            keys: caller.poolWithKeys.keys,
            issuer: issuer,
            now: caller.now
        )
    }

    /// Whose it is; nil for a client's own. Throws where the client is gone, the sign-in was ended, or the user is
    /// gone. Up to 1 read.
    private func user(of token: ExchangeableToken, _ caller: Caller) async throws -> User? {
        let poolID = caller.poolWithKeys.pool.id
        let client = try await store.directory.findClient(token.clientID)?.client
        guard client?.poolID == poolID else { throw TokenFailure.invalidAccessToken }
        guard let sessionID = token.sessionID else { return nil }
        guard let found = try await store.sessions.user(sub: token.sub, sessionID: sessionID, poolID: poolID) else {
            throw UserFailure.notFound
        }
        guard !found.isRevoked, found.user.isEnabled else { throw TokenFailure.accessTokenRevoked }
        return found.user
    }
}
