import AWSSignature
package import CognitoModel
package import HTTPTransport

/// Tells who signed a request.
package protocol SignatureCheck: Sendable {
    /// The administrator that the request is from. Throws the error that AWS gives for a signature that isn't right.
    func administrator(of request: HTTPRequest, signingName: String, now: Timestamp) async throws -> Administrator
}

/// Dev's check: any key and any signature pass, or none at all, but not those of pages of other sites: they would rule
/// the server of whoever looks at them. The region is what the signature names.
package struct WithoutSignatureCheck: SignatureCheck {
    private let defaultRegion: String
    private let accountID: String

    /// A check that takes everybody for an administrator of that account.
    package init(defaultRegion: String, accountID: String) {
        self.defaultRegion = defaultRegion
        self.accountID = accountID
    }

    /// The region of the credential scope if there is one, else of the host name, else the default.
    package func administrator(
        of request: HTTPRequest,
        signingName: String,
        now: Timestamp
    ) async throws -> Administrator {
        guard !request.isFromForeignPage else { throw CognitoError.missingAuthenticationToken }
        let scope = request.headers["Authorization"].flatMap { try? Authorization($0) }?.scope
        let region = scope?.region ?? HostRegion.region(of: request, signingName: signingName) ?? defaultRegion
        return Administrator(region: region, accountID: accountID)
    }
}

/// The region in a host name such as `cognito-idp.eu-west-1.amazonaws.com`.
enum HostRegion {
    static func region(of request: HTTPRequest, signingName: String) -> String? {
        let labels = (request.headers["Host"] ?? "").split(separator: ".")
        guard labels.count >= 3, labels[0] == signingName else { return nil }
        return String(labels[1])
    }
}
