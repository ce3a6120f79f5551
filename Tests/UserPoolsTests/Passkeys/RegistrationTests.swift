import CognitoModel
import Cryptography
import DatabaseTestSupport
import Testing
import UserPools

@Suite struct PasskeyRegistrationTests {
    private static func refusal(_ code: String, _ message: String) -> Refusal {
        Refusal("WebAuthn\(code)Exception", message)
    }

    static let notFound =
        refusal("ChallengeNotFound", "The challenge of the credential was not found or has expired.")
    static let invalid = Refusal.invalid("Invalid credential.")

    @Test("options are those of Cognito") func options() async throws {
        try await Cognito.runWithPasskeys { cognito, token in
            let options = try await cognito.creationOptions(token)
            let sub = try await cognito.user().attributes()["sub"] ?? ""
            let expected = JSONValue.object([
                "rp": .object(["id": .string("example.com"), "name": .string("example.com")]),
                "user": .object([
                    "id": .string(Base64URL.encode(Array(sub.utf8))), "name": .string("ada"),
                    "displayName": .string("ada"),
                ]),
                "pubKeyCredParams": .array([
                    .object(["type": .string("public-key"), "alg": .integer(-7)]),
                    .object(["type": .string("public-key"), "alg": .integer(-257)]),
                ]),
                "timeout": .integer(60000), "excludeCredentials": .array([]),
                "authenticatorSelection": .object([
                    "requireResidentKey": .boolean(true), "residentKey": .string("required"),
                    "userVerification": .string("preferred"),
                ]),
                "challenge": try #require(options["challenge"]),
            ])
            #expect(options == expected)
            let second = try await cognito.creationOptions(token)
            #expect(second["challenge"] != options["challenge"])
        }
    }

    @Test("a passkey is registered, listed and deleted", arguments: TestEngine.allCases)
    func story(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Cognito.withPasskeys) { cognito in
            try await cognito.setPasskeys()
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            let authenticator = SoftwareAuthenticator()
            let answer1 = try await cognito.register(authenticator, token).json
            #expect(answer1 == .object([:]))
            let id = Base64URL.encode(authenticator.id)

            let listed = try await cognito.ok(ListWebAuthnCredentials.self, ["AccessToken": token])
            let passkey = try #require(listed.list("Credentials").first)
            #expect(passkey["CredentialId"] == .string(id) && listed.list("Credentials").count == 1)
            #expect(passkey["FriendlyCredentialName"] == .string("Passkey"))
            #expect(passkey["RelyingPartyId"] == .string("example.com"))
            #expect(passkey["AuthenticatorAttachment"] == .string("platform"))
            #expect(passkey["AuthenticatorTransports"] == .array([.string("hybrid"), .string("internal")]))
            #expect(passkey["CreatedAt"] != nil && listed["NextToken"] == nil)
            let excluded = try await cognito.creationOptions(token)["excludeCredentials"]
            #expect(
                excluded
                    == .array([
                        .object([
                            "type": .string("public-key"), "id": .string(id),
                            "transports": .array([.string("hybrid"), .string("internal")]),
                        ])
                    ])
            )

