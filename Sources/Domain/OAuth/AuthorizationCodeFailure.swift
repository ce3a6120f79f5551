/// Why a code can't be exchanged.
package enum AuthorizationCodeFailure: Error, Hashable, Sendable {
    /// It isn't one of the client's, was used, has expired, or is void.
    case invalid
    /// `redirect_uri` isn't the one of the authorization request.
    case anotherRedirectURI
    /// `code_verifier` isn't what the challenge was made of, or is there where it shouldn't be.
    case wrongCodeVerifier
}
