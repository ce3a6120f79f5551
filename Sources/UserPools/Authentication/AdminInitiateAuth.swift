package import CognitoModel
import Domain
import SignIn
import Storage

/// Begins a sign-in from a server. What it costs is said at each flow.
package enum AdminInitiateAuth: Operation {
    package static func run(
        _ input: AdminInitiateAuthRequest,
        _ call: Call<Administrator>
    ) async throws -> AdminInitiateAuthResponse {
        let found = try await call.client(input.clientId, in: input.userPoolId)
        guard input.authFlow != .userPasswordAuth else { throw SignInFailure.flowNotSupported }
        guard found.client.allows(input.authFlow) else { throw CognitoError.authFlowNotEnabled }
        let request = SignInRequest(
            client: found.client,
            poolWithKeys: found.poolWithKeys,
            parameters: SignInParameters(input.authParameters),
            context: SignInContext(input.contextData, clientMetadata: input.clientMetadata, call.request),
            now: call.now
        )
        return AdminInitiateAuthResponse(
            try await call.signIn.begin(input.authFlow, request, signUpSession: input.session)
        )
    }
}
