import CognitoModel
import Domain
import HTTPTransport
import Operations
import UserPools

/// A failure of which is known how OAuth words it.
package protocol OAuthErrorConvertible: Error {
    /// The error that the client sees.
    var oauthError: OAuthError { get }
}

extension OAuthError {
    /// What a client is told of a failure, whatever it is: nothing of it is in the words of the API.
    package init(wording error: any Error) {
        if let error = error as? OAuthError {
            self = error
        } else if let error = error as? any OAuthErrorConvertible {
            self = error.oauthError
        } else {
            self.init(wordedByAPI: ErrorEnvelope.wireError(error))
        }
    }

    /// What has no words of OAuth's own.
    private init(wordedByAPI error: CognitoError) {
        switch error.code {
        case .tooManyRequests: self.init(.temporarilyUnavailable)
        case .limitExceeded: self.init(.temporarilyUnavailable, status: 429)
        case .notAuthorized, .userNotFound: self.init(.invalidGrant)
        case let code where code.isServerFault: self.init(.serverError)
        default: self.init(.invalidRequest)
        }
    }

    /// What the transport refuses before anybody is asked.
    init(_ rejection: HTTPRejection) {
        switch rejection {
        case .bodyTooLarge: self.init(.invalidRequest, status: 413)
        case .headersTooLarge: self.init(.invalidRequest, status: 431)
        case .malformed: self.init(.invalidRequest)
        case .overloaded, .stopping: self.init(.temporarilyUnavailable)
        }
    }

    /// What went wrong underneath, for the log alone; nil where that is what the client is told.
    static func cause(of error: any Error) -> String? {
        guard !(error is OAuthError), !(error is any OAuthErrorConvertible) else { return nil }
        return ErrorEnvelope.wireError(error).cause.map { "\($0)" }
    }
}

/// Tokens that are brought to be refreshed or exchanged.
extension TokenFailure: OAuthErrorConvertible {
    package var oauthError: OAuthError { OAuthError(.invalidGrant) }
}

extension AuthorizationCodeFailure: OAuthErrorConvertible {
    package var oauthError: OAuthError {
        switch self {
        case .anotherRedirectURI: OAuthError(.unauthorizedClient, "invalid_redirect")
        case .invalid, .wrongCodeVerifier: OAuthError(.invalidGrant)
        }
    }
}

extension ClientFailure: OAuthErrorConvertible {
    package var oauthError: OAuthError { OAuthError(.invalidClient) }
}

/// Of the user whose tokens are asked for: who is disabled or gone has no grant.
extension SignInFailure: OAuthErrorConvertible {
    package var oauthError: OAuthError { OAuthError(.invalidGrant) }
}

extension ScopeFailure: OAuthErrorConvertible {
    package var oauthError: OAuthError {
        switch self {
        case .unknown: OAuthError(.invalidScope)
        case .notAllowed: OAuthError(.invalidGrant)
        }
    }
}

/// RFC 7009 section 2.2.1, and Cognito's own: a client that may not revoke has sent an invalid request.
extension RevocationFailure: OAuthErrorConvertible {
    package var oauthError: OAuthError {
        switch self {
        case .notEnabled: OAuthError(.invalidRequest)
        case .notARefreshToken: OAuthError(.unsupportedTokenType)
        case .anotherClient: OAuthError(.invalidGrant)
        }
    }
}

/// Functions that refuse, or fail, in the words of the API: clients show them to users.
extension TriggerFailure: OAuthErrorConvertible {
    package var oauthError: OAuthError {
        let text = cognitoError.message
        return switch self {
        // Cognito adds the blank.
        case .refused: OAuthError(.invalidRequest, "\(text) ", isNamedByDescription: true)
        case .unreachable: OAuthError(.serverError, text, status: 400, isNamedByDescription: true)
        case .malformed: OAuthError(.invalidRequest, text, isNamedByDescription: true)
        }
    }
}

/// RFC 8693 section 2.2.2.
extension TokenExchangeFailure: OAuthErrorConvertible {
    package var oauthError: OAuthError {
        switch self {
        case .notEnabled: OAuthError(.unauthorizedClient)
        case .foreignToken, .audiencesAndResources, .actorTokenTypeMissing: OAuthError(.invalidRequest)
        case .anotherAudience, .noResourceServer: OAuthError(.invalidTarget)
        }
    }
}

/// RFC 7591 section 3.2.2.
extension ClientSettingsFailure: OAuthErrorConvertible {
    package var oauthError: OAuthError {
        switch self {
        case .redirectHasFragment, .redirectWithoutTLS, .redirectNotACallback, .callbackMissing:
            OAuthError(.invalidRedirectURI)
        default: OAuthError(.invalidClientMetadata)
        }
    }
}
