package import CognitoModel
import Domain
import Storage

/// Turns a user's second factors on or off. 1 read, 1 write.
package enum AdminSetUserMFAPreference: Operation {
    package static func run(
        _ input: AdminSetUserMFAPreferenceRequest,
        _ call: Call<Administrator>
    ) async throws -> AdminSetUserMFAPreferenceResponse {
        let pool = try await call.pool(input.userPoolId)
        let user = try await call.store.users.get(pool.name(input.username), in: pool)
        let preferences = MFAPreferences(
            sms: input.smsMfaSettings,
            softwareToken: input.softwareTokenMfaSettings,
            email: input.emailMfaSettings,
            webAuthn: input.webAuthnMfaSettings
        )
        try await call.store.users.update(sub: user.sub, in: pool) { try preferences.apply(to: &$0, in: pool) }
        return AdminSetUserMFAPreferenceResponse()
    }
}
