package import CognitoModel
package import Domain
import Operations

/// What is said of passkeys. Cognito's words aren't known.
extension PasskeyFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        case .notEnabled:
            CognitoError(.webAuthnNotEnabled, "Passkeys are not enabled for the user pool.")
        case .relyingPartyMissing:
            CognitoError(
                .webAuthnConfigurationMissing,
                "The user pool has neither a relying party ID nor a domain."
            )
        case .malformed: .invalidParameter("Invalid credential.")
        case .challengeNotFound:
            CognitoError(.webAuthnChallengeNotFound, "The challenge of the credential was not found or has expired.")
        case .otherClient:
            CognitoError(.webAuthnClientMismatch, "The registration was started by another app client.")
        case .originNotAllowed:
            CognitoError(
                .webAuthnOriginNotAllowed,
                "The origin of the credential does not match the relying party ID of the user pool."
            )
        case .otherRelyingParty:
            CognitoError(
                .webAuthnRelyingPartyMismatch,
                "The relying party ID of the credential is not that of the user pool."
            )
        case .unsupported:
            CognitoError(.webAuthnCredentialNotSupported, "The authenticator of the credential is not supported.")
        case .exists: .invalidParameter("The credential is registered already.")
        case .tooMany:
            CognitoError(.limitExceeded, "A user can have no more than \(Passkey.mostOfUser) passkeys.")
        case .notFound: CognitoError(.resourceNotFound, "Credential not found.")
        }
    }
}
