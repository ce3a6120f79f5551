package import CognitoModel
package import Domain
import Operations

/// What replicas are refused with; but for the plan, no text of Cognito's is known.
extension ReplicaFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        case .exists(let region): .invalidParameter("The user pool has a replica in \(region) already.")
        case .notFound(let region):
            CognitoError(.resourceNotFound, "The user pool has no replica in \(region).")
        case .active(let region): .invalidParameter("The replica in \(region) is active: it must be INACTIVE first.")
        case .tooMany(let limit): CognitoError(.limitExceeded, "A user pool can have \(limit) replica.")
        case .primary: .invalidParameter("The region is the user pool's own.")
        case .invalidRegion(let region): .invalidParameter("\(region) is not a region.")
        case .unavailableInTier:
            CognitoError(
                .featureUnavailableInTier,
                "The following features need to be disabled for the LITE pricing tier configured: "
                    + "Multi-Region Replication"
            )
        }
    }
}
