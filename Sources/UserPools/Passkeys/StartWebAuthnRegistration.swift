package import CognitoModel
import Domain
package import Operations
import Storage

/// Says with which options the signed-in user's browser makes a passkey. 2 reads; nothing is written.
package enum StartWebAuthnRegistration: Operation {
    package static func authenticate(
        _ input: StartWebAuthnRegistrationRequest,
        _ request: RequestContext,
        _ services: Services
    ) async throws -> TokenHolder {
        try await TokenHolder.knowing(input.accessToken, services: services, now: request.now)
    }

    package static func run(
        _ input: StartWebAuthnRegistrationRequest,
        _ call: Call<TokenHolder>
    ) async throws -> StartWebAuthnRegistrationResponse {
        let options = try await call.service.passkeyOptions(for: call.caller.passkeyHolder, now: call.now)
        return StartWebAuthnRegistrationResponse(credentialCreationOptions: options)
    }
}
