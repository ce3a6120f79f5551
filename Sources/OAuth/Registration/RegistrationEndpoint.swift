import CognitoModel
import Domain
import HTTPTransport
import Operations
import Storage
import UserPools

/// `POST /oauth2/register` (RFC 7591): a client makes itself known to a pool whose `DcrConfiguration` lets it. At the
/// plain host `user_pool_id` in the query says to which. With an initial access token one RSA public operation;
/// without, where the pool lets everybody, 2 writes that count. 1 write for the client, and 1 read for scopes of
/// resource servers.
struct RegistrationEndpoint: Sendable {
    let sites: LoginSites
    let services: Services

    func answer(_ routed: RoutedRequest, _ trace: inout RequestTrace) async throws -> HTTPResponse {
        let site = try await sites.site(of: routed)
        guard let poolID = site.poolID ?? FormParameters(routed.http.query)["user_pool_id"],
            let found = try await services.store.directory.findPool(poolID)
        else { throw OAuthError(.invalidRequest) }
        trace.poolID = poolID
        guard let policy = RegistrationPolicy(found.pool) else {
            throw OAuthError(.accessDenied, "Dynamic client registration is not enabled.", status: 403)
        }
        let isAuthenticated = try await isAuthenticated(routed, of: found)
        if !isAuthenticated {
            guard policy.isOpen else {
                throw OAuthError(
                    .invalidToken,
                    "An initial access token is required.",
                    status: 401,
                    challenge: "Bearer"
                )
            }
        }
        guard let metadata = try? RequestDecoder.document(JSONValue.self, from: routed.http.body),
            case .object = metadata
        else { throw OAuthError(.invalidClientMetadata) }
        let flows = policy.flows(isAuthenticated: isAuthenticated)
        let request = try RegistrationRequest(metadata, flows: flows, policy: policy)
        if !isAuthenticated { try await count(routed, poolID: poolID) }
        let client = try await services.makeClient(
            request.settings(in: found.pool),
            type: .dcr,
            in: found.pool,
            now: routed.context.now
        )
        return .json(201, Self.body(client, request))
    }

    /// Whether the request comes with an initial access token: one that the pool gave to a client for itself, of the
    /// scope for it. Throws where what it comes with is no such token.
    private func isAuthenticated(_ routed: RoutedRequest, of found: PoolWithKeys) async throws -> Bool {
        guard routed.http.headers["Authorization"] != nil else { return false }
        let refusal = BearerToken.refusal(.invalidToken, "The initial access token is invalid.", status: 401)
        guard let text = BearerToken.value(in: routed.http),
            let token = try? ExchangeableToken(
                text,
                as: .access,
                of: found.pool,
                keys: found.keys,
                issuer: services.issuer,
                now: routed.context.now
            ), token.sessionID == nil,
            try await services.store.directory.findClient(token.clientID)?.client.poolID == found.pool.id
        else { throw refusal }
        guard token.scopes.contains(RegistrationPolicy.scope) else {
            throw BearerToken.refusal(
                .insufficientScope,
                "The scope \(RegistrationPolicy.scope) is needed.",
                status: 403
            )
        }
        return true
    }

    /// Whoever registers from one address must not use up what the pool allows to all.
    private func count(_ routed: RoutedRequest, poolID: String) async throws {
        let attempts = services.store.attempts
        let now = routed.context.now
        let peer = AttemptSubject.peer(address: routed.context.peerAddress)
        guard try await attempts.isAllowed(.openRegistration, subject: peer, poolID: poolID, now: now),
            try await attempts.isAllowed(.openRegistrationOfPool, subject: .pool, poolID: poolID, now: now)
        else { throw OAuthError(.temporarilyUnavailable, status: 429) }
    }

    /// What the client is now (section 3.2.1).
    private static func body(_ client: AppClient, _ request: RegistrationRequest) -> String {
        var json = JSONWriter()
        json.beginObject()
        json.member("client_id", client.id)
        json.member("client_secret", client.secret)
        json.member("client_id_issued_at", client.configuration.creationDate?.seconds)
        json.member("client_secret_expires_at", client.secret.map { _ in Int64(0) })
        json.member("client_name", request.clientName)
        json.member("redirect_uris", request.redirectURIs)
        json.member("grant_types", request.grant.grantTypes)
        json.member("response_types", request.grant.responseTypes)
        json.member("token_endpoint_auth_method", request.authenticationMethod)
        json.member("scope", request.scopes.joined(separator: " "))
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }
}
