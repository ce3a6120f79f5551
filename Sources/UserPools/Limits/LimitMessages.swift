import CognitoModel
import Operations

/// No text of Cognito's is known.
extension CognitoError {
    static let limitCategoryMissing = invalidParameter("Attributes must have the key Category.")
    static let limitAttributesUnknown = invalidParameter("Attributes can have the key Category alone.")

    static func limitNotFound(_ category: String) -> CognitoError {
        CognitoError(.resourceNotFound, "Limit of category \(category) does not exist.")
    }

    static func limitTooLow(_ lowest: Int) -> CognitoError {
        invalidParameter("RequestedLimitValue must not be below the default limit, \(lowest).")
    }

    static func limitTooHigh(_ highest: Int) -> CognitoError {
        CognitoError(.serviceQuotaExceeded, "RequestedLimitValue must not be above the account's limit, \(highest).")
    }
}
