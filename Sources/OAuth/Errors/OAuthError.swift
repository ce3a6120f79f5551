import CognitoModel
package import HTTPTransport
import Operations

/// What a client is refused with (RFC 6749 sections 4.1.2.1 and 5.2, OpenID Connect Core section 3.1.2.6, RFC 7009, RFC
/// 7591, RFC 8693), and with what description, where Cognito gives one.
package struct OAuthError: Error, Hashable, Sendable {
    package enum Code: String, Sendable {
        case invalidRequest = "invalid_request"
        case invalidClient = "invalid_client"
        case invalidGrant = "invalid_grant"
        case invalidScope = "invalid_scope"
        case invalidToken = "invalid_token"
        case invalidTarget = "invalid_target"
        case invalidRedirectURI = "invalid_redirect_uri"
        case invalidClientMetadata = "invalid_client_metadata"
        case insufficientScope = "insufficient_scope"
        case unauthorizedClient = "unauthorized_client"
        case unsupportedGrantType = "unsupported_grant_type"
        case unsupportedResponseType = "unsupported_response_type"
        case unsupportedTokenType = "unsupported_token_type"
        case loginRequired = "login_required"
        case accessDenied = "access_denied"
        case serverError = "server_error"
        case temporarilyUnavailable = "temporarily_unavailable"

        fileprivate var status: Int {
            switch self {
            case .serverError: 500
            case .temporarilyUnavailable: 503
            default: 400
            }
        }
    }

    package let code: Code
    package let description: String?
    /// Of an answer that has it in its body.
    package let status: Int
    /// `WWW-Authenticate`, where the status asks for it.
    package let challenge: String?
    /// Whether the description stands in the place of the code in the body, as Cognito has it where a function fails.
    package let isNamedByDescription: Bool

    /// An error, with the status of its code unless it is said.
    package init(
        _ code: Code,
        _ description: String? = nil,
        status: Int? = nil,
        challenge: String? = nil,
        isNamedByDescription: Bool = false
    ) {
        self.code = code
        self.description = description
        self.challenge = challenge
        self.isNamedByDescription = isNamedByDescription
        self.status = status ?? code.status
    }

    /// As the body of an answer.
    package func response() -> HTTPResponse {
        var json = JSONWriter()
        json.beginObject()
        if isNamedByDescription, let description {
            json.member("error", description)
        } else {
            json.member("error", code.rawValue)
            json.member("error_description", description)
        }
        json.endObject()
        var response = HTTPResponse.json(status, String(decoding: json.bytes, as: UTF8.self))
        if let challenge { response.headers.append("WWW-Authenticate", challenge) }
        if [429, 503].contains(status) { response.headers.append("Retry-After", "1") }
        return response
    }
}
