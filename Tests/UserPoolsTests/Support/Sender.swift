import CognitoModel
import HTTPTransport
import Operations
import Storage

/// Who sends a request, and from where.
struct Sender: Sendable {
    static let administrator = Sender()
    /// Someone who signs nothing.
    static let unsigned = Sender(isSigned: false)
    static let otherAccount = Sender(account: "444455556666")
    static let otherRegion = Sender(region: "eu-central-1")

    var account = "111122223333"
    var region = "us-east-1"
    var isSigned = true
    var address = "192.0.2.1"
    var userAgent: String?

    /// The headers that say so.
    var headers: HTTPHeaders {
        var headers = HTTPHeaders()
        if isSigned {
            headers.append("X-Test-Account", account)
            headers.append("X-Test-Region", region)
        }
        if let userAgent { headers.append("User-Agent", userAgent) }
        return headers
    }
}

/// Takes a sender for whom they say they are; without that, the real check decides.
struct TestSignatures: SignatureCheck {
    let real: SignatureVerifier

    func administrator(of request: HTTPRequest, signingName: String, now: Timestamp) async throws -> Administrator {
        guard let account = request.headers["X-Test-Account"], let region = request.headers["X-Test-Region"] else {
            return try await real.administrator(of: request, signingName: signingName, now: now)
        }
        return Administrator(region: region, accountID: account)
    }
}