            try await cognito.ok(DeleteWebAuthnCredential.self, ["AccessToken": token, "CredentialId": id])
            let gone = await cognito.call(DeleteWebAuthnCredential.self, ["AccessToken": token, "CredentialId": id])
            #expect(gone.refusal == Refusal("ResourceNotFoundException", "Credential not found."))
            let answer2 = try await cognito.ok(ListWebAuthnCredentials.self, ["AccessToken": token]).list("Credentials")
            #expect(answer2 == [])
        }
    }

    @Test("a challenge serves once, for five minutes, and for whom it was made") func challenge() async throws {
        try await Cognito.runWithPasskeys { cognito, token in
            let options = try await cognito.creationOptions(token)
            func complete(_ token: String, _ authenticator: SoftwareAuthenticator) async throws -> Refusal? {
                let credential = try authenticator.register(options)
                let input: Members = ["AccessToken": token, "Credential": credential]
                return await cognito.call(CompleteWebAuthnRegistration.self, input).refusal
            }
            try await cognito.addUser("bob")
            let bob = try await cognito.signedIn("bob").access
            let answer3 = try await complete(bob, SoftwareAuthenticator())
            #expect(answer3 == Self.notFound)
            let second = try await cognito.makeClient()
            let elsewhere = try await cognito.signedIn(client: second).access
            let mismatch = Self.refusal("ClientMismatch", "The registration was started by another app client.")
            let otherClient = try await complete(elsewhere, SoftwareAuthenticator())
            #expect(otherClient == mismatch)
            cognito.clock.advance(.seconds(299))
            let answer4 = try await complete(token, SoftwareAuthenticator())
            #expect(answer4 == nil)
            let answer5 = try await complete(token, SoftwareAuthenticator(id: [1, 2, 3]))
            #expect(answer5 == Self.notFound)

            let late = try SoftwareAuthenticator(id: [4]).register(try await cognito.creationOptions(token))
            cognito.clock.advance(.seconds(300))
            let answer = await cognito.call(
                CompleteWebAuthnRegistration.self,
                ["AccessToken": token, "Credential": late]
            )
            #expect(answer.refusal == Self.notFound)
            let made = try SoftwareAuthenticator(id: [5]).register(
                .object(["challenge": .string("AAAA"), "rp": .object(["id": .string("example.com")])])
            )
            let unknown = await cognito.call(
                CompleteWebAuthnRegistration.self,
                ["AccessToken": token, "Credential": made]
            )
            #expect(unknown.refusal == Self.notFound)
        }
    }

    static let originRefusal = refusal(
        "OriginNotAllowed",
        "The origin of the credential does not match the relying party ID of the user pool."
    )

    @Test(
        "only pages of the domain may register",
        arguments: [
            ("https://example.com", nil), ("https://login.example.com:8443", nil),
            ("android:apk-key-hash:AAAA", nil), ("http://example.com", originRefusal),
            ("https://example.org", originRefusal), ("https://badexample.com", originRefusal),
            ("https://example.com.evil.org", originRefusal), ("https://example.com@evil.org", originRefusal),
            ("", originRefusal), ("null", originRefusal), ("http://localhost:3000", originRefusal),
        ] as [(String, Refusal?)]
    )
    func origins(origin: String, expected: Refusal?) async throws {
        try await Cognito.runWithPasskeys { cognito, token in
            let authenticator = SoftwareAuthenticator(origin: origin)
            let answer6 = try await cognito.register(authenticator, token).refusal
            #expect(answer6 == expected)
        }
    }

    @Test("a page within another site's may not", arguments: ["crossOrigin", "topOrigin"])
    func embedded(member: String) async throws {
        try await Cognito.runWithPasskeys { cognito, token in
            let value = member == "crossOrigin" ? JSONValue.boolean(true) : .string("https://evil.org")
            let authenticator = SoftwareAuthenticator(more: [member: value])
            let answer7 = try await cognito.register(authenticator, token).refusal
            #expect(answer7 == Self.originRefusal)
        }
    }

    @Test("the machine itself needs no TLS") func localhost() async throws {
        try await Cognito.run(pool: Cognito.withPasskeys) { cognito in
            try await cognito.setPasskeys("localhost")
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            let authenticator = SoftwareAuthenticator(origin: "http://localhost:3000")
            let answer8 = try await cognito.register(authenticator, token).refusal
            #expect(answer8 == nil)
        }
    }

    static let unsupported =
        refusal("CredentialNotSupported", "The authenticator of the credential is not supported.")
    static let otherParty = refusal(
        "RelyingPartyMismatch",
        "The relying party ID of the credential is not that of the user pool."
    )

    @Test(
        "what the authenticator says has to be what is asked of it",
        arguments: [
            (SoftwareAuthenticator(relyingParty: "example.org"), otherParty),
            (SoftwareAuthenticator(relyingParty: "login.example.com"), otherParty),
            (SoftwareAuthenticator(flags: SoftwareAuthenticator.verified), unsupported),
            (SoftwareAuthenticator(flags: 0), unsupported), (SoftwareAuthenticator(algorithm: -65535), unsupported),
            (SoftwareAuthenticator(flags: SoftwareAuthenticator.present | SoftwareAuthenticator.copied), invalid),
            (SoftwareAuthenticator(more: ["type": .string("webauthn.get")]), invalid),
            (SoftwareAuthenticator(more: ["challenge": .integer(1)]), invalid),
            (SoftwareAuthenticator(id: Array(repeating: 1, count: 1024)), invalid),
        ] as [(SoftwareAuthenticator, Refusal)]
    )
    func authenticators(authenticator: SoftwareAuthenticator, expected: Refusal) async throws {
        try await Cognito.runWithPasskeys { cognito, token in
            let answer9 = try await cognito.register(authenticator, token).refusal
            #expect(answer9 == expected)
            let answer10 = try await cognito.ok(ListWebAuthnCredentials.self, ["AccessToken": token]).list(
                "Credentials"
            )
            #expect(answer10 == [])
        }
    }

    @Test("where users must be verified, it has to be the user", arguments: [true, false])
    func verification(byFactor: Bool) async throws {
        try await Cognito.run(pool: Cognito.withPasskeys) { cognito in
            try await cognito.setPasskeys(
                verification: byFactor ? nil : "required",
                factor: byFactor ? "MULTI_FACTOR_WITH_USER_VERIFICATION" : nil
            )
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            let selection = try await cognito.creationOptions(token)["authenticatorSelection"]
            #expect(selection?["userVerification"] == .string("required"))
            let absent = SoftwareAuthenticator(flags: SoftwareAuthenticator.present)
            let answer11 = try await cognito.register(absent, token).refusal
            #expect(answer11 == Self.unsupported)
            let answer12 = try await cognito.register(SoftwareAuthenticator(), token).refusal
            #expect(answer12 == nil)
        }
    }

    @Test(
        "nonsense is refused",
        arguments: [
            .object([:]), .array([]), .string("x"), .object(["type": .string("public-key")]),
            .object(["type": .string("public-key"), "id": .string("AAAA"), "response": .object([:])]),
        ] as [JSONValue]
    )
    func nonsense(credential: JSONValue) async throws {
        try await Cognito.runWithPasskeys { cognito, token in
            let answer = await cognito.call(
                CompleteWebAuthnRegistration.self,
                ["AccessToken": token, "Credential": credential]
            )
            #expect(answer.refusal == Self.invalid)
        }
    }

    @Test("any member that isn't what browsers send is refused") func oddMembers() async throws {
        try await Cognito.runWithPasskeys { cognito, token in
            let long = String(repeating: "A", count: 60_000)
            for member in ["id", "type", "clientDataJSON", "attestationObject"] {
                for value in [nil, .string("?"), .integer(1), .string(long), .null] as [JSONValue?] {
                    let whole = try SoftwareAuthenticator().register(try await cognito.creationOptions(token))
                    guard case .object(var credential) = whole, case .object(var response) = credential["response"]
                    else { return }
                    if response[member] != nil { response[member] = value } else { credential[member] = value }
                    credential["response"] = .object(response)
                    let answer = await cognito.call(
                        CompleteWebAuthnRegistration.self,
                        ["AccessToken": token, "Credential": JSONValue.object(credential)]
                    )
                    #expect(answer.refusal == Self.invalid, "\(member): \(value as Any)")
                }
            }
        }
    }
}
