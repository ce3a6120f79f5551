import CognitoModel
import Testing
import UserPools

/// Passkeys where a second factor is asked for.
@Suite struct PasskeyFactorTests {
    private static let multi = "MULTI_FACTOR_WITH_USER_VERIFICATION"

    /// A pool in which a user has a passkey and a software token that is turned on; their access token.
    private func run(
        mfa: String,
        factor: String?,
        _ body: (Cognito, _ token: String) async throws -> Void
    ) async throws {
        try await Cognito.run(pool: Cognito.withPasskeys) { cognito in
            try await cognito.setPasskeys(factor: factor, mfa: "OPTIONAL")
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            try await cognito.register(SoftwareAuthenticator(), token)
            _ = try await cognito.enrol()
            await cognito.prefer("totp*")
            try await cognito.setPasskeys(factor: factor, mfa: mfa)
            try await body(cognito, token)
        }
    }

    private func offered(_ cognito: Cognito) async -> Bool {
        await cognito.initiate("USER_AUTH", ["USERNAME": "ada"]).list("AvailableChallenges").contains(
            .string("WEB_AUTHN")
        )
    }

    @Test("a passkey by which the user was verified counts for both", arguments: ["OPTIONAL", "ON"])
    func both(mfa: String) async throws {
        try await run(mfa: mfa, factor: Self.multi) { cognito, _ in
            #expect(await offered(cognito))
            let tokens = try Tokens(await cognito.signIn(SoftwareAuthenticator(counter: 2)))
            #expect(!tokens.access.isEmpty)
            let absent = SoftwareAuthenticator(flags: SoftwareAuthenticator.present, counter: 3)
            let refusal = try await cognito.signIn(absent).refusal
            #expect(refusal == PasskeySignInTests.wrong)
        }
    }

    @Test("where passkeys are one factor, who needs two isn't offered them", arguments: ["OPTIONAL", "ON"])
    func single(mfa: String) async throws {
        try await run(mfa: mfa, factor: "SINGLE_FACTOR") { cognito, _ in
            #expect(await !offered(cognito))
        }
    }

    @Test("one that was asked for while they counted for both doesn't afterwards") func changed() async throws {
        try await run(mfa: "ON", factor: Self.multi) { cognito, _ in
            let asked = await cognito.askPasskey()
            try await cognito.setPasskeys(factor: "SINGLE_FACTOR", mfa: "ON")
            let answer = try await cognito.answerPasskey(asked, SoftwareAuthenticator(counter: 2))
            #expect(answer.refusal == .unavailableFactor)
        }
    }

    @Test("a user may not want them to count for both") func preference() async throws {
        try await run(mfa: "ON", factor: Self.multi) { cognito, token in
            func set(_ isOn: Bool) -> Members {
                ["AccessToken": token, "WebAuthnMfaSettings": ["Enabled": isOn] as Members]
            }
            try await cognito.ok(SetUserMFAPreference.self, set(false))
            #expect(await !offered(cognito))
            try await cognito.ok(SetUserMFAPreference.self, set(true))
            #expect(await offered(cognito))
            let admin = cognito.named("ada", ["WebAuthnMfaSettings": ["Enabled": false] as Members])
            try await cognito.ok(AdminSetUserMFAPreference.self, admin)
            #expect(await !offered(cognito))

            await cognito.prefer("")
            let alone = await cognito.call(SetUserMFAPreference.self, set(true))
            let another = "Passkey MFA requires another MFA factor to be enabled for the user."
            #expect(alone.refusal == .invalid(another))
            try await cognito.setPasskeys(factor: "SINGLE_FACTOR", mfa: "ON")
            let single = await cognito.call(SetUserMFAPreference.self, set(true))
            let message = "Passkeys are not configured as a multi-factor method of the user pool."
            #expect(single.refusal == .invalid(message))
        }
    }

    @Test("passkeys are among a user's factors") func factors() async throws {
        try await Cognito.runWithPasskeys { cognito, token in
            let before = try await cognito.ok(GetUserAuthFactors.self, ["AccessToken": token])
            #expect(before.list("ConfiguredUserAuthFactors") == [.string("PASSWORD")])
            try await cognito.register(SoftwareAuthenticator(), token)
            let after = try await cognito.ok(GetUserAuthFactors.self, ["AccessToken": token])
            #expect(after.list("ConfiguredUserAuthFactors") == [.string("WEB_AUTHN"), .string("PASSWORD")])
        }
    }

    @Test("a domain stands for the relying party's id, the pool's own before the prefix") func domains() async throws {
        try await Cognito.run(pool: Cognito.withPasskeys) { cognito in
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            func party() async -> String? {
                let answer = await cognito.call(StartWebAuthnRegistration.self, ["AccessToken": token])
                return answer.string("CredentialCreationOptions.rp.id") ?? answer.refusal?.code
            }
            #expect(await party() == "WebAuthnConfigurationMissingException")
            let prefix: Members = ["UserPoolId": cognito.pool, "Domain": "passkeys"]
            try await cognito.ok(CreateUserPoolDomain.self, prefix)
            #expect(await party() == "passkeys.auth.us-east-1.localhost")
            let certificate = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"
            let custom: Members = [
                "UserPoolId": cognito.pool, "Domain": "login.example.com",
                "CustomDomainConfig": ["CertificateArn": certificate] as Members,
            ]
            try await cognito.ok(CreateUserPoolDomain.self, custom)
            #expect(await party() == "login.example.com")
            try await cognito.setPasskeys(nil, verification: "required")
            #expect(await party() == "login.example.com")
            try await cognito.setPasskeys("example.com")
            #expect(await party() == "example.com")
            try await cognito.setPasskeys(nil)
            try await cognito.ok(
                DeleteUserPoolDomain.self,
                ["UserPoolId": cognito.pool, "Domain": "login.example.com"]
            )
            #expect(await party() == "passkeys.auth.us-east-1.localhost")
        }
    }
}
