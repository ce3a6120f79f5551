import CognitoModel
import Domain
import Testing
import UserPools

extension Cognito {
    /// A pool that lets users in by passwords and passkeys.
    static let withPasskeys: Members = [
        "Policies": [
            "PasswordPolicy": ["MinimumLength": 6] as Members,
            "SignInPolicy": ["AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]] as Members,
        ] as Members
    ]

    /// Says for whom the pool's passkeys are.
    func setPasskeys(
        _ party: String? = "example.com",
        verification: String? = nil,
        factor: String? = nil,
        mfa: String? = nil
    ) async throws {
        let configuration: Members = [
            "RelyingPartyId": party, "UserVerification": verification, "FactorConfiguration": factor,
        ]
        var input: Members = ["UserPoolId": pool, "WebAuthnConfiguration": configuration, "MfaConfiguration": mfa]
        if mfa != nil { input["SoftwareTokenMfaConfiguration"] = ["Enabled": true] as Members }
        try await ok(SetUserPoolMfaConfig.self, input)
    }

    /// A pool with passkeys for `example.com`, and a user `ada`, signed in.
    static func runWithPasskeys(_ body: (Cognito, _ token: String) async throws -> Void) async throws {
        try await run(pool: withPasskeys) { cognito in
            try await cognito.setPasskeys()
            try await cognito.addUser()
            try await body(cognito, try await cognito.signedIn().access)
        }
    }

    /// The options of a new registration.
    func creationOptions(_ token: String) async throws -> JSONValue {
        try #require(
            try await ok(StartWebAuthnRegistration.self, ["AccessToken": token])["CredentialCreationOptions"]
        )
    }

    /// Registers the authenticator's credential.
    @discardableResult
    func register(_ authenticator: SoftwareAuthenticator, _ token: String) async throws -> Answer {
        let credential = try authenticator.register(try await creationOptions(token))
        return await call(CompleteWebAuthnRegistration.self, ["AccessToken": token, "Credential": credential])
    }

    /// Asks for a passkey.
    func askPasskey(_ name: String = "ada", client: TestClient? = nil) async -> Answer {
        await initiate("USER_AUTH", ["USERNAME": name, "PREFERRED_CHALLENGE": "WEB_AUTHN"], client: client)
    }

    /// Answers by a passkey what `askPasskey` asked.
    func answerPasskey(
        _ asked: Answer,
        _ authenticator: SoftwareAuthenticator,
        name: String = "ada",
        client: TestClient? = nil
    ) async throws -> Answer {
        let credential = try authenticator.sign(try requestOptions(asked))
        return await respond(
            "WEB_AUTHN",
            ["USERNAME": name, "CREDENTIAL": String(decoding: credential.jsonBytes, as: UTF8.self)],
            session: asked.string("Session"),
            client: client
        )
    }

    func requestOptions(_ asked: Answer) throws -> JSONValue {
        let text = try asked.text("ChallengeParameters.CREDENTIAL_REQUEST_OPTIONS")
        return try RequestDecoder.document(JSONValue.self, from: text)
    }

    /// Signs in by a passkey.
    func signIn(_ authenticator: SoftwareAuthenticator, name: String = "ada") async throws -> Answer {
        try await answerPasskey(await askPasskey(name), authenticator, name: name)
    }
}
