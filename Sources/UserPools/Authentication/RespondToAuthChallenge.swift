package import CognitoModel
import Domain
import Storage

/// Answers a challenge from the user's device. What it costs is said at each challenge.
package enum RespondToAuthChallenge: Operation {
    package static func run(
        _ input: RespondToAuthChallengeRequest,
        _ call: Call<PublicClient>
    ) async throws -> RespondToAuthChallengeResponse {
        let answer = try await SignIn.recording(input.challengeName.rawValue, call.services) {
            try await SignIn.respond(
                to: input.challengeName,
                SignInParameters(input.challengeResponses),
                session: input.session,
                client: call.caller.client,
                entry: call.caller.entry,
                services: call.services,
                now: call.now
            )
        }
        return RespondToAuthChallengeResponse(answer)
    }
}
