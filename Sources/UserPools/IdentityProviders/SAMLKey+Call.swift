import CognitoModel
import Cryptography
import Domain
import Storage

extension ServiceCall where Service == Services, Caller == Administrator {
    /// A new key for SAML, whose certificate is good for ten years. One RSA key, one private operation.
    func samlKey(for pool: UserPool) async throws -> SAMLKey {
        let privateKey = try await service.makeKey()
        let der = try SelfSignedCertificate.der(
            of: privateKey,
            commonName: pool.id,
            serialNumber: service.identifiers.random.bytes(16),
            from: now.digits,
            to: now.adding(seconds: 10 * 365 * 86_400).digits
        )
        return SAMLKey(certificate: Base64.encode(der), privateKey: privateKey, createdAt: now)
    }
}
