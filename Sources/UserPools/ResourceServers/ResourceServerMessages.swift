import CognitoModel
import Operations

extension CognitoError {
    static func resourceServerExists(_ identifier: String, poolID: String) -> CognitoError {
        invalidParameter("\(identifier) already exists in user pool \(poolID).")
    }

    static func tooManyResourceServers(_ most: Int) -> CognitoError {
        CognitoError(.limitExceeded, "A user pool can have no more than \(most) resource servers.")
    }

    static func noResourceServer(_ identifier: String) -> CognitoError {
        CognitoError(.resourceNotFound, "Resource server \(identifier) does not exist.")
    }

    static func duplicateScope(_ name: String) -> CognitoError {
        invalidParameter("Scope \(name) is there more than once.")
    }
}
