import CognitoModel
import Domain
import Operations

extension TokenHolder {
    /// Whoever the token is of, in requests whose model doesn't require one; they can't do without.
    init(optional accessToken: String?, services: Services, now: Timestamp) async throws {
        guard let accessToken else { throw CognitoError.missingParameter("AccessToken") }
        try await self.init(accessToken: accessToken, services: services, now: now)
    }
}
