package import CognitoModel
import Domain
import Storage

/// Revokes a refresh token and the access tokens that came with it (RFC 7009). 1 read, 1 write.
///
/// An unknown token is no error, as the RFC has it: what was to be achieved is so already.
package enum RevokeToken: Operation {
    /// The operation declares neither NotAuthorized nor ResourceNotFound: a client that isn't known, or doesn't know
    /// its secret, is unauthorized.
    package static func authenticate(
        _ input: RevokeTokenRequest,
        _ request: RequestContext,
        _ services: Services
    ) async throws -> PublicClient {
        guard let found = try await services.store.directory.findClient(input.clientId),
            found.client.hasSecret(input.clientSecret)
        else { throw CognitoError.clientMayNotRevoke }
        return PublicClient(client: found.client, poolWithKeys: found.poolWithKeys)
    }

    package static func run(_ input: RevokeTokenRequest, _ call: Call<PublicClient>) async throws -> RevokeTokenResponse
    {
        let client = call.caller.client
        guard client.allowsRevocation else { throw CognitoError.revocationNotEnabled }
        let parts = input.token.split(separator: ".", omittingEmptySubsequences: false).count
        guard parts == 5 else { throw CognitoError.unsupportedTokenType }
        let hash = try call.store.vault.refreshTokenHash(input.token)
        guard let found = try await call.store.sessions.find(refreshHash: hash, poolID: client.poolID) else {
            return RevokeTokenResponse()
        }
        guard found.session.clientID == client.id else { throw CognitoError.clientMayNotRevoke }
        try await call.store.sessions.revoke(found.session)
        return RevokeTokenResponse()
    }
}
