import CognitoModel
package import HTTPTransport
package import Operations
import URISyntax

extension RedirectTarget {
    /// Sends the browser back to the client with these parameters, and `state`.
    package func answer(_ parameters: FormParameters) -> HTTPResponse {
        var parameters = parameters
        parameters.append("state", state)
        return .found("\(uri)\(separator)\(parameters.text)")
    }

    /// Sends the browser back to the client with an error.
    package func answer(_ error: OAuthError) -> HTTPResponse {
        var parameters = FormParameters(nil)
        // A function may have worded it, and proxies refuse long fields.
        let description = error.description.map { String($0.bounded(toUTF8: Self.longestDescription)) }
        parameters.append("error_description", description)
        parameters.append("state", state)
        parameters.append("error", error.code.rawValue)
        return .found("\(uri)\(separator)\(parameters.text)")
    }

    private static let longestDescription = 512

    private var separator: String { isInFragment ? "#" : uri.contains("?") ? "&" : "?" }
}

extension HTTPResponse {
    /// Sends the browser to the page of errors, which tells the text.
    static func errorPage(_ text: String, at site: LoginSite) -> HTTPResponse {
        .found("\(site.url)/error?error=\(PercentEncoding.encode(text))")
    }

    /// Sends the browser elsewhere. Kept by nobody, as it may carry a code.
    package static func found(_ location: String) -> HTTPResponse {
        HTTPResponse(status: 302, headers: ["Location": location, "Cache-Control": "no-store"])
    }
}
