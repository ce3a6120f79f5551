package import CognitoModel
package import Domain
import Operations

/// What a log's destination is refused with; but for the plan, no text of Cognito's is known.
extension LogDeliveryFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        case .duplicateSource(let source):
            .invalidParameter("EventSource \(source.rawValue) can be configured once only.")
        case .wrongLevel(let source, let level):
            .invalidParameter("LogLevel of EventSource \(source.rawValue) must be \(level.rawValue).")
        case .notOneDestination(let source):
            .invalidParameter("EventSource \(source.rawValue) must have exactly one destination.")
        case .wrongDestination(let source):
            .invalidParameter("EventSource \(source.rawValue) can be delivered to CloudWatch Logs alone.")
        case .unavailableInTier(let tier):
            CognitoError(
                .featureUnavailableInTier,
                "The following features need to be disabled for the \(tier.rawValue) pricing tier configured: "
                    + "User Activity Log Export"
            )
        }
    }
}
