package import CognitoModel
package import Domain
import Operations

/// What functions that don't help are answered with, in Cognito's words.
extension TriggerFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        case .refused(let trigger, let message):
            // Cognito adds the full stop whatever the function said.
            CognitoError(.userLambdaValidation, "\(trigger.rawValue) failed with error \(message).")
        case .unreachable(let trigger, let code):
            CognitoError(.unexpectedLambda, "\(trigger.rawValue) invocation failed due to error \(code).")
        case .malformed(_, .notJSON):
            CognitoError(.invalidLambdaResponse, "Invalid lambda function output : Invalid JSON")
        case .malformed(_, .unrecognizable):
            CognitoError(.invalidLambdaResponse, "Unrecognizable lambda output")
        case .malformed(_, .unusable(let why)): CognitoError(.invalidLambdaResponse, why)
        }
    }
}
