/// Why there is no such pool, or it can't be changed.
package enum PoolFailure: Error, Hashable, Sendable {
    case notFound(id: String)
    /// Users are being imported.
    case importInProgress
}

/// Why a pool can't be configured so.
package enum PoolSettingsFailure: Error, Hashable, Sendable {
    /// What a pool needs a higher tier for.
    package enum TieredFeature: Hashable, Sendable {
        case passwordHistory, choiceBasedSignIn, authenticationLevels, accessTokenCustomization
    }

    /// Two settings name different lifetimes of a temporary password.
    case conflictingTemporaryPasswordValidity
    case passwordFactorMissing
    case tierLacks(TieredFeature)
    /// PreTokenGeneration and PreTokenGenerationConfig name different functions.
    case differentTokenFunctions
    /// Two authentication levels have the same name.
    case duplicateLevelNames
    /// Only the PLUS plan has it.
    case threatProtectionUnavailable(tier: String)
    /// An attribute that isn't verified by itself can't wait for its verification.
    case updateVerificationWithoutAutoVerification
    /// Mail is to be sent by the operator's account, and no identity of it is named.
    case emailSourceMissing
    /// Cognito's own account sends mail by nobody's identity.
    case emailIdentityNotAllowed
    /// Cognito's own account sends mail from its own address.
    case emailSenderNotAllowed
    case invalidEmailSender
    /// Recovery by administrators alone, beside another way.
    case adminOnlyBesideOtherRecovery
    /// Two ways of recovery are the same, or of the same priority.
    case ambiguousRecovery
    /// A text lacks a place for what it is to carry.
    case invalidMessage
}

/// Why a pool's users can't have such attributes.
package enum SchemaFailure: Error, Hashable, Sendable {
    case nameMissing
    case tooManyCustomAttributes(limit: Int)
    case duplicateCustomAttributes([String])
    /// The pool has an attribute of that name.
    case attributeExists(String)
    /// A bound of a text's length isn't a number.
    case invalidStringConstraints(String)
    /// A bound of a number isn't a number.
    case invalidNumberConstraints(String)
    case lengthsReversed(String)
    case valuesReversed(String)
    case standardAttributeChanged(String)
    case customNameTooLong(String, limit: Int)
    case typeMissing
    case requiredCustomAttribute
}
