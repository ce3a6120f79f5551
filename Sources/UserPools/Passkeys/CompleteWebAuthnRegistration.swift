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
        let (user, pool) = (call.caller.user, call.caller.pool)
        let relyingParty = try pool.passkeysRelyingParty()
        let response = try RegistrationResponse(input.credential)
        let nonce = try PasskeyRegistration.nonce(
            of: response.challenge,
            user: user,
            client: call.caller.client,
            vault: call.store.vault,
            now: call.now
        )
        let passkey = try Passkey(registering: response, of: user, for: relyingParty, now: call.now)
        do {
            try await call.store.passkeys.create(passkey, spending: nonce)
        } catch UserFailure.notFound {
            throw TokenFailure.accessTokenRevoked
        }
        return CompleteWebAuthnRegistrationResponse()
    }
}
