import CognitoModel
import Domain
import Operations
import Testing

@testable import UserPools

/// What is said of pools and of users' attributes that can't be so.
@Suite struct SettingsMessageTests {
    @Test("a pool that isn't there")
    func pool() {
        let error = PoolFailure.notFound(id: "us-east-1_a").cognitoError
        #expect(error.code == .resourceNotFound)
        #expect(error.message == "User pool us-east-1_a does not exist.")
    }

    @Test(
        "settings of pools",
        arguments: [
            (
                .conflictingTemporaryPasswordValidity, "InvalidParameterException",
                "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays"
            ),
            (
                .passwordFactorMissing, "InvalidParameterException",
                "Password should be configured as one of the allowed first auth factors."
            ),
            (
                .tierLacks(.passwordHistory), "FeatureUnavailableInTierException",
                "The following features need to be disabled for the LITE pricing tier configured: Password History"
            ),
            (
                .tierLacks(.choiceBasedSignIn), "FeatureUnavailableInTierException",
                "The following features need to be disabled for the LITE pricing tier configured: Passwordless Sign-In"
            ),
            (
                .tierLacks(.accessTokenCustomization), "FeatureUnavailableInTierException",
                "The following features need to be disabled for the LITE pricing tier configured: "
                    + "Access Token Customization"
            ),
            (
                .differentTokenFunctions, "InvalidParameterException",
                "PreTokenGeneration and PreTokenGenerationConfig must have the same Lambda ARN."
            ),
            (
                .threatProtectionUnavailable(tier: "LITE"), "FeatureUnavailableInTierException",
                "The following features need to be disabled for the LITE pricing tier configured: Threat Protection"
            ),
            (
                .adminOnlyBesideOtherRecovery, "InvalidParameterException",
                "Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms."
            ),
            (
                .ambiguousRecovery, "InvalidParameterException",
                "Account Recovery Setting cannot name a mechanism or a priority twice."
            ),
            (
                .updateVerificationWithoutAutoVerification, "InvalidParameterException",
                "All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes"
            ),
            (
                .emailSourceMissing, "InvalidParameterException",
                "Source ARN is required to use DEVELOPER email sending owner"
            ),
            (
                .emailIdentityNotAllowed, "InvalidEmailRoleAccessPolicyException",
                "Cognito is not allowed to use your email identity"
            ),
            (
                .emailSenderNotAllowed, "InvalidParameterException",
                "Cannot configure From email address for default email configuration"
            ),
            (.invalidEmailSender, "InvalidParameterException", "Provided From email address is invalid"),
        ] as [(PoolSettingsFailure, String, String)]
    )
    func poolSettings(failure: PoolSettingsFailure, code: String, message: String) {
        #expect(failure.cognitoError.code.name == code)
        #expect(failure.cognitoError.message == message)
    }

    @Test(
        "schemas",
        arguments: [
            (.nameMissing, "Attribute name is missing."),
            (.tooManyCustomAttributes(limit: 50), "Number of custom attributes exceeds 50."),
            (
                .duplicateCustomAttributes(["custom:a"]),
                "Duplicate custom attribute names custom:a are not allowed in a user pool schema."
            ),
            (
                .invalidStringConstraints("email"),
                "Invalid StringAttributeConstraints for schema attribute email"
            ),
            (
                .invalidNumberConstraints("updated_at"),
                "Invalid NumberAttributeConstraints for schema attribute updated_at"
            ),
            (.attributeExists("custom:a"), "custom:a: Existing attribute already has name custom:a."),
            (.attributeExists("dev:custom:a"), "custom:a: Existing attribute already has name dev:custom:a."),
            (.lengthsReversed("email"), "Attribute email cannot have a max length shorter than it's min length"),
            (.valuesReversed("custom:a"), "Attribute custom:a cannot have a max value smaller than it's min value"),
            (
                .standardAttributeChanged("email"),
                "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute email"
            ),
            (
                .customNameTooLong("abcdefghijklmnopqrstu", limit: 20),
                "Custom attribute name abcdefghijklmnopqrstu is longer than 20."
            ),
            (.typeMissing, "Invalid AttributeDataType input, consider using the provided AttributeDataType enum."),
            (.requiredCustomAttribute, "Required custom attributes are not supported currently."),
        ] as [(SchemaFailure, String)]
    )
    func schemas(failure: SchemaFailure, message: String) {
        #expect(failure.cognitoError.code == .invalidParameter)
        #expect(failure.cognitoError.message == message)
    }

