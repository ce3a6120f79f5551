package import CognitoModel
package import Domain
import Operations
import Storage

/// What is said of devices, in Cognito's words but for verifiers.
extension DeviceFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        case .notTracked:
            CognitoError(.invalidUserPoolConfiguration, "Device tracking is not enabled for the user pool.")
        case .notFound: CognitoError(.resourceNotFound, "Device does not exist.")
        case .alreadyConfirmed: CognitoError(.deviceKeyExists, "Device key already exists.")
        case .invalidVerifier: .invalidParameter("Invalid device secret verifier config given.")
        }
    }
}

extension ServiceCall where Service == Services, Caller == Administrator {
    /// The user of that name, for operations that declare no UserNotFoundException.
    func deviceOwner(_ username: String, in pool: UserPool) async throws -> User {
        guard let user = try await service.store.users.find(pool.name(username), in: pool) else {
            throw CognitoError(.resourceNotFound, UserFailure.notFound.cognitoError.message)
        }
        return user
    }
}
