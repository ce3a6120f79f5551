package import CognitoModel
import Domain
import SignIn
import Storage

/// Begins a sign-in from the user's device. What it costs is said at each flow.
package enum InitiateAuth: Operation {
    package static func run(
        _ input: InitiateAuthRequest,
        _ call: Call<PublicClient>
    ) async throws -> InitiateAuthResponse {
        let client = call.caller.client
        guard ![.adminUserPasswordAuth, .adminNoSrpAuth].contains(input.authFlow) else {
            throw SignInFailure.flowNotSupported
        }
        guard client.allows(input.authFlow) else { throw CognitoError.flowNotEnabled(input.authFlow) }
        let request = SignInRequest(
            client: client,
            poolWithKeys: call.caller.poolWithKeys,
            parameters: SignInParameters(input.authParameters),
            context: SignInContext(input.userContextData, clientMetadata: input.clientMetadata, call.request),
            now: call.now
        )
        do {
            return InitiateAuthResponse(
                try await call.signIn.begin(input.authFlow, request, signUpSession: input.session)
            )
        } catch SignInFailure.noSecondFactor {
            // The operation has no code of its own for it, as the other three have.
            throw CognitoError.noMFAMethod
        }
    }
}
