package import CognitoModel
import Domain
import Storage

/// Begins a sign-in from a server. What it costs is said at each flow.
package enum AdminInitiateAuth: Operation {
    package static func run(
        _ input: AdminInitiateAuthRequest,
        _ call: Call<Administrator>
    ) async throws -> AdminInitiateAuthResponse {
        let found = try await call.client(input.clientId, in: input.userPoolId)
        guard input.authFlow != .userPasswordAuth else { throw CognitoError.initiateAuthMethodNotSupported }
        guard found.client.allows(input.authFlow) else { throw CognitoError.authFlowNotEnabled }
        let signIn = SignIn(
            client: found.client,
            entry: found.entry,
            services: call.services,
            flow: input.authFlow,
            now: call.now
        )
        let answer = try await SignIn.recording(input.authFlow.rawValue, call.services) {
            try await signIn.initiate(SignInParameters(input.authParameters), session: input.session)
        }
        return AdminInitiateAuthResponse(answer)
    }
}
