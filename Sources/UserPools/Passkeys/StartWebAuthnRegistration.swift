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
        let (user, pool, client) = (call.caller.user, call.caller.pool, call.caller.client)
        let relyingParty = try pool.passkeysRelyingParty()
        let registration = PasskeyRegistration(
            of: user,
            client: client,
            nonce: try call.identifiers.uuid(),
            now: call.now
        )
        let options = PasskeyCreationOptions(
            relyingParty: relyingParty,
            user: user,
            challenge: try call.store.vault.sealState(registration),
            existing: try await call.store.passkeys.all(of: user.sub, poolID: pool.id).map(\.descriptor)
        )
        return StartWebAuthnRegistrationResponse(credentialCreationOptions: options.document)
    }
}
