package import CognitoModel

/// Every message text that Cognito uses, in one place: compatibility is partly the text.
extension CognitoError {
    package static let internalFailure = CognitoError(.internalError, "Something went wrong")

    package static func invalidParameter(_ message: String) -> CognitoError { CognitoError(.invalidParameter, message) }
}

/// Signing in.
extension CognitoError {
    package static let incorrectUsernameOrPassword = CognitoError(.notAuthorized, "Incorrect username or password.")
    package static let userDisabled = CognitoError(.notAuthorized, "User is disabled.")
    package static let passwordAttemptsExceeded = CognitoError(.notAuthorized, "Password attempts exceeded")
    package static let userNotConfirmed = CognitoError(.userNotConfirmed, "User is not confirmed.")
    package static let userDoesNotExist = CognitoError(.userNotFound, "User does not exist.")
    package static let usernameClientNotFound =
        CognitoError(.userNotFound, "Username/client id combination not found.")
    package static let passwordResetRequired =
        CognitoError(.passwordResetRequired, "Password reset required for the user")
    package static let temporaryPasswordExpired = CognitoError(
        .notAuthorized,
        "Temporary password has expired and must be reset by an administrator."
    )
    package static let sessionExpired =
        CognitoError(.notAuthorized, "Invalid session for the user, session is expired.")
    package static let sessionUsed =
        CognitoError(.notAuthorized, "Invalid session for the user, session can only be used once.")
    package static let invalidSession = CognitoError(.notAuthorized, "Invalid session for the user.")
    package static let invalidChallengeCode =
        CognitoError(.codeMismatch, "Invalid code or auth state for the user.")
    package static let authFlowNotEnabled = invalidParameter("Auth flow not enabled for this client")
    package static let initiateAuthMethodNotSupported = invalidParameter("Initiate Auth method not supported.")
    package static let customAuthNotConfigured =
        invalidParameter("Custom auth lambda trigger is not configured for the user pool.")
    package static let invalidSRPValue = invalidParameter("Invalid SRP_A value")
    package static let wrongChallenge = invalidParameter("Challenge response doesn't match the session's challenge.")
    package static let unavailableChallenge =
        invalidParameter("The selected challenge is not available for the user.")

    package static func flowNotEnabled(_ flow: String) -> CognitoError {
        invalidParameter("\(flow) flow not enabled for this client")
    }

    package static func missingParameter(_ name: String) -> CognitoError {
        invalidParameter("Missing required parameter \(name)")
    }

    package static func missingAttributes(_ names: [String]) -> CognitoError {
        invalidParameter("Invalid attributes given, \(names.joined(separator: ", ")) is missing")
    }

    package static func attributeAlreadyProvided(_ name: String) -> CognitoError {
        invalidParameter("Cannot modify an already provided \(name)")
    }

    package static func unsupportedChallenge(_ name: String) -> CognitoError {
        invalidParameter("The challenge \(name) isn't supported.")
    }
}

/// Tokens.
extension CognitoError {
    package static let invalidRefreshToken = CognitoError(.notAuthorized, "Invalid Refresh Token")
    package static let refreshTokenRevoked = CognitoError(.notAuthorized, "Refresh Token has been revoked")
    package static let refreshTokenExpired = CognitoError(.notAuthorized, "Refresh Token has expired")
    package static let refreshTokenReused = CognitoError(.refreshTokenReuse, "Refresh token has been reused")
    package static let refreshRotationEnabled =
        CognitoError(
            .unsupportedOperation,
            "Refresh token rotation is enabled for this client. Use GetTokensFromRefreshToken."
        )
    package static let invalidAccessToken = CognitoError(.notAuthorized, "Invalid Access Token")
    package static let accessTokenExpired = CognitoError(.notAuthorized, "Access Token has expired")
    package static let accessTokenRevoked = CognitoError(.notAuthorized, "Access Token has been revoked")
    package static let accessTokenLacksScopes =
        CognitoError(.notAuthorized, "Access Token does not have required scopes")
    package static let unsupportedTokenType = CognitoError(.unsupportedTokenType, "Unsupported token type")
    package static let revocationNotEnabled =
        CognitoError(.unsupportedOperation, "Token revocation is not enabled for this client")
    package static let clientMayNotRevoke = CognitoError(.unauthorized, "Client is not authorized to revoke the token")
}

/// App clients.
extension CognitoError {
    package static func poolDoesNotExist(_ id: String) -> CognitoError {
        CognitoError(.resourceNotFound, "User pool \(id) does not exist.")
    }

    package static func clientDoesNotExist(_ id: String) -> CognitoError {
        CognitoError(.resourceNotFound, "User pool client \(id) does not exist.")
    }

    package static func secretHashMissing(_ clientID: String) -> CognitoError {
        CognitoError(.notAuthorized, "Client \(clientID) is configured with secret but SECRET_HASH was not received")
    }

