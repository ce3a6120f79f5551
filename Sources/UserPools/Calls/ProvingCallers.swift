import Accounts
package import CognitoModel
import Domain
package import Operations
import Storage

extension Operation where Caller == PublicClient, Input: ClientBearing {
    /// The client that the request names, and its pool. Throws `ClientFailure` for one that isn't known.
    package static func authenticate(
        _ input: Input,
        _ request: RequestContext,
        _ services: Services
    ) async throws -> PublicClient {
        let (client, poolWithKeys) = try await services.store.directory.client(input.clientId)
        return PublicClient(client: client, poolWithKeys: poolWithKeys)
    }
}

extension Operation where Caller == TokenHolder, Input: AccessTokenBearing {
    /// One read, and one RSA public operation the first time that a token comes.
    package static func authenticate(
        _ input: Input,
        _ request: RequestContext,
        _ services: Services
    ) async throws -> TokenHolder {
        try await TokenHolder(accessToken: input.accessToken, services: services, now: request.now)
    }
}

extension TokenHolder {
    /// As `init`, for operations that declare no UserNotFoundException: of a user who was deleted, every token is
    /// revoked.
    static func knowing(_ accessToken: String, services: Services, now: Timestamp) async throws -> TokenHolder {
        do {
            return try await TokenHolder(accessToken: accessToken, services: services, now: now)
        } catch UserFailure.notFound {
            throw TokenFailure.accessTokenRevoked
        }
    }

    /// Whoever the token is of. Throws `TokenFailure`, and `UserFailure.notFound` for a user who was deleted.
    package init(accessToken: String, services: Services, now: Timestamp) async throws {
        let holder = try await services.accessTokens.holder(of: accessToken, now: now)
        self.init(
            user: holder.user,
            sessionID: holder.sessionID,
            client: holder.client,
            poolWithKeys: holder.poolWithKeys
        )
    }
}
