package import CognitoModel
import Domain
package import Operations
import Storage

/// Forgets a passkey of the signed-in user. 1 read, 1 write.
package enum DeleteWebAuthnCredential: Operation {
    package static func authenticate(
        _ input: DeleteWebAuthnCredentialRequest,
        _ request: RequestContext,
        _ services: Services
    ) async throws -> TokenHolder {
        try await TokenHolder.knowing(input.accessToken, services: services, now: request.now)
    }

    package static func run(
        _ input: DeleteWebAuthnCredentialRequest,
        _ call: Call<TokenHolder>
    ) async throws -> DeleteWebAuthnCredentialResponse {
        let (user, pool) = (call.caller.user, call.caller.pool)
        try await call.store.passkeys.delete(input.credentialId, of: user.sub, poolID: pool.id)
        return DeleteWebAuthnCredentialResponse()
    }
}