    package static func secretHashWrong(_ clientID: String) -> CognitoError {
        CognitoError(.notAuthorized, "Unable to verify secret hash for client \(clientID)")
    }

    package static func clientSecretWrong(_ clientID: String) -> CognitoError {
        CognitoError(.notAuthorized, "Unable to verify client secret for client \(clientID)")
    }

    package static let invalidWriteAttributesOnCreate =
        invalidParameter("Invalid write attributes specified while creating a client")
    package static let invalidWriteAttributesOnUpdate =
        invalidParameter("Invalid write attributes specified while updating a client")
    package static let invalidReadAttributesOnCreate =
        invalidParameter("Invalid read attributes specified while creating a client")
    package static let invalidReadAttributesOnUpdate =
        invalidParameter("Invalid read attributes specified while updating a client")
}

/// Signing up, and user attributes.
extension CognitoError {
    package static let userExists = CognitoError(.usernameExists, "User already exists")
    package static let unauthorizedAttribute =
        CognitoError(.notAuthorized, "A client attempted to write unauthorized attribute")
    package static let signUpNotPermitted = CognitoError(.notAuthorized, "SignUp is not permitted for this user pool")
    package static let invalidPhoneNumber = invalidParameter("Invalid phone number format.")
    package static let invalidEmail = invalidParameter("Invalid email address format.")
    package static let usernameShouldBeEmail = invalidParameter("Username should be an email.")
    package static let usernameShouldBePhoneNumber = invalidParameter("Username should be a phone number.")
    package static let usernameShouldBeEither =
        invalidParameter("Username should be either an email or a phone number.")
    package static let usernameOfEmailFormat =
        invalidParameter("Username cannot be of email format, since user pool is configured for email alias.")
    package static let usernameOfPhoneFormat = invalidParameter(
        "Username cannot be of phone number format, since user pool is configured for phone number alias."
    )
    package static let userAlreadyConfirmed = invalidParameter("User is already confirmed.")
    package static let noVerifiedContact = invalidParameter(
        "Cannot reset password for the user as there is no registered/verified email or phone_number"
    )
    package static let noContactForConfirmation = invalidParameter(
        "Cannot resend codes. Auto verification not turned on."
    )

    package static func accountExists(with attribute: String) -> CognitoError {
        CognitoError(.usernameExists, "An account with the given \(attribute) already exists.")
    }

    package static func aliasExists(_ attribute: String) -> CognitoError {
        CognitoError(.aliasExists, "An account with the \(attribute) already exists.")
    }

    package static func usernameDiffers(from attribute: String) -> CognitoError {
        invalidParameter("The username and the attribute \(attribute) must be the same.")
    }

    /// `violations` as `email: The attribute is required`; the trailing line break is Cognito's.
    package static func schemaViolations(_ violations: [String]) -> CognitoError {
        invalidParameter("Attributes did not conform to the schema: " + violations.map { "\($0)\n" }.joined())
    }

    package static func attributeImmutable(_ name: String) -> CognitoError {
        invalidParameter("user.\(name): Attribute cannot be updated.")
    }

    package static func unverifiableAttribute(_ name: String) -> CognitoError {
        invalidParameter("\(name) can't be verified by a code.")
    }

    package static func attributeWithoutValue(_ name: String) -> CognitoError {
        invalidParameter("User has no \(name) to verify.")
    }

    package static func cannotConfirm(status: String) -> CognitoError {
        CognitoError(.notAuthorized, "User cannot be confirmed. Current status is \(status)")
    }

    package static func cannotResendInvitation(status: String) -> CognitoError {
        CognitoError(
            .unsupportedUserState,
            "Resend not possible. \(status) status is not FORCE_CHANGE_PASSWORD"
        )
    }
}

/// Codes and passwords.
extension CognitoError {
    package static let codeMismatch =
        CognitoError(.codeMismatch, "Invalid verification code provided, please try again.")
    package static let codeExpired =
        CognitoError(.expiredCode, "Invalid code provided, please request a code again.")
    package static let rateExceeded = CognitoError(.tooManyRequests, "Rate exceeded")
    package static let attemptLimitExceeded =
        CognitoError(.limitExceeded, "Attempt limit exceeded, please try after some time.")
    package static let passwordUsedBefore =
        CognitoError(.passwordHistoryPolicyViolation, "Password has previously been used")
    package static let passwordResetNotAllowed =
        CognitoError(.notAuthorized, "User password cannot be reset in the current state.")

    package static let passwordMissing = invalidParameter(
        "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must not be null"
    )

    package static func passwordPolicy(_ violation: String) -> CognitoError {
        CognitoError(.invalidPassword, "Password did not conform with policy: \(violation)")
    }
}

/// Listing.
extension CognitoError {
    package static let filterUnreadable = invalidParameter("Error while parsing filter")
    package static let invalidPaginationToken = invalidParameter("Invalid pagination token")

    package static func invalidSearchAttribute(_ name: String) -> CognitoError {
        invalidParameter("Invalid search attribute: \(name)")
    }
}
