package import CognitoModel
package import Domain
import Operations

/// What is said of sessions that can't be looked at or ended. Cognito's words aren't known.
extension SessionFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        case .notTracked:
            CognitoError(.operationNotEnabled, "Session tracking is not enabled for the user pool.")
        case .notFound: CognitoError(.resourceNotFound, "Session does not exist.")
        case .current: .invalidParameter("The current session cannot be revoked.")
        case .settingsUnavailableInTier:
            CognitoError(
                .featureUnavailableInTier,
                "The following features need to be disabled for the LITE pricing tier configured: Session Tracking"
            )
        }
    }
}
