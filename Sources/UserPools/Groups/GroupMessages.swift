package import CognitoModel
package import Domain
import Operations

/// What is said of groups, in Cognito's words where they are known.
extension GroupFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        case .notFound: CognitoError(.resourceNotFound, "Group not found.")
        case .exists(let name): CognitoError(.groupExists, "A group with the name \(name) already exists.")
        case .tooManyOfPool:
            CognitoError(.limitExceeded, "A user pool can have no more than \(UserGroup.mostOfPool) groups.")
        case .precedenceTooHigh: .invalidParameter("Precedence can't be higher than \(UserGroup.highestPrecedence).")
        // AdminAddUserToGroup declares no LimitExceededException.
        case .tooManyOfUser: .invalidParameter("A user can be in no more than \(UserGroup.mostOfUser) groups.")
        }
    }
}
