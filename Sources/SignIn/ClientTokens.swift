package import CognitoModel
package import Domain
package import Storage
package import Triggers

/// Access tokens for app clients themselves: GetClientToken, and `client_credentials` (RFC 6749 section 4.4).
package struct ClientTokens: Sendable {
    private let tokens: TokenService
    private let scopes: ResourceServerScopes
    private let triggers: TriggerService

    package init(tokens: TokenService, scopes: ResourceServerScopes, triggers: TriggerService) {
        self.tokens = tokens
        self.scopes = scopes
        self.triggers = triggers
    }

    /// A token of these scopes; of all that the client has of resource servers where none are asked for. The others are
    /// for users. Throws `ScopeFailure`, `TriggerFailure` where the pool's function fails, and
    /// `ClientFailure.secretMissing`: whoever can't prove who they are gets none. 1 read for each resource server
    /// that isn't kept; one RSA signature.
    package func issue(
        to client: AppClient,
        scopes asked: [String]?,
        in poolWithKeys: PoolWithKeys,
        by caller: TriggerCaller,
        now: Timestamp
    ) async throws -> TokenIssuer.SingleToken {
        guard client.secret != nil else { throw ClientFailure.secretMissing(id: client.id) }
        let allowed = (client.configuration.allowedOAuthScopes ?? []).filter { $0.contains("/") }
        if let other = asked?.first(where: { !allowed.contains($0) }) {
            let isKnown = try await !scopes.existing([other], in: poolWithKeys.pool).isEmpty
            throw isKnown ? ScopeFailure.notAllowed(other) : .unknown(other)
        }
        let existing = try await scopes.existing(asked ?? allowed, in: poolWithKeys.pool)
        if let gone = asked?.first(where: { !existing.contains($0) }) { throw ScopeFailure.unknown(gone) }
        let customization = try await triggers.customization(
            ofTokenFor: client,
            scopes: existing,
            in: poolWithKeys.pool,
            by: caller
        )
        return try await tokens.issueClientToken(
            client,
            scopes: existing,
            customization: customization,
            in: poolWithKeys,
            now: now
        )
    }
}
