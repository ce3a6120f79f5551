import CognitoModel
import HTTPTransport
import Testing
import UserPools

/// What clients find out about a pool (OpenID Connect Discovery 1.0, RFC 8414), and where.
@Suite struct DiscoveryTests {
    private static let plain = "http://127.0.0.1:8484"

    @Test("the document has Cognito's members in its order; without a domain the endpoints are at the plain host")
    func members() async throws {
        try await Cognito.run { cognito in
            let answer = await cognito.get("/\(cognito.pool)/.well-known/openid-configuration")
            #expect(answer.status == 200 && answer.headers["Cache-Control"] == "public, max-age=300")
            let issuer = "https://cognito.test/\(cognito.pool)"
            let expected = """
                {"authorization_endpoint":"\(Self.plain)/oauth2/authorize",\
                "code_challenge_methods_supported":["S256"],\
                "end_session_endpoint":"\(Self.plain)/logout",\
                "id_token_signing_alg_values_supported":["RS256"],\
                "issuer":"\(issuer)","jwks_uri":"\(issuer)/.well-known/jwks.json",\
                "response_types_supported":["code","token"],\
                "revocation_endpoint":"\(Self.plain)/oauth2/revoke",\
                "scopes_supported":["openid","email","phone","profile"],"subject_types_supported":["public"],\
                "token_endpoint":"\(Self.plain)/oauth2/token",\
                "token_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post"],\
                "userinfo_endpoint":"\(Self.plain)/oauth2/userInfo"}
                """
            #expect(String(decoding: answer.body, as: UTF8.self) == expected)
        }
    }

    @Test("the endpoints are at the pool's domain as it is now, a name of its own first")
    func domains() async throws {
        try await Cognito.run { cognito in
            let prefix = "disco\(cognito.pool.dropFirst(10).lowercased())"
            let custom = "\(prefix).id.example.com"
            func site() async throws -> String? {
                let document = try await cognito.discovery()
                let url = document["token_endpoint"]?.stringValue
                #expect(document["userinfo_endpoint"]?.stringValue == url.map { "\($0.dropLast(5))userInfo" })
                return url.map { String($0.dropLast("/oauth2/token".count)) }
            }
            let pool: Members = ["UserPoolId": cognito.pool]
            #expect(try await site() == Self.plain)
            try await cognito.ok(CreateUserPoolDomain.self, pool.with(["Domain": prefix]))
            #expect(try await site() == "http://\(prefix).auth.us-east-1.localhost:8484")
            let certificate: Members = ["CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/a"]
            try await cognito.ok(
                CreateUserPoolDomain.self,
                pool.with(["Domain": custom, "CustomDomainConfig": certificate])
            )
            #expect(try await site() == "http://\(custom):8484")
            try await cognito.ok(DeleteUserPoolDomain.self, pool.with(["Domain": custom]))
            #expect(try await site() == "http://\(prefix).auth.us-east-1.localhost:8484")
            try await cognito.ok(DeleteUserPoolDomain.self, pool.with(["Domain": prefix]))
            #expect(try await site() == Self.plain)
        }
    }

    @Test("a domain's host has no such documents, and knows no other pool")
    func atDomains() async throws {
        try await Cognito.run { cognito in
            let prefix = "known\(cognito.pool.dropFirst(10).lowercased())"
            let custom = "\(prefix).id.example.com"
            let pool: Members = ["UserPoolId": cognito.pool]
            let certificate: Members = ["CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/a"]
            try await cognito.ok(CreateUserPoolDomain.self, pool.with(["Domain": prefix]))
            try await cognito.ok(
                CreateUserPoolDomain.self,
                pool.with(["Domain": custom, "CustomDomainConfig": certificate])
            )
            let hosts = [
                ("\(prefix).auth.us-east-1.localhost", 400), (custom, 404), ("other.id.example.com", 200),
                ("\(prefix).auth.eu-west-1.localhost", 200), ("\(prefix.uppercased()).AUTH.us-east-1.localhost", 400),
                ("127.0.0.1", 200), ("", 200),
            ]
            for (host, status) in hosts {
                for document in ["jwks.json", "openid-configuration"] {
                    let path = "/\(cognito.pool)/.well-known/\(document)"
                    let answer = await cognito.get(path, headers: ["Host": "\(host):8484"])
                    #expect(answer.status == status, "\(host)")
                    #expect(status != 400 || answer.headers["Content-Type"] == "text/html;charset=UTF-8")
                }
            }
        }
    }

    @Test("clients learn where to register themselves where they may")
    func registration() async throws {
        try await Cognito.run { cognito in
            func update(_ settings: Members) async throws -> JSONValue? {
                try await cognito.ok(UpdateUserPool.self, settings.with(["UserPoolId": cognito.pool]))
                return try await cognito.discovery()["registration_endpoint"]
            }
            let there = JSONValue.string("\(Self.plain)/oauth2/register?user_pool_id=\(cognito.pool)")
            let before = try await cognito.discovery()["registration_endpoint"]
            #expect(before == nil)
            let open = try await update(["DcrConfiguration": ["OpenDcrEnabled": true] as Members])
            #expect(open == there)
            let lite = try await update(["UserPoolTier": "LITE"])
            #expect(lite == nil)
            let disabled: Members = [
                "UserPoolTier": "PLUS", "DcrConfiguration": ["EnableStatus": "Disabled"] as Members,
            ]
            let none = try await update(disabled)
            #expect(none == nil)
        }
    }
}

extension Cognito {
    /// The pool's OpenID configuration.
    func discovery() async throws -> JSONValue {
        let answer = await get("/\(pool)/.well-known/openid-configuration")
        return try RequestDecoder.document(JSONValue.self, from: answer.body)
    }
}
