package import CognitoModel
package import Domain
import Operations

/// What signing in is refused with, in Cognito's words.
extension SignInFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        case .wrongUsernameOrPassword: CognitoError(.notAuthorized, "Incorrect username or password.")
        case .locked: CognitoError(.notAuthorized, "Password attempts exceeded")
        case .userDisabled: CognitoError(.notAuthorized, "User is disabled.")
        case .userNotConfirmed: CognitoError(.userNotConfirmed, "User is not confirmed.")
        case .passwordResetRequired: CognitoError(.passwordResetRequired, "Password reset required for the user")
        case .temporaryPasswordExpired:
            CognitoError(
                .notAuthorized,
                "Temporary password has expired and must be reset by an administrator."
            )
        case .flowNotSupported: .invalidParameter("Initiate Auth method not supported.")
        case .flowNotAllowed(let flow): .flowNotEnabled(flow)
        case .customAuthenticationNotConfigured:
            .invalidParameter("Custom auth lambda trigger is not configured for the user pool.")
        case .missingParameter(let name): .missingParameter(name)
        case .invalidPublicKey: .invalidParameter("Invalid SRP_A value")
        case .invalidSession: CognitoError(.notAuthorized, "Invalid session for the user.")
        case .sessionExpired: CognitoError(.notAuthorized, "Invalid session for the user, session is expired.")
        case .sessionUsed:
            CognitoError(.notAuthorized, "Invalid session for the user, session can only be used once.")
        case .unexpectedChallenge:
            .invalidParameter("Challenge response doesn't match the session's challenge.")
        case .unsupportedChallenge(let name): .invalidParameter("The challenge \(name.rawValue) isn't supported.")
        case .unavailableFactor: .invalidParameter("The selected challenge is not available for the user.")
        case .wrongCode: CognitoError(.codeMismatch, "Invalid code or auth state for the user.")
        case .addressBlocked: CognitoError(.notAuthorized, "Request not allowed due to security reasons.")
        case .riskBlocked: CognitoError(.notAuthorized, "Unable to login because of security reasons.")
        case .passwordCompromised:
            CognitoError(.passwordResetRequired, "You need to reset your password to continue")
        case .wrongPasskey: CognitoError(.notAuthorized, "Invalid passkey.")
        case .usedSoftwareToken: CognitoError(.expiredCode, "Your software token has already been used once.")
        case .noSecondFactor: CognitoError(.mfaMethodNotFound, CognitoError.noMFAMethod.message)
        case .levelsUnavailableInTier:
            CognitoError(
                .featureUnavailableInTier,
                "The following features need to be disabled for the LITE pricing tier configured: Step-up Authentication"
            )
        case .invalidTarget: .invalidParameter("Invalid step-up authentication parameters.")
        case .levelUnreachable:
            .invalidParameter("User has no factors for the requested authentication level.")
        case .levelReached:
            .invalidParameter("The access token already meets the requested authentication level.")
        case .missingAttributes(let names):
            .invalidParameter("Invalid attributes given, \(names.joined(separator: ", ")) is missing")
        case .attributeAlreadySet(let name): .invalidParameter("Cannot modify an already provided \(name)")
        }
    }
}

extension CognitoError {
    /// AdminInitiateAuth's words for a flow that the client may not use.
    static let authFlowNotEnabled = invalidParameter("Auth flow not enabled for this client")

    /// InitiateAuth's error for a user who has no factor that is required.
    static let noMFAMethod = invalidParameter("User has no MFA method that the user pool asks for.")

    /// InitiateAuth's words for a flow that the client may not use.
    static func flowNotEnabled(_ flow: AuthFlowType) -> CognitoError {
        guard flow != .customAuth else { return invalidParameter("CUSTOM_AUTH is not enabled for the client.") }
        return invalidParameter("\(flow.rawValue) flow not enabled for this client")
    }

    static func missingParameter(_ name: String) -> CognitoError {
        invalidParameter("Missing required parameter \(name)")
    }
}
