package import CognitoModel
package import Domain
import Operations

/// What is said of users who aren't there, or can't be, in Cognito's words.
extension UserFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        case .notFound: CognitoError(.userNotFound, "User does not exist.")
        case .notFoundForClient: CognitoError(.userNotFound, "Username/client id combination not found.")
        case .notMigrated(let clientID):
            CognitoError(.userNotFound, "Exception migrating user in app client \(clientID)")
        case .usernameTaken: CognitoError(.usernameExists, "User already exists")
        case .accountExists(let attribute):
            CognitoError(.usernameExists, "An account with the given \(attribute) already exists.")
        case .aliasTaken(let attribute):
            CognitoError(.aliasExists, "An account with the \(attribute) already exists.")
        }
    }
}

/// What attributes are refused with, in Cognito's words.
extension AttributeFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        // The line break after each is Cognito's.
        case .violations(let violations):
            .invalidParameter(
                "Attributes did not conform to the schema: "
                    + violations.map { "\($0.attribute): \($0.rule.message)\n" }.joined()
            )
        case .immutable(let name): .invalidParameter("user.\(name): Attribute cannot be updated.")
        case .unauthorized: CognitoError(.notAuthorized, "A client attempted to write unauthorized attribute")
        case .invalidEmail: .invalidParameter("Invalid email address format.")
        case .invalidPhoneNumber: .invalidParameter("Invalid phone number format.")
        case .preferredUsernameIsEmail:
            .invalidParameter(
                "Preferred username cannot be of email format, since user pool is configured for email alias."
            )
        case .preferredUsernameIsPhoneNumber:
            .invalidParameter(
                "Preferred username cannot be of phone number format, since user pool is configured for phone number "
                    + "alias."
            )
        case .unverifiable(let name): .invalidParameter("\(name) can't be verified by a code.")
        case .absent(let name): .invalidParameter("User has no \(name) to verify.")
        }
    }
}

extension AttributeViolation.Rule {
    fileprivate var message: String {
        switch self {
        case .unknown: "Attribute does not exist in the schema."
        case .required: "The attribute is required"
        case .longerThanAnyValue(let bytes): "Attribute value is longer than \(bytes) bytes."
        case .notBoolean: "Attribute value must be a boolean."
        case .notTime: "Attribute value must be a time in seconds since 1970."
        case .notNumber: "Attribute value must be a number."
        case .belowMinimum(let minimum): "Number must be greater than or equal to \(minimum)"
        case .aboveMaximum(let maximum): "Number must be less than or equal to \(maximum)"
        case .shorterThan(let length): "String must be longer than or equal to \(length) characters"
        case .longerThan(let length): "String must be no longer than \(length) characters"
        }
    }
}

extension UserFilterFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        case .unreadable: .invalidParameter("Error while parsing filter")
        case .unsearchable(let name): .invalidParameter("Invalid search attribute: \(name)")
        }
    }
}

extension CognitoError {
    static func cannotResendInvitation(status: String) -> CognitoError {
        CognitoError(
            .unsupportedUserState,
            "Resend not possible. \(status) status is not FORCE_CHANGE_PASSWORD"
        )
    }
}
