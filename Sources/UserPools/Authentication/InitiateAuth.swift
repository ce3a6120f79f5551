package import CognitoModel
import Domain
import Storage

/// Begins a sign-in from the user's device. What it costs is said at each flow.
package enum InitiateAuth: Operation {
    package static func run(
        _ input: InitiateAuthRequest,
        _ call: Call<PublicClient>
    ) async throws -> InitiateAuthResponse {
        let client = call.caller.client
        guard ![.adminUserPasswordAuth, .adminNoSrpAuth].contains(input.authFlow) else {
            throw CognitoError.initiateAuthMethodNotSupported
        }
        guard client.allows(input.authFlow) else { throw CognitoError.flowNotEnabled(input.authFlow.rawValue) }
        let signIn = SignIn(
            client: client,
            entry: call.caller.entry,
            services: call.services,
            flow: input.authFlow,
            now: call.now
        )
        let answer = try await SignIn.recording(input.authFlow.rawValue, call.services) {
            try await signIn.initiate(SignInParameters(input.authParameters), session: input.session)
        }
        return InitiateAuthResponse(answer)
    }
}
