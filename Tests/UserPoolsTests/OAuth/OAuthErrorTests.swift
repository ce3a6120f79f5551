import CognitoModel
import Database
import Domain
import HTTPTransport
import Operations
import Testing

@testable import OAuth

/// What clients are told of failures.
@Suite struct OAuthErrorTests {
    private struct Unforeseen: Error {}

    @Test(
        "every failure has words of OAuth's",
        arguments: [
            (TokenFailure.refreshTokenReused, .invalidGrant, 400),
            (SignInFailure.userDisabled, .invalidGrant, 400),
            (AuthorizationCodeFailure.wrongCodeVerifier, .invalidGrant, 400),
            (AuthorizationCodeFailure.anotherRedirectURI, .unauthorizedClient, 400),
            (ClientFailure.secretMissing(id: "c"), .invalidClient, 400),
            (ScopeFailure.unknown("s"), .invalidScope, 400), (ScopeFailure.notAllowed("s"), .invalidGrant, 400),
            (RevocationFailure.notEnabled, .invalidRequest, 400),
            (TokenExchangeFailure.anotherAudience, .invalidTarget, 400),
            (ClientSettingsFailure.callbackMissing, .invalidRedirectURI, 400),
            (ClientSettingsFailure.unknownScope("s"), .invalidClientMetadata, 400),
            (UserFailure.notFound, .invalidGrant, 400),
            (CognitoError.rateExceeded, .temporarilyUnavailable, 503),
            (CognitoError(.limitExceeded, "x"), .temporarilyUnavailable, 429),
            (CognitoError.invalidParameter("x"), .invalidRequest, 400), (Unforeseen(), .serverError, 500),
        ] as [(any Error, OAuthError.Code, Int)]
    )
    func worded(error: any Error, code: OAuthError.Code, status: Int) {
        let worded = OAuthError(wording: error)
        #expect(worded.code == code && worded.status == status)
        let response = worded.response()
        #expect(response.status == status && !String(decoding: response.body, as: UTF8.self).contains("__type"))
        #expect((response.headers["Retry-After"] != nil) == [429, 503].contains(status))
    }

    @Test("what went wrong underneath is for the log alone")
    func cause() {
        #expect(OAuthError.cause(of: Unforeseen())?.contains("Unforeseen") == true)
        #expect(OAuthError.cause(of: TokenFailure.invalidRefreshToken) == nil)
        #expect(OAuthError.cause(of: OAuthError(.invalidClient)) == nil)
    }
}
