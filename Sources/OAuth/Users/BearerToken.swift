import HTTPTransport

/// An access token in the header of a request (RFC 6750 section 2.1).
enum BearerToken {
    /// The token; nil where there is none.
    static func value(in request: HTTPRequest) -> String? {
        let values = request.headers.values("Authorization")
        guard values.count == 1, let parts = values.first?.split(separator: " ", maxSplits: 1), parts.count == 2,
            parts[0].lowercased() == "bearer"
        else { return nil }
        return String(parts[1])
    }

    /// A refusal, which says in the header what it says in the body (section 3).
    static func refusal(_ code: OAuthError.Code, _ description: String, status: Int) -> OAuthError {
        let challenge = #"Bearer error="\#(code.rawValue)", error_description="\#(description)""#
        return OAuthError(code, description, status: status, challenge: challenge)
    }
}
