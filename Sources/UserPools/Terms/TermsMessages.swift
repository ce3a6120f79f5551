import CognitoModel
import Operations

extension CognitoError {
    static func termsExist(_ name: String, clientID: String) -> CognitoError {
        CognitoError(.termsExists, "Client \(clientID) already has terms named \(name).")
    }

    static func tooManyTerms(_ most: Int) -> CognitoError {
        CognitoError(.limitExceeded, "A user pool can have no more than \(most) terms documents.")
    }

    static func noTerms(_ id: String) -> CognitoError {
        CognitoError(.resourceNotFound, "Terms \(id) do not exist.")
    }
}
