import CognitoModel
import Database
import DatabaseTestSupport
import Storage
import Testing
import UserPools

@testable import Server

/// CreateIdentityProvider, DescribeIdentityProvider, UpdateIdentityProvider, DeleteIdentityProvider,
/// ListIdentityProviders and GetIdentityProviderByIdentifier.
@Suite struct IdentityProviderTests {
    @Test("a provider shows what it was given, and what follows", arguments: TestEngine.allCases)
    func create(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            let identifiers = ["example.com", "corp"]
            let created = try await cognito.ok(
                CreateIdentityProvider.self,
                cognito.provider("Google", Self.google, ["IdpIdentifiers": identifiers])
            )
            let now = JSONValue.number(Double(cognito.clock.now.seconds))
            let details = Self.google.merging([
                "attributes_url": "https://people.googleapis.com/v1/people/me?personFields=",
                "attributes_url_add_attributes": "true",
                "authorize_url": "https://accounts.google.com/o/oauth2/v2/auth",
                "oidc_issuer": "https://accounts.google.com", "token_request_method": "POST",
                "token_url": "https://www.googleapis.com/oauth2/v4/token",
            ]) { first, _ in first }
            let expected: Members = [
                "UserPoolId": cognito.pool, "ProviderName": "Google", "ProviderType": "Google",
                "ProviderDetails": details, "AttributeMapping": ["username": "sub"], "IdpIdentifiers": identifiers,
                "CreationDate": now, "LastModifiedDate": now,
            ]
            #expect(created["IdentityProvider"] == expected.json)
            let named = cognito.provider("Google")
            #expect(try await cognito.ok(DescribeIdentityProvider.self, named).json == created.json)
            for identifier in identifiers {
                let asked: Members = ["UserPoolId": cognito.pool, "IdpIdentifier": identifier]
                #expect(try await cognito.ok(GetIdentityProviderByIdentifier.self, asked).json == created.json)
            }
            let listed = try await cognito.ok(ListIdentityProviders.self, ["UserPoolId": cognito.pool])
            let summary: Members = [
                "ProviderName": "Google", "ProviderType": "Google", "CreationDate": now, "LastModifiedDate": now,
            ]
            #expect(listed.list("Providers") == [summary.json ?? .null])
        }
    }

    static let google = ["client_id": "id", "client_secret": "s3cret-of-provider", "authorize_scopes": "email openid"]
    static let oidc = google.merging([
        "oidc_issuer": "https://idp.example.com", "attributes_request_method": "GET",
    ]) { first, _ in first }
    static let apple = [
        "client_id": "com.example", "team_id": "T", "key_id": "K", "private_key": "MIG…", "authorize_scopes": "email",
    ]

    static let derived: [(String, [String: String], [String: String?], String)] = [
        (
            "Facebook", google.merging(["api_version": "v17.0"]) { first, _ in first },
            [
                "attributes_url": "https://graph.facebook.com/v17.0/me?fields=", "token_request_method": "GET",
                "authorize_url": "https://www.facebook.com/v17.0/dialog/oauth", "api_version": "v17.0",
                "token_url": "https://graph.facebook.com/v17.0/oauth/access_token",
                "attributes_url_add_attributes": "true",
            ], "id"
        ),
        (
            "LoginWithAmazon", google,
            [
                "attributes_url": "https://api.amazon.com/user/profile", "attributes_url_add_attributes": "false",
                "authorize_url": "https://www.amazon.com/ap/oa", "token_request_method": "POST",
                "token_url": "https://api.amazon.com/auth/o2/token", "client_secret": "s3cret-of-provider",
            ], "user_id"
        ),
        (
            "SignInWithApple", apple,
            [
                "attributes_url_add_attributes": "false", "authorize_url": "https://appleid.apple.com/auth/authorize",
                "oidc_issuer": "https://appleid.apple.com", "token_request_method": "POST",
                "token_url": "https://appleid.apple.com/auth/token", "private_key": nil, "client_secret": nil,
                "team_id": "T",
            ], "sub"
        ),
        (
            "Other", oidc,
            ["attributes_url_add_attributes": "false", "oidc_issuer": "https://idp.example.com", "token_url": nil],
            "sub"
        ),
    ]

    @Test("what follows for the other types", arguments: derived)
    func types(name: String, given: [String: String], shown: [String: String?], username: String) async throws {
        try await Cognito.run { cognito in
            let type = name == "Other" ? "OIDC" : name
            let input = cognito.provider(name, given, ["ProviderType": type, "AttributeMapping": ["email": "email"]])
            let created = try await cognito.ok(CreateIdentityProvider.self, input)
            let details = created["IdentityProvider.ProviderDetails"]
            for (key, value) in shown { #expect(details?[key]?.stringValue == value, "\(key)") }
            let mapping: Members = ["email": "email", "username": username]
            #expect(created["IdentityProvider.AttributeMapping"] == mapping.json)
            #expect(try await cognito.ok(DescribeIdentityProvider.self, cognito.provider(name)).json == created.json)
        }
    }

    static let metadata = """
        <?xml version="1.0"?><md:EntityDescriptor entityID="x"><md:IDPSSODescriptor>
        <md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://no"/>
        <md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
            Location="https://idp.example.com/slo"/>
        <md:SingleSignOnService Location='https://idp.example.com/sso?a=1&amp;b=2'
            Binding='urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect'/></md:IDPSSODescriptor></md:EntityDescriptor>
        """

    @Test("a SAML provider's endpoints come from its file, and it has a certificate", arguments: TestEngine.allCases)
    func saml(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            let given = ["MetadataFile": Self.metadata, "IDPSignout": "true"]
            let input = cognito.provider("Corp", given, ["ProviderType": "SAML"])
            let created = try await cognito.ok(CreateIdentityProvider.self, input)
            let details = try #require(created["IdentityProvider.ProviderDetails"])
            #expect(details["SSORedirectBindingURI"] == .string("https://idp.example.com/sso?a=1&b=2"))
            #expect(details["SLORedirectBindingURI"] == .string("https://idp.example.com/slo"))
            #expect(details["MetadataFile"] == .string(Self.metadata))
            #expect(details["ActiveEncryptionCertificate"]?.stringValue?.hasPrefix("MII") == true)
            #expect(created["IdentityProvider.AttributeMapping"] == nil)
            // The certificate stays when the details change, which are then no file's any more.
            let url = ["MetadataURL": "https://idp.example.com/metadata"]
            let updated = try await cognito.ok(UpdateIdentityProvider.self, cognito.provider("Corp", url))
            let after = try #require(updated["IdentityProvider.ProviderDetails"])
            #expect(after["ActiveEncryptionCertificate"] == details["ActiveEncryptionCertificate"])
            #expect(after["MetadataFile"] == nil && after["SSORedirectBindingURI"] == nil)
        }
    }

    @Test("an update sets what it names, and a secret that it leaves out stays", arguments: TestEngine.allCases)
    func update(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            let created = try await cognito.ok(
                CreateIdentityProvider.self,
                cognito.provider("Google", Self.google, ["IdpIdentifiers": ["a", "b"]])
            )
            cognito.clock.advance(.seconds(8))
            let mapping = try await cognito.ok(
                UpdateIdentityProvider.self,
                cognito.provider("Google", nil, ["AttributeMapping": ["email": "email"]])
            )
            #expect(mapping["IdentityProvider.ProviderDetails"] == created["IdentityProvider.ProviderDetails"])
            #expect(mapping["IdentityProvider.IdpIdentifiers"] == created["IdentityProvider.IdpIdentifiers"])
            #expect(mapping["IdentityProvider.LastModifiedDate"] != created["IdentityProvider.LastModifiedDate"])
            let details = ["client_id": "other", "authorize_scopes": "openid"]
            let changed = try await cognito.ok(
                UpdateIdentityProvider.self,
                cognito.provider("Google", details, ["IdpIdentifiers": ["b", "c"]])
            )
            #expect(changed.string("IdentityProvider.ProviderDetails.client_id") == "other")
            #expect(changed.string("IdentityProvider.ProviderDetails.client_secret") == "s3cret-of-provider")
            #expect(
                try await cognito.ok(DescribeIdentityProvider.self, cognito.provider("Google")).json == changed.json
            )
            for (identifier, isKnown) in [("a", false), ("b", true), ("c", true)] {
                let asked: Members = ["UserPoolId": cognito.pool, "IdpIdentifier": identifier]
                let answer = await cognito.call(GetIdentityProviderByIdentifier.self, asked)
                #expect((answer.refusal == nil) == isKnown)
            }
        }
    }

    static let refused: [(String, String, [String: String], Members, String)] = [
        (
            "Google", "Google", ["client_id": "a", "authorize_scopes": "b"], [:],
            "ProviderDetails is missing client_secret."
        ),
        ("Gugel", "Google", google, [:], "A provider of type Google must be named Google."),
        ("Google", "OIDC", oidc, [:], "The provider name is reserved."),
        ("COGNITO", "OIDC", oidc, [:], "The provider name is reserved."),
        (
            "Other", "OIDC", oidc.merging(["attributes_request_method": "PUT"]) { _, new in new }, [:],
            "Invalid value of attributes_request_method in ProviderDetails."
        ),
        (
            "Other", "OIDC", oidc.merging(["oidc_issuer": "http://idp"]) { _, new in new }, [:],
            "Invalid value of oidc_issuer in ProviderDetails."
        ),
        (
            "Other", "OIDC", oidc.merging(["oidc_issuer": "https://idp/"]) { _, new in new }, [:],
            "Invalid value of oidc_issuer in ProviderDetails."
        ),
        ("Corp", "SAML", [:], [:], "ProviderDetails is missing MetadataFile or MetadataURL."),
        (
            "Corp", "SAML", ["MetadataFile": metadata, "MetadataURL": "https://x"], [:],
            "Only one of MetadataFile and MetadataURL can be given."
        ),
        (
            "Corp", "SAML", ["MetadataFile": "<x/>"], [:],
            "MetadataFile has no SingleSignOnService that is bound to HTTP-Redirect."
        ),
        (
            "Corp", "SAML", ["MetadataURL": "ftp://x"], [:], "Invalid value of MetadataURL in ProviderDetails."
        ),
        (
            "Corp", "SAML", ["MetadataURL": "https://x", "IDPInit": "yes"], [:],
            "Invalid value of IDPInit in ProviderDetails."
        ),
        (
            "Corp", "SAML", ["MetadataURL": "https://x", "RequestSigningAlgorithm": "rsa-sha1"], [:],
            "Invalid value of RequestSigningAlgorithm in ProviderDetails."
        ),
        (
            "Google", "Google", google, ["AttributeMapping": ["custom:none": "x"]],
            "AttributeMapping has the unknown attribute custom:none."
        ),
        ("Google", "Google", google, ["AcrMapping": ["Level1": "x"]], "AcrMapping is for OIDC providers."),
        ("Google", "Google", google, ["IdpIdentifiers": ["a", "a"]], "IdpIdentifiers must be unique."),
    ]

    @Test("what can't be", arguments: refused)
    func refusals(name: String, type: String, details: [String: String], more: Members, message: String) async throws {
        try await Cognito.run { cognito in
            let input = cognito.provider(name, details, more.with(["ProviderType": type]))
            #expect(await cognito.call(CreateIdentityProvider.self, input).refusal == .invalid(message))
        }
    }

    @Test("names and identifiers are one provider's", arguments: TestEngine.allCases)
    func uniqueness(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            let google = cognito.provider("Google", Self.google, ["IdpIdentifiers": ["a"]])
            try await cognito.ok(CreateIdentityProvider.self, google)
            let exists = "A provider with the name Google already exists in your user pool."
            let again = await cognito.call(CreateIdentityProvider.self, google)
            #expect(again.refusal == Refusal("DuplicateProviderException", exists))
            let other = cognito.provider("Other", Self.oidc, ["ProviderType": "OIDC", "IdpIdentifiers": ["b", "a"]])
            let taken = Refusal.invalid("One of the IdpIdentifiers is another provider's.")
            #expect(await cognito.call(CreateIdentityProvider.self, other).refusal == taken)
            #expect(await cognito.call(DescribeIdentityProvider.self, cognito.provider("Other")).refusal != nil)
            try await cognito.ok(CreateIdentityProvider.self, other.with(["IdpIdentifiers": ["b"]]))
            let update = cognito.provider("Other", nil, ["IdpIdentifiers": ["a"]])
            #expect(await cognito.call(UpdateIdentityProvider.self, update).refusal == taken)
            let b: Members = ["UserPoolId": cognito.pool, "IdpIdentifier": "b"]
            #expect(await cognito.call(GetIdentityProviderByIdentifier.self, b).refusal == nil)
            try await cognito.ok(DeleteIdentityProvider.self, cognito.provider("Google"))
            try await cognito.ok(UpdateIdentityProvider.self, update)
        }
    }

    @Test("what isn't there, and the pool itself")
    func missing() async throws {
        try await Cognito.run { cognito in
            let named = cognito.provider("None")
            let gone = Refusal("ResourceNotFoundException", "Identity provider None does not exist.")
            #expect(await cognito.call(DescribeIdentityProvider.self, named).refusal == gone)
            #expect(await cognito.call(UpdateIdentityProvider.self, named).refusal == gone)
            #expect(await cognito.call(DeleteIdentityProvider.self, named).refusal == gone)
            let asked: Members = ["UserPoolId": cognito.pool, "IdpIdentifier": "none"]
            let unknown = "Identity provider with identifier none does not exist."
            let answer = await cognito.call(GetIdentityProviderByIdentifier.self, asked)
            #expect(answer.refusal == Refusal("ResourceNotFoundException", unknown))
            let itself = cognito.provider("COGNITO")
            let message = "The user pool itself can't be changed here."
            let unsupported = Refusal("UnsupportedIdentityProviderException", message)
            #expect(await cognito.call(UpdateIdentityProvider.self, itself).refusal == unsupported)
            #expect(await cognito.call(DeleteIdentityProvider.self, itself).refusal == unsupported)
            let elsewhere: Members = ["UserPoolId": "us-east-1_Nowhere00"]
            let noPool = Refusal.noPool("us-east-1_Nowhere00")
            #expect(await cognito.call(ListIdentityProviders.self, elsewhere).refusal == noPool)
            let google = cognito.provider("Google", Self.google, elsewhere)
            #expect(await cognito.call(CreateIdentityProvider.self, google).refusal == noPool)
        }
    }

    @Test("a pool has 300 at most, and lists them from page to page", arguments: TestEngine.allCases)
    func limit(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            let names = (0..<300).map { "p\(100 + $0)" }
            for name in names {
                let input = cognito.provider(name, Self.oidc, ["ProviderType": "OIDC"])
                try await cognito.ok(CreateIdentityProvider.self, input)
            }
            let more = cognito.provider("more", Self.oidc, ["ProviderType": "OIDC"])
            let message = "A user pool can have no more than 300 identity providers."
            let tooMany = Refusal("LimitExceededException", message)
            #expect(await cognito.call(CreateIdentityProvider.self, more).refusal == tooMany)
            var found: [String] = []
            var token: String?
            repeat {
                let input: Members = ["UserPoolId": cognito.pool, "MaxResults": 60, "NextToken": token]
                let page = try await cognito.ok(ListIdentityProviders.self, input)
                found += page.list("Providers").compactMap { $0["ProviderName"]?.stringValue }
                token = page.string("NextToken")
            } while token != nil
            #expect(found == names)
        }
    }

    @Test("a client has only providers that are there")
    func clients() async throws {
        try await Cognito.run { cognito in
            let settings: Members = ["SupportedIdentityProviders": ["COGNITO", "Google"]]
            let update = cognito.ofClient(settings)
            let unknown = Refusal.invalid("The provider Google does not exist for User Pool \(cognito.pool).")
            #expect(await cognito.call(UpdateUserPoolClient.self, update).refusal == unknown)
            try await cognito.ok(CreateIdentityProvider.self, cognito.provider("Google", Self.google))
            let updated = try await cognito.ok(UpdateUserPoolClient.self, update)
            let names = updated.list("UserPoolClient.SupportedIdentityProviders")
            #expect(names == [.string("COGNITO"), .string("Google")])
        }
    }

    @Test("secrets are sealed")
    func sealed() async throws {
        try await Cognito.run { cognito in
            try await cognito.ok(CreateIdentityProvider.self, cognito.provider("Google", Self.google))
            let pool = cognito.pool
            let row = try await cognito.application.store.database.read { connection in
                try connection.row("select document, sealed_secrets from identity_providers where pool_id = \(pool)")
            }
            let stored = try #require(row)
            let sealed = String(decoding: try stored.bytes(1), as: UTF8.self)
            #expect(try !stored.text(0).contains("s3cret") && !sealed.contains("s3cret"))
        }
    }
}

extension Cognito {
    /// The members that name a provider, of the type of its name, with these details and more.
    func provider(_ name: String, _ details: [String: String]? = nil, _ more: Members = [:]) -> Members {
        var basis: Members = ["UserPoolId": pool, "ProviderName": name]
        if let details {
            basis["ProviderDetails"] = details
            basis["ProviderType"] = name
        }
        return basis.with(more)
    }
}
