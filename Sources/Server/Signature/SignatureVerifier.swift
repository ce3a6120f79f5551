import CognitoModel
import Cryptography
package import Domain
package import HTTPTransport
package import Storage
package import UserPools

/// Verifies Signature Version 4 with the access keys in the database. 1 read, so that a revoked key is refused at once.
package struct SignatureVerifier: SignatureCheck {
    /// How far the clocks may differ, in milliseconds.
    private static let tolerance: Int64 = 5 * 60 * 1000

    private let accessKeys: AccessKeyRepository
    private let clock: WallClock

    package init(accessKeys: AccessKeyRepository, clock: WallClock) {
        self.accessKeys = accessKeys
        self.clock = clock
    }

    package func administrator(of request: HTTPRequest, signingName: String) async throws -> Administrator {
        guard let header = request.headers["Authorization"] else {
            throw CognitoError(.missingAuthenticationToken, "Missing Authentication Token")
        }
        let authorization = try Authorization(header)
        guard let time = request.headers["X-Amz-Date"], let date = AmazonDate(time) else {
            throw CognitoError(
                .incompleteSignature,
                "Authorization header requires existence of a 'X-Amz-Date' header."
            )
        }
        try checkScope(authorization.scope, time: time, signingName: signingName)
        try checkTime(date, time)
        guard let key = try await accessKeys.secret(of: authorization.scope.accessKeyID) else {
            throw CognitoError(.unrecognizedClient, "The security token included in the request is invalid.")
        }
        try checkSignature(authorization, request, time: time, secret: key.secret)
        return Administrator(region: authorization.scope.region, accountID: key.accountID)
    }

    private func checkScope(_ scope: Authorization.Scope, time: String, signingName: String) throws {
        guard scope.service == signingName else {
            throw CognitoError(.invalidSignature, "Credential should be scoped to correct service: '\(signingName)'.")
        }
        guard time.hasPrefix(scope.date) else {
            throw CognitoError(
                .invalidSignature,
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP."
            )
        }
    }

    private func checkTime(_ date: AmazonDate, _ time: String) throws {
        let now = clock.now()
        if date.milliseconds < now.milliseconds - Self.tolerance {
            throw CognitoError(
                .invalidSignature,
                "Signature expired: \(time) is now earlier than the server's time by more than 5 min."
            )
        }
        if date.milliseconds > now.milliseconds + Self.tolerance {
            throw CognitoError(
                .invalidSignature,
                "Signature not yet current: \(time) is still later than the server's time by more than 5 min."
            )
        }
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
        guard owed.isSubset(of: authorization.signedHeaders),
            let canonical = SignatureVersion4.canonicalRequest(request, signedHeaders: authorization.signedHeaders)
        else { throw Self.mismatch }
        let expected = SignatureVersion4.signature(canonical, time: time, scope: authorization.scope, secret: secret)
        guard constantTimeEqual(expected, authorization.signature) else { throw Self.mismatch }
    }

    private static let mismatch = CognitoError(
        .invalidSignature,
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access "
            + "Key and signing method. Consult the service documentation for details."
    )
}
