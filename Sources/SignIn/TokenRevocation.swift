import CognitoModel
package import Domain
package import Storage

/// Ends the sign-in of a refresh token: RevokeToken, and the revocation endpoint (RFC 7009).
package struct TokenRevocation: Sendable {
    private let store: Store

    package init(store: Store) { self.store = store }

    /// Revokes a refresh token and the access tokens that came with it. Throws `RevocationFailure`. 1 read, 1 write.
    ///
    /// An unknown token is no error, as the RFC has it: what was to be achieved is so already.
    package func revoke(_ token: String, by client: AppClient) async throws {
        guard client.allowsRevocation else { throw RevocationFailure.notEnabled }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false).count
        guard parts == 5 else { throw RevocationFailure.notARefreshToken }
        let hash = try store.vault.refreshTokenHash(token)
        guard let found = try await store.sessions.find(refreshHash: hash, poolID: client.poolID) else { return }
        guard found.session.clientID == client.id else { throw RevocationFailure.anotherClient }
        try await store.sessions.revoke(found.session)
    }
}
