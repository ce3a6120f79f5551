import CognitoModel
import Domain
import HTTPTransport
import Operations
import Storage
import UserPools

/// `/<pool>/.well-known/…`: the pool's key set and its OpenID configuration.
struct DiscoveryEndpoints: Sendable {
    private static let cacheSeconds = 86400

    let services: Services

    /// Nil for other paths. No statement where the pool is kept in the process.
    func respond(to request: HTTPRequest, trace: inout RequestTrace) async throws -> HTTPResponse? {
        let parts = request.path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, parts[0].isEmpty, parts[2] == ".well-known",
            ["jwks.json", "openid-configuration"].contains(parts[3])
        else { return nil }
        trace.name = "/.well-known/\(parts[3])"
        guard ["GET", "HEAD"].contains(request.method) else { return .methodNotAllowed("GET, HEAD") }
        guard StringConstraint.userPoolIdType.isMet(by: parts[1]),
            let entry = try await services.store.directory.findPool(parts[1])
        else { return .json(404, #"{"message":"User pool \#(jsonSafe(parts[1])) does not exist."}"#) }
        trace.poolID = entry.pool.id
        let text = parts[3] == "jwks.json" ? entry.keys.jwks : configuration(of: entry.pool)
        return .json(200, text, cacheSeconds: Self.cacheSeconds)
    }

    /// OpenID Connect Discovery 1.0, as Cognito's document has it but for the OAuth endpoints, which aren't built: it
    /// serves to verify tokens.
    private func configuration(of pool: UserPool) -> String {
        let issuer = services.issuer.url(of: pool)
        var json = JSONWriter()
        json.beginObject()
        json.member("id_token_signing_alg_values_supported", ["RS256"])
        json.member("issuer", issuer)
        json.member("jwks_uri", "\(issuer)/.well-known/jwks.json")
        json.member("response_types_supported", ["code", "token"])
        json.member("scopes_supported", ["openid", "email", "phone", "profile"])
        json.member("subject_types_supported", ["public"])
        json.member("token_endpoint_auth_methods_supported", ["client_secret_basic", "client_secret_post"])
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private func jsonSafe(_ text: String) -> String {
        text.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "_-".contains($0)) }
    }
}
