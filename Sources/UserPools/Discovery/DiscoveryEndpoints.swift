import CognitoModel
package import Domain
import HTTPTransport
package import Operations
package import Storage

/// What verifies a pool's tokens needs of it: the key set, and the OpenID configuration that leads there.
package struct DiscoveryEndpoints: Sendable {
    private static let keySetCacheSeconds = Int(SigningKeySchedule.keySetLifetime)
    /// A pool can get another domain.
    private static let configurationCacheSeconds = 300

    private let directory: PoolDirectory
    private let issuer: Issuer
    private let hosts: LoginHosts

    /// Endpoints for the pools of the directory, whose domains are at `hosts`.
    package init(directory: PoolDirectory, issuer: Issuer, hosts: LoginHosts) {
        self.directory = directory
        self.issuer = issuer
        self.hosts = hosts
    }

    /// The routes. No statement if the pool is kept in the process, but one at a name that could be a domain of a
    /// pool's own and isn't.
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
                try await document(of: request, &trace, cacheSeconds: Self.keySetCacheSeconds) { $0.keys.jwks }
            },
            Route(
                .get,
                host: .any,
                path: "/{userPoolId}/.well-known/openid-configuration",
                crossOrigin: .everyOrigin,
                execution: .readingThread,
                name: "/.well-known/openid-configuration"
            ) { request, trace in
                try await document(of: request, &trace, cacheSeconds: Self.configurationCacheSeconds) {
                    configuration(of: $0.pool)
                }
            },
        ]
    }

    private func document(
        of request: RoutedRequest,
        _ trace: inout RequestTrace,
        cacheSeconds: Int,
        _ text: (PoolWithKeys) -> String
    ) async throws -> HTTPResponse {
        if let domain = try await directory.findDomain(request.context.hostName, hosts: hosts) {
            return Self.absent(at: domain)
        }
        let id = request.parameters["userPoolId"]
        guard StringConstraint.userPoolIdType.isMet(by: id), let poolWithKeys = try await directory.findPool(id) else {
            return .json(404, #"{"message":"User pool \#(jsonSafe(id)) does not exist."}"#)
        }
        trace.poolID = poolWithKeys.pool.id
        return .json(200, text(poolWithKeys), cacheSeconds: cacheSeconds)
    }

    /// A pool's domain has no such documents, as the issuer isn't there: Cognito answers so.
    private static func absent(at domain: PoolDomain) -> HTTPResponse {
        if domain.isCustom { return .json(404, #"{"message":"Not Found"}"#) }
        return HTTPResponse(
            status: 400,
            headers: ["Content-Type": "text/html;charset=UTF-8", "Cache-Control": "no-store"],
            body: Array("<!DOCTYPE html><title>Bad Request</title><p>Bad Request</p>".utf8)
        )
    }

    /// OpenID Connect Discovery 1.0, its members in Cognito's order, and what PKCE is done by (RFC 8414), which Cognito
    /// leaves to be guessed. The endpoints are at the pool's domain; of a pool without one at the plain host, where the
    /// client says of which pool they are.
    private func configuration(of pool: UserPool) -> String {
        let (issuer, site) = (issuer.url(of: pool), hosts.url(of: pool))
        var json = JSONWriter()
        json.beginObject()
        json.member("authorization_endpoint", "\(site)/oauth2/authorize")
        json.member("code_challenge_methods_supported", ["S256"])
        json.member("end_session_endpoint", "\(site)/logout")
        json.member("id_token_signing_alg_values_supported", ["RS256"])
        json.member("issuer", issuer)
        json.member("jwks_uri", "\(issuer)/.well-known/jwks.json")
        json.member("registration_endpoint", RegistrationPolicy(pool).map { _ in registrationURL(of: pool, at: site) })
        json.member("response_types_supported", ["code", "token"])
        json.member("revocation_endpoint", "\(site)/oauth2/revoke")
        json.member("scopes_supported", ["openid", "email", "phone", "profile"])
        json.member("subject_types_supported", ["public"])
        json.member("token_endpoint", "\(site)/oauth2/token")
        json.member("token_endpoint_auth_methods_supported", ["client_secret_basic", "client_secret_post"])
        json.member("userinfo_endpoint", "\(site)/oauth2/userInfo")
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    /// Where a client isn't known yet it can't say of which pool it is: at the plain host the address does.
    private func registrationURL(of pool: UserPool, at site: String) -> String {
        "\(site)/oauth2/register\(site == hosts.plainURL ? "?user_pool_id=\(pool.id)" : "")"
    }

    private func jsonSafe(_ text: String) -> String {
        text.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "_-".contains($0)) }
    }
}
