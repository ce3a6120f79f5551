import CognitoModel
import Cryptography
import DatabaseTestSupport
import Testing
import UserPools

/// AdminLinkProviderForUser, AdminDisableProviderForUser and GetSigningCertificate.
@Suite struct LinkTests {
    @Test("a linked user's attribute and ID token show it", arguments: TestEngine.allCases)
    func link(engine: TestEngine) async throws {
        try await withProviders(on: engine) { cognito in
            try await cognito.addUser()
            let linked = await cognito.call(AdminLinkProviderForUser.self, cognito.link("Google", "1234"))
            #expect(linked.json == .object([:]))
            let text = try #require(try await cognito.user().attributes()["identities"])
            let now = cognito.clock.now.milliseconds
            let shown = """
                [{"userId":"1234","providerName":"Google","providerType":"Google","issuer":null,"primary":false,\
                "dateCreated":\(now)}]
                """
            #expect(text == shown)
            let tokens = try await cognito.signedIn()
            let claim: JSONValue = .array([
                .object([
                    "userId": .string("1234"), "providerName": .string("Google"), "providerType": .string("Google"),
                    "issuer": .null, "primary": .string("false"), "dateCreated": .string(String(now)),
                ])
            ])
            #expect(try cognito.claims(tokens.id)["identities"] == claim)
            #expect(try cognito.claims(tokens.access)["identities"] == nil)
            #expect(await cognito.call(AdminDisableProviderForUser.self, cognito.unlink("Google", "1234")).json != nil)
            #expect(try await cognito.user().attributes()["identities"] == nil)
            #expect(try cognito.claims(try await cognito.signedIn().id)["identities"] == nil)
        }
    }

    @Test("by an attribute that the provider maps")
    func attribute() async throws {
        try await withProviders { cognito in
            try await cognito.addUser()
            let byEmail = cognito.link("Other", "ada@corp.example", attribute: "email")
            try await cognito.ok(AdminLinkProviderForUser.self, byEmail)
            let unmapped = Refusal.invalid("Invalid ProviderAttributeName: name is not mapped by the provider.")
            let byName = cognito.link("Other", "Ada", attribute: "name")
            #expect(await cognito.call(AdminLinkProviderForUser.self, byName).refusal == unmapped)
            let social = Refusal.invalid(
                "Invalid ProviderAttributeName: social providers take Cognito_Subject alone."
            )
            let ofGoogle = cognito.link("Google", "ada@corp.example", attribute: "email")
            #expect(await cognito.call(AdminLinkProviderForUser.self, ofGoogle).refusal == social)
            let wrong = cognito.unlink("Other", "ada@corp.example")
            #expect(await cognito.call(AdminDisableProviderForUser.self, wrong).refusal == .noUser)
            let right = cognito.unlink("Other", "ada@corp.example", attribute: "email")
            #expect(await cognito.call(AdminDisableProviderForUser.self, right).refusal == nil)
        }
    }

    @Test("an identity is one user's, who has five at most", arguments: TestEngine.allCases)
    func limits(engine: TestEngine) async throws {
        try await withProviders(on: engine) { cognito in
            for name in ["ada", "bob"] { try await cognito.addUser(name) }
            for id in 1...5 { try await cognito.ok(AdminLinkProviderForUser.self, cognito.link("Google", "\(id)")) }
            let tooMany = Refusal("LimitExceededException", "A user can have no more than 5 linked identities.")
            #expect(await cognito.call(AdminLinkProviderForUser.self, cognito.link("Google", "6")).refusal == tooMany)
            let again = Refusal.invalid("SourceUser is already linked to DestinationUser")
            #expect(await cognito.call(AdminLinkProviderForUser.self, cognito.link("Google", "5")).refusal == again)
            let merging = Refusal.invalid(
                "Merging is not currently supported, provide a SourceUser that has not been merged / Alias."
            )
            let bobs = cognito.link("Google", "5", to: "bob")
            #expect(await cognito.call(AdminLinkProviderForUser.self, bobs).refusal == merging)
            try await cognito.addUser("Google_77")
            let own = cognito.link("Google", "77", to: "bob")
            #expect(await cognito.call(AdminLinkProviderForUser.self, own).refusal == merging)
            // A deleted user's are free.
            try await cognito.ok(AdminDeleteUser.self, cognito.named("ada"))
            try await cognito.ok(AdminLinkProviderForUser.self, bobs)
        }
    }

