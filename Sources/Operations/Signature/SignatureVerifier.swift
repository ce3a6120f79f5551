import AWSSignature
package import CognitoModel
import Cryptography
package import HTTPTransport
package import Storage

/// Verifies Signature Version 4 with the access keys in the database. 1 read, so that a revoked key is refused at once.
package struct SignatureVerifier: SignatureCheck {
    /// How far the clocks may differ, in milliseconds.
    private static let tolerance: Int64 = 5 * 60 * 1000

    private let accessKeys: AccessKeyRepository

    /// A check that takes the keys from there.
    package init(accessKeys: AccessKeyRepository) { self.accessKeys = accessKeys }

    /// Who holds the key that signed the request. Throws the error that AWS gives if the signature isn't right.
    package func administrator(
        of request: HTTPRequest,
        signingName: String,
        now: Timestamp
    ) async throws -> Administrator {
        guard let header = request.headers["Authorization"] else { throw CognitoError.missingAuthenticationToken }
        let authorization = try Authorization(header)
        guard let time = request.headers["X-Amz-Date"], let date = AmazonDate(time) else {
            throw CognitoError.missingAmazonDate
        }
        try checkScope(authorization.scope, time: time, signingName: signingName)
        try checkTime(date, time, now)
        guard let key = try await accessKeys.secret(of: authorization.accessKeyID) else {
            throw CognitoError.unknownAccessKey
        }
        try checkSignature(authorization, request, time: time, secret: key.secret)
        return Administrator(
            region: authorization.scope.region,
            accountID: key.accountID,
            accessKeyID: authorization.accessKeyID
        )
    }

    private func checkScope(_ scope: CredentialScope, time: String, signingName: String) throws {
        guard scope.service == signingName else { throw CognitoError.scopeOfAnotherService(expected: signingName) }
        guard time.prefix(8) == scope.date else { throw CognitoError.scopeDateMismatch }
    }

    private func checkTime(_ date: AmazonDate, _ time: String, _ now: Timestamp) throws {
        if date.milliseconds < now.milliseconds - Self.tolerance { throw CognitoError.signatureExpired(time) }
        if date.milliseconds > now.milliseconds + Self.tolerance { throw CognitoError.signatureNotYetCurrent(time) }
    }

    /// What isn't signed could be changed on the way: the host, the time and all of Amazon's own headers must be.
    private func checkSignature(
        _ authorization: Authorization,
        _ request: HTTPRequest,
        time: String,
        secret: String
    ) throws {
        let amazonHeaders = request.headers.fields.map { $0.name.lowercased() }.filter { $0.hasPrefix("x-amz-") }
        let owed = Set(["host"] + amazonHeaders)
        let bodyHash = SignatureVersion4.bodyHash(request.body)
        // The hash that is signed is the body's own. A header that says another, or that the body isn't signed, is
        // false.
        guard owed.isSubset(of: authorization.signedHeaders),
            request.headers.values("X-Amz-Content-SHA256").allSatisfy({ $0 == bodyHash }),
            let canonical = CanonicalRequest(request, bodyHash: bodyHash).text(
                signedHeaders: authorization.signedHeaders
            )
        else { throw CognitoError.signatureMismatch }
        let expected = SignatureVersion4.signature(canonical, time: time, scope: authorization.scope, secret: secret)
        guard constantTimeEqual(expected, authorization.signature) else { throw CognitoError.signatureMismatch }
    }
}

extension CanonicalRequest {
    /// A request that came.
    init(_ request: HTTPRequest, bodyHash: String) {
        self.init(
            method: request.method,
            path: request.path,
            query: request.query,
            headers: request.headers.fields.map { ($0.name, $0.value) },
            bodyHash: bodyHash
        )
    }
}
