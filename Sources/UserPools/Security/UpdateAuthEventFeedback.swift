package import CognitoModel
import Domain
import Storage

/// Says of an event whether it was one's own doing, by the token of the mail that told of it. 1 read, 1 write.
///
/// Whoever has the token has it from the mail, so nothing is told to others: a user or an event that isn't there is a
/// wrong token, unless the token is that event's.
package enum UpdateAuthEventFeedback: Operation {
    package static func run(
        _ input: UpdateAuthEventFeedbackRequest,
        _ call: Call<Anyone>
    ) async throws -> UpdateAuthEventFeedbackResponse {
        let pool = try await call.store.directory.pool(input.userPoolId).pool
        guard pool.threatProtectionMode == .audit || pool.threatProtectionMode == .enforced else {
            throw ThreatProtectionFailure.notEnabled
        }
        guard let user = try await call.store.users.find(pool.name(input.username), in: pool) else {
            throw ThreatProtectionFailure.invalidFeedbackToken
        }
        let token = FeedbackToken(poolID: pool.id, sub: user.sub, eventID: input.eventId)
        guard try token.matches(input.feedbackToken, vault: call.store.vault) else {
            throw ThreatProtectionFailure.invalidFeedbackToken
        }
        try await call.store.authEvents.setFeedback(
            input.feedbackValue,
            by: "User",
            on: input.eventId,
            of: user.sub,
            poolID: pool.id,
            now: call.now
        )
        return UpdateAuthEventFeedbackResponse()
    }
}
