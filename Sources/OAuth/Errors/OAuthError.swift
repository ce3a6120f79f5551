import CognitoModel
package import HTTPTransport
import Operations

/// What a client is refused with (RFC 6749 sections 4.1.2.1 and 5.2, OpenID Connect Core section 3.1.2.6), and with what
/// description, where Cognito gives one.
package struct OAuthError: Error, Hashable, Sendable {
    package enum Code: String, Sendable {
        case invalidRequest = "invalid_request"
        case invalidClient = "invalid_client"
        case invalidGrant = "invalid_grant"
        case invalidScope = "invalid_scope"
        case invalidToken = "invalid_token"
        case unauthorizedClient = "unauthorized_client"
        case unsupportedGrantType = "unsupported_grant_type"
        case unsupportedResponseType = "unsupported_response_type"
        case loginRequired = "login_required"
        case accessDenied = "access_denied"
        case serverError = "server_error"
        case temporarilyUnavailable = "temporarily_unavailable"
    }

    package let code: Code
    package let description: String?

    package init(_ code: Code, _ description: String? = nil) {
        self.code = code
        self.description = description
    }

    /// As the body of an answer of the token endpoint.
    package func response(status: Int = 400) -> HTTPResponse {
        var json = JSONWriter()
        json.beginObject()
        json.member("error", code.rawValue)
        json.member("error_description", description)
        json.endObject()
        return .json(status, String(decoding: json.bytes, as: UTF8.self))
    }
}
