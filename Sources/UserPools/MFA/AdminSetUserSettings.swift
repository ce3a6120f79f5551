package import CognitoModel
import Domain
import Storage

/// Turns a user's codes by text on or off, as AdminSetUserMFAPreference does since. 1 read, 1 write.
package enum AdminSetUserSettings: Operation {
    package static func run(
        _ input: AdminSetUserSettingsRequest,
        _ call: Call<Administrator>
    ) async throws -> AdminSetUserSettingsResponse {
        let pool = try await call.pool(input.userPoolId)
        let user = try await call.store.users.get(pool.name(input.username), in: pool)
        let preferences = try MFAPreferences(options: input.mfaOptions)
        try await call.store.users.update(sub: user.sub, in: pool) { try preferences.apply(to: &$0, in: pool) }
        return AdminSetUserSettingsResponse()
    }
}

extension MFAPreferences {
    /// What `MFAOptions` asks for: a text to the user's telephone, or nothing. Throws `FactorFailure` for anything
    /// else.
    init(options: [MFAOptionType]) throws(FactorFailure) {
        let isText = { (option: MFAOptionType) in
            option.deliveryMedium == .sms && option.attributeName == "phone_number"
        }
        guard options.allSatisfy(isText) else { throw .onlyTexts }
        self.init([.sms: Setting(isOn: !options.isEmpty, isPreferred: nil)])
    }
}
