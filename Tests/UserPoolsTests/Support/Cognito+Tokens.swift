import CognitoModel
import Cryptography
import Domain
import JOSE
import Storage
import Testing

@testable import Server

extension Cognito {
    private static let strangersKey = Result { try RSAPrivateKey.generate() }

    /// The claims of a token.
    func claims(_ token: String) throws -> JSONValue {
        let parts = token.split(separator: ".")
        let payload = try #require(parts.count == 3 ? Base64URL.decode(String(parts[1])) : nil)
        return try RequestDecoder.document(JSONValue.self, from: payload)
    }

    /// An access token with other claims, signed by the pool's key, or by one that isn't.
    func forged(_ token: String, _ changes: [String: JSONValue], withKeyOf pool: String?) async throws -> String {
        guard case .object(var claims) = try claims(token) else { return "" }
        claims.merge(changes) { _, new in new }
        let payload = JSONValue.object(claims).jsonBytes
        let real = try await application.store.directory.pool(self.pool).keys.access
        guard let pool else { return try SigningKey(id: real.id, privateKey: Self.strangersKey.get()).sign(payload) }
        return try await application.store.directory.pool(pool).keys.access.sign(payload)
    }
}
