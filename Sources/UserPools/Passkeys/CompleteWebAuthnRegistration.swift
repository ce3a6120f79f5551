package import CognitoModel
import Domain
package import Operations
import Storage

/// Takes the passkey that the signed-in user's browser has made. 1 read, 1 write.
package enum CompleteWebAuthnRegistration: Operation {
    package static func authenticate(
        _ input: CompleteWebAuthnRegistrationRequest,
        _ request: RequestContext,
        _ services: Services
    ) async throws -> TokenHolder {
        try await TokenHolder.knowing(input.accessToken, services: services, now: request.now)
    }

    package static func run(
        _ input: CompleteWebAuthnRegistrationRequest,
        _ call: Call<TokenHolder>
    ) async throws -> CompleteWebAuthnRegistrationResponse {
        do {
            try await call.service.registerPasskey(input.credential, of: call.caller.passkeyHolder, now: call.now)
        } catch UserFailure.notFound {
            throw TokenFailure.accessTokenRevoked
        }
        return CompleteWebAuthnRegistrationResponse()
    }
}
