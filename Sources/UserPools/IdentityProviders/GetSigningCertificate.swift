package import CognitoModel
import Domain
import Storage

/// Shows the certificate by which a pool signs SAML requests; the key is made when it is first asked for. 1 read; the
/// first time 1 write, and one RSA key.
package enum GetSigningCertificate: Operation {
    package static func run(
        _ input: GetSigningCertificateRequest,
        _ call: Call<Administrator>
    ) async throws -> GetSigningCertificateResponse {
        let pool = try await call.pool(input.userPoolId)
        if let certificate = try await call.store.samlKeys.signingCertificate(of: pool.id) {
            return GetSigningCertificateResponse(certificate: certificate)
        }
        let certificate = try await call.store.samlKeys.keep(try await call.samlKey(for: pool), of: pool.id)
        return GetSigningCertificateResponse(certificate: certificate)
    }
}