    @Test("without a password nobody signs in by it")
    func disable() async throws {
        try await withProviders { cognito in
            try await cognito.addUser()
            let tokens = try await cognito.signedIn()
            try await cognito.ok(AdminDisableProviderForUser.self, cognito.unlink("Cognito", "ada"))
            #expect(await cognito.signIn().refusal == .wrongPassword)
            #expect(await cognito.refresh(tokens.refresh).refusal == .refreshTokenRevoked)
            let nobody = await cognito.call(AdminDisableProviderForUser.self, cognito.unlink("Cognito", "nobody"))
            #expect(nobody.refusal == .noUser)
            let byEmail = cognito.unlink("Cognito", "ada", attribute: "email")
            #expect(
                await cognito.call(AdminDisableProviderForUser.self, byEmail).refusal?.code
                    == "InvalidParameterException"
            )
        }
    }

    @Test("what isn't there, or isn't said")
    func refusals() async throws {
        try await withProviders { cognito in
            try await cognito.addUser()
            let bad = Refusal.invalid("Invalid SourceUser: Bad ProviderName passed as a parameter.")
            #expect(await cognito.call(AdminLinkProviderForUser.self, cognito.link("None", "1")).refusal == bad)
            let local = Refusal.invalid("Invalid SourceUser: a user of the pool can't be linked to another.")
            #expect(await cognito.call(AdminLinkProviderForUser.self, cognito.link("Cognito", "1")).refusal == local)
            let nobody = cognito.link("Google", "1", to: "nobody")
            #expect(await cognito.call(AdminLinkProviderForUser.self, nobody).refusal == .noUser)
            for missing in ["ProviderAttributeName", "ProviderAttributeValue"] {
                var source = ["ProviderName": "Google", "ProviderAttributeName": "Cognito_Subject"]
                source["ProviderAttributeValue"] = "1"
                source[missing] = nil
                let input = cognito.link("Google", "1").with(["SourceUser": source])
                let answer = await cognito.call(AdminLinkProviderForUser.self, input)
                #expect(answer.refusal?.message.contains("Member must not be null") == true)
                let user: Members = ["UserPoolId": cognito.pool, "User": source]
                let other = await cognito.call(AdminDisableProviderForUser.self, user)
                #expect(other.refusal?.message.contains("Member must not be null") == true)
            }
            let elsewhere: Members = ["UserPoolId": "us-east-1_Nowhere00"]
            let noPool = Refusal.noPool("us-east-1_Nowhere00")
            let linking = cognito.link("Google", "1").with(elsewhere)
            #expect(await cognito.call(AdminLinkProviderForUser.self, linking).refusal == noPool)
            let unlinking = cognito.unlink("Google", "1").with(elsewhere)
            #expect(await cognito.call(AdminDisableProviderForUser.self, unlinking).refusal == noPool)
            #expect(await cognito.call(GetSigningCertificate.self, elsewhere).refusal == noPool)
        }
    }

    @Test("a pool signs by one certificate", arguments: TestEngine.allCases)
    func certificate(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            let pool: Members = ["UserPoolId": cognito.pool]
            let first = try await cognito.ok(GetSigningCertificate.self, pool).text("Certificate")
            let der = try #require(Base64.decode(first))
            #expect(der.starts(with: [0x30, 0x82]) && der.count > 600)
            #expect(try await cognito.ok(GetSigningCertificate.self, pool).text("Certificate") == first)
        }
    }

    private func withProviders(on engine: TestEngine = .sqlite, _ body: (Cognito) async throws -> Void) async throws {
        try await Cognito.run(on: engine) { cognito in
            let google = cognito.provider("Google", IdentityProviderTests.google)
            try await cognito.ok(CreateIdentityProvider.self, google)
            let more: Members = ["ProviderType": "OIDC", "AttributeMapping": ["email": "email"]]
            let other = cognito.provider("Other", IdentityProviderTests.oidc, more)
            try await cognito.ok(CreateIdentityProvider.self, other)
            try await body(cognito)
        }
    }
}

extension Cognito {
    /// The members that link a provider's user to one of the pool's.
    func link(
        _ provider: String,
        _ value: String,
        attribute: String = "Cognito_Subject",
        to user: String = "ada"
    ) -> Members {
        [
            "UserPoolId": pool, "DestinationUser": ["ProviderName": "Cognito", "ProviderAttributeValue": user],
            "SourceUser": [
                "ProviderName": provider, "ProviderAttributeName": attribute, "ProviderAttributeValue": value,
            ],
        ]
    }

    /// The members that take it apart again.
    func unlink(_ provider: String, _ value: String, attribute: String = "Cognito_Subject") -> Members {
        [
            "UserPoolId": pool,
            "User": ["ProviderName": provider, "ProviderAttributeName": attribute, "ProviderAttributeValue": value],
        ]
    }
}