    @Test(
        "attributes",
        arguments: [
            (.immutable("sub"), "InvalidParameterException", "user.sub: Attribute cannot be updated."),
            (.unauthorized, "NotAuthorizedException", "A client attempted to write unauthorized attribute"),
            (.invalidEmail, "InvalidParameterException", "Invalid email address format."),
            (.invalidPhoneNumber, "InvalidParameterException", "Invalid phone number format."),
            (
                .preferredUsernameIsEmail, "InvalidParameterException",
                "Preferred username cannot be of email format, since user pool is configured for email alias."
            ),
            (
                .preferredUsernameIsPhoneNumber, "InvalidParameterException",
                "Preferred username cannot be of phone number format, since user pool is configured for phone number "
                    + "alias."
            ),
            (.unverifiable("name"), "InvalidParameterException", "name can't be verified by a code."),
            (.absent("email"), "InvalidParameterException", "User has no email to verify."),
        ] as [(AttributeFailure, String, String)]
    )
    func attributes(failure: AttributeFailure, code: String, message: String) {
        #expect(failure.cognitoError.code.name == code)
        #expect(failure.cognitoError.message == message)
    }

    @Test(
        "rules of the schema",
        arguments: [
            (.unknown, "Attribute does not exist in the schema."), (.required, "The attribute is required"),
            (.longerThanAnyValue(bytes: 2048), "Attribute value is longer than 2048 bytes."),
            (.notBoolean, "Attribute value must be a boolean."),
            (.notTime, "Attribute value must be a time in seconds since 1970."),
            (.notNumber, "Attribute value must be a number."),
            (.belowMinimum(-5), "Number must be greater than or equal to -5"),
            (.aboveMaximum(10), "Number must be less than or equal to 10"),
            (.shorterThan(2), "String must be longer than or equal to 2 characters"),
            (.longerThan(4), "String must be no longer than 4 characters"),
        ] as [(AttributeViolation.Rule, String)]
    )
    func rules(rule: AttributeViolation.Rule, message: String) {
        let error = AttributeFailure.violations([AttributeViolation("a", rule)]).cognitoError
        #expect(error.code == .invalidParameter)
        #expect(error.message == "Attributes did not conform to the schema: a: \(message)\n")
    }

    @Test("violations stand in one message, each with its line break")
    func violations() {
        let violations = [AttributeViolation("a", .unknown), AttributeViolation("custom:flag", .notBoolean)]
        #expect(
            AttributeFailure.violations(violations).cognitoError.message == """
                Attributes did not conform to the schema: a: Attribute does not exist in the schema.
                custom:flag: Attribute value must be a boolean.

                """
        )
    }

    @Test(
        "what operations themselves refuse",
        arguments: [
            (.authFlowNotEnabled, "InvalidParameterException", "Auth flow not enabled for this client"),
            (
                .flowNotEnabled(.userPasswordAuth), "InvalidParameterException",
                "USER_PASSWORD_AUTH flow not enabled for this client"
            ),
            (.missingParameter("USERNAME"), "InvalidParameterException", "Missing required parameter USERNAME"),
            (
                .secretGivenAndGenerated, "InvalidParameterException",
                "You can't specify both GenerateSecret and ClientSecret."
            ),
            (.clientExists("c1"), "InvalidParameterException", "User pool client c1 already exists."),
            (
                .invalidPinnedClientName("martlet:"), "InvalidParameterException",
                "The client name must be martlet:<id>[,<name>]."
            ),
            (
                .passwordResetNotAllowed, "NotAuthorizedException",
                "User password cannot be reset in the current state."
            ),
            (
                .aliasAndUsernameAttributes, "InvalidParameterException",
                "Only one of the aliasAttributes or usernameAttributes can be set in a user pool."
            ),
            (
                .deletionProtected, "InvalidParameterException",
                "The user pool cannot be deleted because deletion protection is activated. "
                    + "Deletion protection must be inactivated first."
            ),
            (.poolExists("us-east-1_a"), "InvalidParameterException", "User pool us-east-1_a already exists."),
            (
                .invalidPinnedPoolID(tag: "t", region: "us-east-1"), "InvalidParameterException",
                "The tag t must be us-east-1_ followed by letters and digits."
            ),
            (.signUpNotPermitted, "NotAuthorizedException", "SignUp is not permitted for this user pool"),
            (.userAlreadyConfirmed, "InvalidParameterException", "User is already confirmed."),
            (
                .noContactForConfirmation, "InvalidParameterException",
                "Cannot resend codes. Auto verification not turned on."
            ),
            (
                .cannotConfirm(status: "CONFIRMED"), "NotAuthorizedException",
                "User cannot be confirmed. Current status is CONFIRMED"
            ),
            (
                RevocationFailure.notARefreshToken.cognitoError, "UnsupportedTokenTypeException",
                "Unsupported token type"
            ),
            (
                RevocationFailure.notEnabled.cognitoError, "UnsupportedOperationException",
                "Token revocation is not enabled for this client"
            ),
            (.clientMayNotRevoke, "UnauthorizedException", "Client is not authorized to revoke the token"),
            (
                .cannotResendInvitation(status: "CONFIRMED"), "UnsupportedUserStateException",
                "Resend not possible. CONFIRMED status is not FORCE_CHANGE_PASSWORD"
            ),
        ] as [(CognitoError, String, String)]
    )
    func operations(error: CognitoError, code: String, message: String) {
        #expect(error.code.name == code)
        #expect(error.message == message)
    }
}
