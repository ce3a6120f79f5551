package import CognitoModel
package import Domain
import Operations

/// What is said of threat protection. That the add-on is off, and of the rest, no text of Cognito's is known.
extension ThreatProtectionFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        case .notEnabled: CognitoError(.userPoolAddOnNotEnabled, "User pool add-ons are not enabled.")
        case .eventNotFound(let id): CognitoError(.resourceNotFound, "Auth event \(id) does not exist.")
        case .invalidFeedbackToken: CognitoError(.notAuthorized, "Invalid feedback token.")
        }
    }
}

extension RiskSettingsFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        case .invalidRange(let range): .invalidParameter("\(range) is not an IP address range in CIDR notation.")
        case .notifyConfigurationMissing:
            .invalidParameter("NotifyConfiguration is required where an action notifies users.")
        }
    }
}
