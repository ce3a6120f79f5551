import CognitoModel
package import Domain
import HTTPTransport
package import Operations
package import Storage

/// What verifies a pool's tokens needs of it: the key set, and the OpenID configuration that leads there.
package struct DiscoveryEndpoints: Sendable {
    private static let cacheSeconds = Int(SigningKeySchedule.keySetLifetime)

    private let directory: PoolDirectory
    private let issuer: Issuer

    /// Endpoints for the pools of the directory.
    package init(directory: PoolDirectory, issuer: Issuer) {
        self.directory = directory
        self.issuer = issuer
    }

    /// The routes. No statement if the pool is kept in the process.
    package var routes: [Route] {
        [
            Route(
                .get,
                host: .any,
                path: "/{userPoolId}/.well-known/jwks.json",
                crossOrigin: .everyOrigin,
                execution: .readingThread,
                name: "/.well-known/jwks.json"
            ) { request, trace in
                try await document(of: request, &trace) { $0.keys.jwks }
            },
            Route(
                .get,
                host: .any,
                path: "/{userPoolId}/.well-known/openid-configuration",
                crossOrigin: .everyOrigin,
                execution: .readingThread,
                name: "/.well-known/openid-configuration"
            ) { request, trace in
                try await document(of: request, &trace) { configuration(of: $0.pool) }
            },
        ]
    }

    private func document(
        of request: RoutedRequest,
        _ trace: inout RequestTrace,
        _ text: (PoolWithKeys) -> String
    ) async throws -> HTTPResponse {
        let id = request.parameters["userPoolId"]
        guard StringConstraint.userPoolIdType.isMet(by: id), let poolWithKeys = try await directory.findPool(id) else {
            return .json(404, #"{"message":"User pool \#(jsonSafe(id)) does not exist."}"#)
        }
        trace.poolID = poolWithKeys.pool.id
        return .json(200, text(poolWithKeys), cacheSeconds: Self.cacheSeconds)
    }

    /// OpenID Connect Discovery 1.0, as Cognito's document has it but for the OAuth endpoints, which aren't built: it
    /// serves to verify tokens.
    private func configuration(of pool: UserPool) -> String {
        let issuer = issuer.url(of: pool)
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
