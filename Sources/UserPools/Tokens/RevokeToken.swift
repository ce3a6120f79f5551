package import CognitoModel
import Domain
import SignIn
import Storage

/// Revokes a refresh token and the access tokens that came with it (RFC 7009). 1 read, 1 write.
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
        try await TokenRevocation(store: call.store).revoke(input.token, by: call.caller.client)
        return RevokeTokenResponse()
    }
}
