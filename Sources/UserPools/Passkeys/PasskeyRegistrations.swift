package import CognitoModel
package import Domain
import Operations
import Storage

/// A user who may make a passkey: proven by an access token, or by a browser's sign-in.
package struct PasskeyHolder: Sendable {
    let user: User
    let client: AppClient
    let pool: UserPool

    package init(user: User, client: AppClient, pool: UserPool) {
        self.user = user
        self.client = client
        self.pool = pool
    }
}

/// The making of passkeys, for the API and for the pages.
extension Services {
    /// With which options the user's browser makes a passkey. Throws `PasskeyFailure` where the pool takes none. 1
    /// read; nothing is written.
    package func passkeyOptions(for holder: PasskeyHolder, now: Timestamp) async throws -> JSONValue {
        let relyingParty = try holder.pool.passkeysRelyingParty()
        let registration = PasskeyRegistration(
            of: holder.user,
            client: holder.client,
            nonce: try identifiers.uuid(),
            now: now
        )
        let options = PasskeyCreationOptions(
            relyingParty: relyingParty,
            user: holder.user,
            challenge: try store.vault.sealState(registration),
            existing: try await store.passkeys.all(of: holder.user.sub, poolID: holder.pool.id).map(\.descriptor)
        )
        return options.document
    }

    /// Takes the passkey that the user's browser has made. Throws `PasskeyFailure`, and `UserFailure.notFound` where
    /// the user is gone. 1 write.
    package func registerPasskey(_ credential: JSONValue, of holder: PasskeyHolder, now: Timestamp) async throws {
        let relyingParty = try holder.pool.passkeysRelyingParty()
        let response = try RegistrationResponse(credential)
        let nonce = try PasskeyRegistration.nonce(
            of: response.challenge,
            user: holder.user,
            client: holder.client,
            vault: store.vault,
            now: now
        )
        let passkey = try Passkey(registering: response, of: holder.user, for: relyingParty, now: now)
        try await store.passkeys.create(passkey, spending: nonce)
    }
}

extension TokenHolder {
    var passkeyHolder: PasskeyHolder { PasskeyHolder(user: user, client: client, pool: pool) }
}
