package import CognitoModel
import Domain
import SignIn
import Storage

/// Answers a challenge from a server. What it costs is said at each challenge.
package enum AdminRespondToAuthChallenge: Operation {
    package static func run(
        _ input: AdminRespondToAuthChallengeRequest,
        _ call: Call<Administrator>
    ) async throws -> AdminRespondToAuthChallengeResponse {
        let found = try await call.client(input.clientId, in: input.userPoolId)
        let request = SignInRequest(
            client: found.client,
            poolWithKeys: found.poolWithKeys,
            parameters: SignInParameters(input.challengeResponses),
            context: SignInContext(input.contextData, clientMetadata: input.clientMetadata, call.request),
            now: call.now
        )
        return AdminRespondToAuthChallengeResponse(
            try await call.signIn.respond(to: input.challengeName, request, session: input.session)
        )
    }
}
