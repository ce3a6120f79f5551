import HTTPTransport
import Operations
import URISyntax

/// A route of OAuth's, whose answers all carry the same headers and whose failures are all in OAuth's words.
struct OAuthRoute: Sendable {
    /// Who asks, and so how a failure comes to them.
    enum Audience: Sendable {
        /// A program: in the body, as JSON.
        case client
        /// A browser: on the page `/error`.
        case browser
    }

    let methods: [Route.Method]
    let path: String
    let audience: Audience
    let crossOrigin: CrossOriginPolicy
    /// Whether the pages are reached by TLS.
    let isSecure: Bool
    let answer: RequestHandler

    /// The route of each method.
    var routes: [Route] {
        methods.map { method in
            Route(
                method,
                host: .any,
                path: PathPattern(stringLiteral: path),
                crossOrigin: crossOrigin,
                execution: .executor,
                name: path,
                otherMethods: .notAllowedWithoutBody,
                rejection: { self.response(to: OAuthError($0), isReached: false) },
                answer: { try await respond($0, &$1) }
            )
        }
    }

    private func respond(_ routed: RoutedRequest, _ trace: inout RequestTrace) async throws -> HTTPResponse {
        var response: HTTPResponse
        do {
            response = try await answer(routed, &trace)
        } catch {
            let refusal = OAuthError(wording: error)
            trace.errorType = refusal.code.rawValue
            trace.cause = OAuthError.cause(of: error)
            response = self.response(to: refusal, isReached: true)
        }
        response.headers.append("x-amz-cognito-request-id", routed.context.id)
        response.addOAuthHeaders(isSecure: isSecure)
        return response
    }

    /// `isReached` tells whether the page `/error` can be: not where the server takes no requests.
    private func response(to refusal: OAuthError, isReached: Bool) -> HTTPResponse {
        switch audience {
        case .browser where isReached:
            return .found("/error?error=\(PercentEncoding.encode(refusal.code.rawValue))")
        case .browser:
            return HTTPResponse(
                status: refusal.status,
                headers: ["Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"],
                body: Array(refusal.code.rawValue.utf8)
            )
        case .client: return refusal.response()
        }
    }
}

extension HTTPResponse {
    /// What every answer of Cognito's domains carries. Strict transport security holds for the host alone: what else is
    /// served under its name is not ours to decide.
    package mutating func addOAuthHeaders(isSecure: Bool) {
        if headers["Content-Type"] == "application/json" {
            headers.set("Content-Type", "application/json;charset=UTF-8")
        }
        headers.set("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate")
        headers.set("Pragma", "no-cache")
        headers.set("Expires", "0")
        headers.set("X-Content-Type-Options", "nosniff")
        headers.set("X-XSS-Protection", "1; mode=block")
        headers.set("X-Frame-Options", "DENY")
        if isSecure { headers.set("Strict-Transport-Security", "max-age=31536000") }
    }
}
