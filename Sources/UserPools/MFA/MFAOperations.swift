import Operations

/// Second factors, of pools and of users.
enum MFAOperations {
    static let table: [AnyOperation<Services>] = [
        AnyOperation(SetUserPoolMfaConfig.self),
        AnyOperation(GetUserPoolMfaConfig.self),
        AnyOperation(AssociateSoftwareToken.self),
        AnyOperation(VerifySoftwareToken.self),
        AnyOperation(AdminDeleteSoftwareToken.self),
        AnyOperation(SetUserMFAPreference.self),
        AnyOperation(AdminSetUserMFAPreference.self),
        AnyOperation(SetUserSettings.self),
        AnyOperation(AdminSetUserSettings.self),
        AnyOperation(GetUserAuthFactors.self),
        AnyOperation(AdminGetUserAuthFactors.self),
    ]
}
