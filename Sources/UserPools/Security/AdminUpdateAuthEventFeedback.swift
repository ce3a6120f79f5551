package import CognitoModel
import Domain
import Storage

/// Says of an event whether it was the user's doing. 1 read, 1 write.
package enum AdminUpdateAuthEventFeedback: Operation {
    package static func run(
        _ input: AdminUpdateAuthEventFeedbackRequest,
        _ call: Call<Administrator>
    ) async throws -> AdminUpdateAuthEventFeedbackResponse {
        let pool = try await call.protectedPool(input.userPoolId)
        let user = try await call.store.users.get(pool.name(input.username), in: pool)
        try await call.store.authEvents.setFeedback(
            input.feedbackValue,
            by: "Admin",
            on: input.eventId,
            of: user.sub,
            poolID: pool.id,
            now: call.now
        )
        return AdminUpdateAuthEventFeedbackResponse()
    }
}
