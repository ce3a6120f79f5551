package import CognitoModel
import Domain
import SignIn
import Storage

/// A token for another, scoped for a service (RFC 8693). Tokens of identity providers can't be exchanged, as nobody signs in
/// through one yet. Up to 3 reads; up to two RSA public operations and one RSA signature.
package enum GetDerivedToken: Operation {
    package static func run(
        _ input: GetDerivedTokenRequest,
        _ call: Call<PublicClient>
    ) async throws -> GetDerivedTokenResponse {
        let client = call.caller.client
        try client.checkSecret(input.clientSecret)
        let flow: ExplicitAuthFlowsType =
            input.actorToken == nil ? .allowTokenExchangeImpersonation : .allowTokenExchangeDelegation
        guard client.configuration.explicitAuthFlows?.contains(flow) == true else {
            throw CognitoError.exchangeNotEnabled(flow)
        }
        guard input.subjectTokenProviderName == nil, input.actorTokenProviderName == nil else {
            throw CognitoError.foreignTokens
        }
        let asked = try await audience(input, call)
        let subject = try token(input.subjectToken, input.subjectTokenType, call)
        let audience = asked ?? subject.audience
        guard subject.audience == nil || audience == subject.audience else { throw CognitoError.anotherAudience }
        let user = try await user(of: subject, call)
        let actor = try await actor(input, call)
        let exchange = TokenIssuer.Exchange(
            subject: subject,
            user: user,
            actor: actor,
            kind: input.requestedTokenType == .idToken ? .id : .access,
            scopes: scopes(input, of: subject, for: client, isBound: audience != nil || actor != nil),
            audience: audience
        )
        let issued = try call.tokens.issueDerivedToken(
            exchange,
            to: client,
            in: call.caller.poolWithKeys,
            now: call.now
        )
        let isAccess = exchange.kind == .access
        return GetDerivedTokenResponse(
            issuedToken: issued.text,
            issuedTokenType: isAccess ? .accessToken : .idToken,
            tokenType: isAccess ? .bearer : .nA,
            expiresIn: issued.expiresIn,
            scopes: isAccess ? exchange.scopes : nil
        )
    }

    /// What was asked for of what the subject has and the client may have; without that, what the subject has, but for the
    /// scope by which users change themselves where the token is for a service, or somebody acts by it.
    private static func scopes(
        _ input: GetDerivedTokenRequest,
        of subject: ExchangeableToken,
        for client: AppClient,
        isBound: Bool
    ) -> [String] {
        guard let asked = input.scopes, !asked.isEmpty else {
            return subject.scopes.filter { !isBound || $0 != "aws.cognito.signin.user.admin" }
        }
        let allowed = client.configuration.allowedOAuthScopes ?? []
        return subject.scopes.filter { asked.contains($0) && allowed.contains($0) }
    }

    /// The service that the token is for: a name, or a resource server of the pool. Up to 1 read.
    private static func audience(_ input: GetDerivedTokenRequest, _ call: Call<PublicClient>) async throws -> String? {
        guard let resource = input.resources?.first else { return input.audiences?.first }
        guard input.audiences?.isEmpty ?? true else { throw CognitoError.audiencesAndResources }
        let pool = call.caller.pool.id
        guard try await call.store.documents.find(ResourceServerType.self, resource, poolID: pool) != nil else {
            throw CognitoError.noResourceServer(resource)
        }
        return resource
    }

    /// Who acts for the subject; nil where nobody is named. Up to 1 read.
    private static func actor(
        _ input: GetDerivedTokenRequest,
        _ call: Call<PublicClient>
    ) async throws -> ExchangeableToken? {
        guard let text = input.actorToken else { return nil }
        guard let type = input.actorTokenType else { throw CognitoError.missingParameter("ActorTokenType") }
        let actor = try token(text, type, call)
        _ = try await user(of: actor, call)
        return actor
    }

    private static func token(
        _ text: String,
        _ type: TokenTypeIdentifierType,
        _ call: Call<PublicClient>
    ) throws -> ExchangeableToken {
        guard type == .accessToken || type == .idToken else { throw CognitoError.foreignTokens }
        return try ExchangeableToken(
            text,
            as: type == .accessToken ? .access : .id,
            of: call.caller.pool,
            keys: call.caller.poolWithKeys.keys,
            issuer: call.issuer,
            now: call.now
        )
    }

    /// Whose it is; nil for a client's own. Throws where the client is gone, the sign-in was ended, or the user is gone. Up
    /// to 1 read.
    private static func user(of token: ExchangeableToken, _ call: Call<PublicClient>) async throws -> User? {
        let client = try await call.store.directory.findClient(token.clientID)?.client
        guard client?.poolID == call.caller.pool.id else { throw TokenFailure.invalidAccessToken }
        guard let sessionID = token.sessionID else { return nil }
        let found = try await call.store.sessions.user(
            sub: token.sub,
            sessionID: sessionID,
            poolID: call.caller.pool.id
        )
        guard let found else { throw UserFailure.notFound }
        guard !found.isRevoked, found.user.isEnabled else { throw TokenFailure.accessTokenRevoked }
        return found.user
    }
}
