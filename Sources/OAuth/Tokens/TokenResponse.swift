import CognitoModel
import HTTPTransport
import Operations
package import SignIn

/// The answer of the token endpoint (RFC 6749 section 5.1), its members in Cognito's order.
package struct TokenResponse: Sendable {
    package var idToken: String?
    package var accessToken: String
    package var refreshToken: String?
    /// In seconds.
    package var expiresIn: Int
    package var tokenType = "Bearer"
    /// Of a token exchange (RFC 8693 section 2.2.1).
    package var issuedTokenType: String?
    package var scope: String?

    package init(_ tokens: IssuedTokens) {
        idToken = tokens.id
        accessToken = tokens.access
        refreshToken = tokens.refresh
        expiresIn = tokens.expiresIn
    }

    package init(accessToken: String, expiresIn: Int) {
        self.accessToken = accessToken
        self.expiresIn = expiresIn
    }

    var response: HTTPResponse {
        var json = JSONWriter()
        json.beginObject()
        json.member("id_token", idToken)
        json.member("access_token", accessToken)
        json.member("refresh_token", refreshToken)
        json.member("issued_token_type", issuedTokenType)
        json.member("expires_in", expiresIn)
        json.member("token_type", tokenType)
        json.member("scope", scope)
        json.endObject()
        return .json(200, String(decoding: json.bytes, as: UTF8.self))
    }
}
