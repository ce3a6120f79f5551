package import CognitoModel
import Domain
import Storage

/// Turns the signed-in user's codes by text on or off, as SetUserMFAPreference does since. 1 read, 1 write.
package enum SetUserSettings: Operation {
    package static func run(
        _ input: SetUserSettingsRequest,
        _ call: Call<TokenHolder>
    ) async throws -> SetUserSettingsResponse {
        let pool = call.caller.pool
        let preferences = try MFAPreferences(options: input.mfaOptions)
        try await call.store.users.update(sub: call.caller.user.sub, in: pool) {
            try preferences.apply(to: &$0, in: pool)
        }
        return SetUserSettingsResponse()
    }
}
