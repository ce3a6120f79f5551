package import CognitoModel
package import Domain
import Operations

/// What callers are refused with who aren't the client that they name, in Cognito's words.
extension ClientFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        case .notFound(let id): CognitoError(.resourceNotFound, "User pool client \(id) does not exist.")
        case .secretHashMissing(let id):
            CognitoError(.notAuthorized, "Client \(id) is configured with secret but SECRET_HASH was not received")
        case .secretHashWrong(let id):
            CognitoError(.notAuthorized, "Unable to verify secret hash for client \(id)")
        case .secretWrong(let id):
            CognitoError(.notAuthorized, "Unable to verify client secret for client \(id)")
        case .secretMissing(let id): .invalidParameter("User pool client \(id) does not have a client secret.")
        case .tooManySecrets(let id, let limit):
            CognitoError(.limitExceeded, "User pool client \(id) can have at most \(limit) client secrets.")
        case .noSuchSecret(let id):
            CognitoError(.resourceNotFound, "User pool client \(id) does not have that client secret.")
        case .lastSecret(let id): .invalidParameter("The last client secret of \(id) cannot be deleted.")
        }
    }
}

/// What is said of settings that a client can't have, in Cognito's words.
extension ClientSettingsFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        case .mixedFlowNames:
            .invalidParameter("You can not mix ExplicitAuthFlows with and without the prefix ALLOW_.")
        case .choiceBasedSignInUnavailable:
            CognitoError(.featureUnavailableInTier, "ALLOW_USER_AUTH is not available in the LITE tier.")
        case .tokenValidityOutOfRange: .invalidParameter("Invalid range for token validity.")
        case .unknownProvider(let name, let poolID):
            .invalidParameter("The provider \(name) does not exist for User Pool \(poolID).")
        case .clientCredentialsBesideOtherFlows:
            CognitoError(
                .invalidOAuthFlow,
                "client_credentials flow can not be selected along with code flow or implicit flow."
            )
        case .clientCredentialsWithoutSecret:
            CognitoError(
                .invalidOAuthFlow,
                "client_credentials flow can not be selected if client does not have a client secret."
            )
        case .unknownScope(let scope): CognitoError(.scopeDoesNotExist, "Invalid scope requested: \(scope)")
        case .redirectNotACallback(let url): .invalidParameter("\(url) is not one of the CallbackURLs.")
        case .oauthWithoutFlowsOrScopes:
            .invalidParameter(
                "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows."
            )
        case .callbackMissing:
            CognitoError(
                .invalidOAuthFlow,
                "CallbackUrls can not be empty when code flow or implicit flow is selected"
            )
        case .redirectWithoutTLS(let url): .invalidParameter("\(url) cannot use the HTTP protocol.")
        case .redirectHasFragment(let url): .invalidParameter("\(url) cannot use fragment")
        case .rotationBesideRefreshFlow:
            .invalidParameter(
                "ALLOW_REFRESH_TOKEN_AUTH is not a permitted ExplicitAuthFlow when refresh token rotation is enabled."
            )
        case .clientTokenFlowBesideOthers:
            .invalidParameter("ALLOW_CLIENT_TOKEN_AUTH must be the only ExplicitAuthFlow.")
        case .unreadableAttributes(let change):
            .invalidParameter("Invalid read attributes specified while \(change.rawValue) a client")
        case .unwritableAttributes(let change):
            .invalidParameter("Invalid write attributes specified while \(change.rawValue) a client")
        }
    }
}

extension CognitoError {
    static let secretGivenAndGenerated =
        invalidParameter("You can't specify both GenerateSecret and ClientSecret.")

    static func registeredClient(_ id: String) -> CognitoError {
        invalidParameter("Client \(id) has registered itself and can't have another secret.")
    }

    static func clientExists(_ id: String) -> CognitoError {
        invalidParameter("User pool client \(id) already exists.")
    }

    /// Martlet's own: the name of a client in dev doesn't pin an id.
    static func invalidPinnedClientName(_ prefix: String) -> CognitoError {
        invalidParameter("The client name must be \(prefix)<id>[,<name>].")
    }
}
