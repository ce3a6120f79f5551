package import CognitoModel
import Domain
import Storage

/// Turns the signed-in user's second factors on or off. 1 read, 1 write.
package enum SetUserMFAPreference: Operation {
    package static func run(
        _ input: SetUserMFAPreferenceRequest,
        _ call: Call<TokenHolder>
    ) async throws -> SetUserMFAPreferenceResponse {
        let pool = call.caller.pool
        let preferences = MFAPreferences(
            sms: input.smsMfaSettings,
            softwareToken: input.softwareTokenMfaSettings,
            email: input.emailMfaSettings,
            webAuthn: input.webAuthnMfaSettings
        )
        try await call.store.users.update(sub: call.caller.user.sub, in: pool) { user in
            if pool.secondFactors.contains(.softwareToken), input.softwareTokenMfaSettings?.enabled == true,
                user.factors.softwareToken == nil
            {
                // An administrator is told less.
                throw user.factors.pendingSecret == nil
                    ? FactorFailure.softwareTokenNotSetUp : FactorFailure.softwareTokenNotVerified
            }
            try preferences.apply(to: &user, in: pool)
        }
        return SetUserMFAPreferenceResponse()
    }
}
