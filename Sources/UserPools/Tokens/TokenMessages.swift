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

extension CognitoError {
    static let unsupportedTokenType = CognitoError(.unsupportedTokenType, "Unsupported token type")
    static let revocationNotEnabled =
        CognitoError(.unsupportedOperation, "Token revocation is not enabled for this client")
    static let foreignTokens = invalidParameter("Only access and ID tokens of the user pool can be exchanged.")
    static let anotherAudience = invalidParameter("SubjectToken is for another audience.")
    static let audiencesAndResources = invalidParameter("You can't request both Audiences and Resources.")

    static func scopeNotAllowed(_ scope: String) -> CognitoError {
        invalidParameter("Invalid scope requested: \(scope)")
    }

    /// As `flowNotEnabled`, of the flows that no sign-in begins with.
    static func exchangeNotEnabled(_ flow: ExplicitAuthFlowsType) -> CognitoError {
        invalidParameter("\(flow.rawValue) flow not enabled for this client")
    }

    static let clientMayNotRevoke = CognitoError(.unauthorized, "Client is not authorized to revoke the token")
}
