package import CognitoModel
import Domain
import Storage

/// Answers a challenge from a server. What it costs is said at each challenge.
package enum AdminRespondToAuthChallenge: Operation {
    package static func run(
        _ input: AdminRespondToAuthChallengeRequest,
        _ call: Call<Administrator>
    ) async throws -> AdminRespondToAuthChallengeResponse {
        let found = try await call.client(input.clientId, in: input.userPoolId)
        let answer = try await SignIn.recording(input.challengeName.rawValue, call.services) {
            try await SignIn.respond(
                to: input.challengeName,
                SignInParameters(input.challengeResponses),
                session: input.session,
                client: found.client,
                entry: found.entry,
                services: call.services,
                now: call.now
            )
        }
        return AdminRespondToAuthChallengeResponse(answer)
    }
}
