package import CognitoModel
import Domain
import SignIn
import Storage

/// Answers a challenge from the user's device. What it costs is said at each challenge.
package enum RespondToAuthChallenge: Operation {
    package static func run(
        _ input: RespondToAuthChallengeRequest,
        _ call: Call<PublicClient>
    ) async throws -> RespondToAuthChallengeResponse {
        let request = SignInRequest(
            client: call.caller.client,
            poolWithKeys: call.caller.poolWithKeys,
            parameters: SignInParameters(input.challengeResponses),
            context: SignInContext(input.userContextData, clientMetadata: input.clientMetadata, call.request),
            now: call.now
        )
        return RespondToAuthChallengeResponse(
            try await call.signIn.respond(to: input.challengeName, request, session: input.session)
        )
    }
}
