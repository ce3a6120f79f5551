/// Cognito's words, written down here anew: what tests compare with must not come from what they test.
extension Refusal {
    static func invalid(_ message: String) -> Refusal { Refusal("InvalidParameterException", message) }
    static func notAuthorized(_ message: String) -> Refusal { Refusal("NotAuthorizedException", message) }
    static func missing(_ parameter: String) -> Refusal { invalid("Missing required parameter \(parameter)") }

    static let unsigned = Refusal("MissingAuthenticationTokenException", "Missing Authentication Token")
    static let wrongPassword = notAuthorized("Incorrect username or password.")
    static let locked = notAuthorized("Password attempts exceeded")
    static let disabled = notAuthorized("User is disabled.")
    static let notConfirmed = Refusal("UserNotConfirmedException", "User is not confirmed.")
    static let resetRequired = Refusal("PasswordResetRequiredException", "Password reset required for the user")
    static let temporaryPasswordExpired =
        notAuthorized("Temporary password has expired and must be reset by an administrator.")

    static let invalidSession = notAuthorized("Invalid session for the user.")
    static let sessionExpired = notAuthorized("Invalid session for the user, session is expired.")
    static let sessionUsed = notAuthorized("Invalid session for the user, session can only be used once.")
    static let wrongCode = Refusal("CodeMismatchException", "Invalid code or auth state for the user.")
    static let unavailableFactor = invalid("The selected challenge is not available for the user.")

    static let codeMismatch =
        Refusal("CodeMismatchException", "Invalid verification code provided, please try again.")
    static let codeExpired = Refusal("ExpiredCodeException", "Invalid code provided, please request a code again.")
    static let limitExceeded =
        Refusal("LimitExceededException", "Attempt limit exceeded, please try after some time.")
    static let rateExceeded = Refusal("TooManyRequestsException", "Rate exceeded")
    static let undelivered = Refusal("CodeDeliveryFailureException", "Invalid email provided/Unable to send the email")

    static let internalError = Refusal("InternalErrorException", "Something went wrong")

    static let invalidAccessToken = notAuthorized("Invalid Access Token")
    static let accessTokenExpired = notAuthorized("Access Token has expired")
    static let accessTokenRevoked = notAuthorized("Access Token has been revoked")
    static let invalidRefreshToken = notAuthorized("Invalid Refresh Token")
    static let refreshTokenExpired = notAuthorized("Refresh Token has expired")
    static let refreshTokenRevoked = notAuthorized("Refresh Token has been revoked")
    static let refreshTokenReused = Refusal("RefreshTokenReuseException", "Refresh token has been reused")

    static let noUser = Refusal("UserNotFoundException", "User does not exist.")
    static let noUserForClient =
        Refusal("UserNotFoundException", "Username/client id combination not found.")
    static let userExists = Refusal("UsernameExistsException", "User already exists")
    static func accountExists(_ attribute: String) -> Refusal {
        Refusal("UsernameExistsException", "An account with the given \(attribute) already exists.")
    }
    static func aliasExists(_ attribute: String) -> Refusal {
        Refusal("AliasExistsException", "An account with the \(attribute) already exists.")
    }
    static func cannotConfirm(_ status: String) -> Refusal {
        notAuthorized("User cannot be confirmed. Current status is \(status)")
    }

    static func noPool(_ id: String) -> Refusal {
        Refusal("ResourceNotFoundException", "User pool \(id) does not exist.")
    }
    static func noClient(_ id: String) -> Refusal {
        Refusal("ResourceNotFoundException", "User pool client \(id) does not exist.")
    }
    static func secretHashMissing(_ client: String) -> Refusal {
        notAuthorized("Client \(client) is configured with secret but SECRET_HASH was not received")
    }
    static func secretHashWrong(_ client: String) -> Refusal {
        notAuthorized("Unable to verify secret hash for client \(client)")
    }
    static func secretWrong(_ client: String) -> Refusal {
        notAuthorized("Unable to verify client secret for client \(client)")
    }
    static let mayNotRevoke = Refusal("UnauthorizedException", "Client is not authorized to revoke the token")

    static func password(_ rule: String) -> Refusal {
        Refusal("InvalidPasswordException", "Password did not conform with policy: \(rule)")
    }
    static let passwordTooShort = password("Password not long enough")
    static let passwordUsedBefore =
        Refusal("PasswordHistoryPolicyViolationException", "Password has previously been used")

    static func schema(_ violations: String...) -> Refusal {
        invalid("Attributes did not conform to the schema: " + violations.map { "\($0)\n" }.joined())
    }
    static func immutable(_ attribute: String) -> Refusal {
        invalid("user.\(attribute): Attribute cannot be updated.")
    }
    static let unwritable = notAuthorized("A client attempted to write unauthorized attribute")
    static let invalidPaginationToken = invalid("Invalid pagination token")
}
