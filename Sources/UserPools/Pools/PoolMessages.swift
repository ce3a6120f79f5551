package import CognitoModel
package import Domain
import Operations

extension PoolFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        case .notFound(let id): CognitoError(.resourceNotFound, "User pool \(id) does not exist.")
        case .importInProgress:
            CognitoError(.userImportInProgress, "A user import job is in progress for this user pool.")
        }
    }
}

/// What is said of settings that a pool can't have, in Cognito's words.
extension PoolSettingsFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        case .conflictingTemporaryPasswordValidity:
            .invalidParameter(
                "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays"
            )
        case .passwordFactorMissing:
            .invalidParameter("Password should be configured as one of the allowed first auth factors.")
        case .tierLacks(let feature):
            CognitoError(
                .featureUnavailableInTier,
                "The following features need to be disabled for the LITE pricing tier configured: \(feature.name)"
            )
        case .duplicateLevelNames: .invalidParameter("AcrValue must be unique across all levels.")
        case .differentTokenFunctions:
            .invalidParameter("PreTokenGeneration and PreTokenGenerationConfig must have the same Lambda ARN.")
        case .threatProtectionUnavailable(let tier):
            CognitoError(
                .featureUnavailableInTier,
                "The following features need to be disabled for the \(tier) pricing tier configured: Threat Protection"
            )
        case .updateVerificationWithoutAutoVerification:
            .invalidParameter(
                "All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes"
            )
        case .emailSourceMissing:
            .invalidParameter("Source ARN is required to use DEVELOPER email sending owner")
        case .emailIdentityNotAllowed:
            CognitoError(.invalidEmailRoleAccessPolicy, "Cognito is not allowed to use your email identity")
        case .emailSenderNotAllowed:
            .invalidParameter("Cannot configure From email address for default email configuration")
        case .adminOnlyBesideOtherRecovery:
            .invalidParameter(
                "Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms."
            )
        case .ambiguousRecovery:
            .invalidParameter("Account Recovery Setting cannot name a mechanism or a priority twice.")
        case .invalidMessage: .invalidParameter("The message is invalid.")
        case .invalidEmailSender: .invalidParameter("Provided From email address is invalid")
        }
    }
}

extension PoolSettingsFailure.TieredFeature {
    fileprivate var name: String {
        switch self {
        case .passwordHistory: "Password History"
        case .choiceBasedSignIn: "Passwordless Sign-In"
        case .authenticationLevels: "Step-up Authentication"
        case .accessTokenCustomization: "Access Token Customization"
        }
    }
}

/// What is said of attributes that a pool's users can't have, in Cognito's words.
extension SchemaFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        .invalidParameter(message)
    }

    private var message: String {
        switch self {
        case .nameMissing: "Attribute name is missing."
        case .tooManyCustomAttributes(let limit): "Number of custom attributes exceeds \(limit)."
        case .duplicateCustomAttributes(let names):
            "Duplicate custom attribute names \(names.joined(separator: ", ")) are not allowed in a user pool schema."
        case .attributeExists(let name):
            "\(name.hasPrefix("dev:") ? String(name.dropFirst(4)) : name): Existing attribute already has name \(name)."
        case .invalidStringConstraints(let name): "Invalid StringAttributeConstraints for schema attribute \(name)"
        case .invalidNumberConstraints(let name): "Invalid NumberAttributeConstraints for schema attribute \(name)"
        case .lengthsReversed(let name): "Attribute \(name) cannot have a max length shorter than it's min length"
        case .valuesReversed(let name): "Attribute \(name) cannot have a max value smaller than it's min value"
        case .standardAttributeChanged(let name):
            "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute \(name)"
        case .customNameTooLong(let name, let limit): "Custom attribute name \(name) is longer than \(limit)."
        case .typeMissing: "Invalid AttributeDataType input, consider using the provided AttributeDataType enum."
        case .requiredCustomAttribute: "Required custom attributes are not supported currently."
        }
    }
}

extension CognitoError {
    static let aliasAndUsernameAttributes =
        invalidParameter("Only one of the aliasAttributes or usernameAttributes can be set in a user pool.")
    static let deletionProtected = invalidParameter(
        "The user pool cannot be deleted because deletion protection is activated. "
            + "Deletion protection must be inactivated first."
    )

    static func poolExists(_ id: String) -> CognitoError { invalidParameter("User pool \(id) already exists.") }

    /// Martlet's own: the tag that pins a pool's id in dev.
    static func invalidPinnedPoolID(tag: String, region: String) -> CognitoError {
        invalidParameter("The tag \(tag) must be \(region)_ followed by letters and digits.")
    }
}
