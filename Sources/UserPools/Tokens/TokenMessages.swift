package import CognitoModel
package import Domain
import Operations

/// What tokens are refused with, in Cognito's words.
extension TokenFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        case .invalidAccessToken: CognitoError(.notAuthorized, "Invalid Access Token")
        case .accessTokenExpired: CognitoError(.notAuthorized, "Access Token has expired")
        case .accessTokenRevoked: CognitoError(.notAuthorized, "Access Token has been revoked")
        case .accessTokenLacksScopes: CognitoError(.notAuthorized, "Access Token does not have required scopes")
        case .invalidIDToken: CognitoError(.notAuthorized, "Invalid ID Token")
        case .idTokenExpired: CognitoError(.notAuthorized, "ID Token has expired")
        case .invalidRefreshToken: CognitoError(.notAuthorized, "Invalid Refresh Token")
        case .refreshTokenExpired: CognitoError(.notAuthorized, "Refresh Token has expired")
        case .refreshTokenRevoked: CognitoError(.notAuthorized, "Refresh Token has been revoked")
        case .refreshTokenReused: CognitoError(.refreshTokenReuse, "Refresh token has been reused")
        case .rotationEnabled:
            CognitoError(
                .unsupportedOperation,
                "Refresh token rotation is enabled for this client. Use GetTokensFromRefreshToken."
            )
        }
    }
}

extension RevocationFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        case .notEnabled: CognitoError(.unsupportedOperation, "Token revocation is not enabled for this client")
        case .notARefreshToken: CognitoError(.unsupportedTokenType, "Unsupported token type")
        case .anotherClient: .clientMayNotRevoke
        }
    }
}

extension ScopeFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        case .unknown(let scope), .notAllowed(let scope): .invalidParameter("Invalid scope requested: \(scope)")
        }
    }
}

extension TokenExchangeFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        // As of a flow that a sign-in begins with.
        case .notEnabled(let flow): .invalidParameter("\(flow.rawValue) flow not enabled for this client")
        case .foreignToken: .invalidParameter("Only access and ID tokens of the user pool can be exchanged.")
        case .anotherAudience: .invalidParameter("SubjectToken is for another audience.")
        case .audiencesAndResources: .invalidParameter("You can't request both Audiences and Resources.")
        case .noResourceServer(let identifier): .noResourceServer(identifier)
        case .actorTokenTypeMissing: .missingParameter("ActorTokenType")
        }
    }
}

extension CognitoError {
    static let clientMayNotRevoke = CognitoError(.unauthorized, "Client is not authorized to revoke the token")
}
