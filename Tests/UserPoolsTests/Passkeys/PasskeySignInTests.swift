import CognitoModel
import Cryptography
import DatabaseTestSupport
import Testing
import UserPools

@Suite struct PasskeySignInTests {
    static let wrong = Refusal.notAuthorized("Invalid passkey.")

    @Test("a user who has a passkey may choose it", arguments: TestEngine.allCases)
    func story(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Cognito.withPasskeys) { cognito in
            try await cognito.setPasskeys()
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            let before = await cognito.initiate("USER_AUTH", ["USERNAME": "ada"])
            #expect(before.list("AvailableChallenges") == ["PASSWORD", "PASSWORD_SRP"].map(JSONValue.string))
            var authenticator = SoftwareAuthenticator()
            try await cognito.register(authenticator, token)

            let choice = await cognito.initiate("USER_AUTH", ["USERNAME": "ada"])
            let offered = ["WEB_AUTHN", "PASSWORD", "PASSWORD_SRP"].map(JSONValue.string)
            #expect(choice.list("AvailableChallenges") == offered)
            let asked = await cognito.respond(
                "SELECT_CHALLENGE",
                ["USERNAME": "ada", "ANSWER": "WEB_AUTHN"],
                session: choice.string("Session")
            )
            #expect(asked.string("ChallengeName") == "WEB_AUTHN" && asked.list("AvailableChallenges") == offered)
            let options = try cognito.requestOptions(asked)
            #expect(
                options
                    == .object([
                        "challenge": try #require(options["challenge"]), "timeout": .integer(180_000),
                        "rpId": .string("example.com"), "userVerification": .string("preferred"),
                        "allowCredentials": .array([
                            .object([
                                "type": .string("public-key"), "id": .string(Base64URL.encode(authenticator.id)),
                                "transports": .array([.string("hybrid"), .string("internal")]),
                            ])
                        ]),
                    ])
            )
            authenticator.counter = 2
            authenticator.userHandle = try await cognito.user().attributes()["sub"]
            let signedIn = try Tokens(try await cognito.answerPasskey(asked, authenticator))
            try await cognito.ok(GetUser.self, ["AccessToken": signedIn.access])

            authenticator.counter = 3
            let preferred = await cognito.askPasskey()
            #expect(preferred.string("ChallengeName") == "WEB_AUTHN")
            _ = try Tokens(try await cognito.answerPasskey(preferred, authenticator))
        }
    }

    @Test("what was signed serves once, and while the session is good") func replay() async throws {
        try await Cognito.runWithPasskeys { cognito, token in
            var authenticator = SoftwareAuthenticator(counter: 0)
            try await cognito.register(authenticator, token)
            let asked = await cognito.askPasskey()
            _ = try Tokens(try await cognito.answerPasskey(asked, authenticator))
            let answer1 = try await cognito.answerPasskey(asked, authenticator).refusal
            #expect(answer1 == .sessionUsed)
            // Of another session.
            let (first, second) = (await cognito.askPasskey(), await cognito.askPasskey())
            let credential = try authenticator.sign(try cognito.requestOptions(first))
            let swapped = await cognito.respond(
                "WEB_AUTHN",
                ["USERNAME": "ada", "CREDENTIAL": String(decoding: credential.jsonBytes, as: UTF8.self)],
                session: second.string("Session")
            )
            #expect(swapped.refusal == Self.wrong)
            cognito.clock.advance(.seconds(180))
            let answer2 = try await cognito.answerPasskey(first, authenticator).refusal
            #expect(answer2 == .sessionExpired)
            authenticator.counter = 1
            _ = try Tokens(try await cognito.signIn(authenticator))
        }
    }

    @Test("a passkey may sign along with the choice", arguments: TestEngine.allCases)
    func along(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Cognito.withPasskeys) { cognito in
            try await cognito.setPasskeys()
            try await cognito.addUser()
            var authenticator = SoftwareAuthenticator()
            try await cognito.register(authenticator, cognito.signedIn().access)
            authenticator.counter = 2
            let (choice, other) = (await cognito.initiate("USER_AUTH", ["USERNAME": "ada"]), await cognito.askPasskey())
            func choose(_ asked: Answer) async throws -> Answer {
                let credential = try authenticator.sign(try cognito.requestOptions(asked))
                let text = String(decoding: credential.jsonBytes, as: UTF8.self)
                let responses = ["USERNAME": "ada", "ANSWER": "WEB_AUTHN", "CREDENTIAL": text]
                return await cognito.respond("SELECT_CHALLENGE", responses, session: choice.string("Session"))
            }
            // What another session asked to sign doesn't do.
            #expect(try await choose(other).refusal == Self.wrong)
            _ = try Tokens(try await choose(choice))
            authenticator.counter = 3
            #expect(try await choose(choice).refusal == .sessionUsed)
            // Before anything was asked there is nothing to sign.
            let credential = try authenticator.sign(try cognito.requestOptions(choice))
            let begun = await cognito.initiate(
                "USER_AUTH",
                [
                    "USERNAME": "ada", "PREFERRED_CHALLENGE": "WEB_AUTHN",
                    "CREDENTIAL": String(decoding: credential.jsonBytes, as: UTF8.self),
                ]
            )
            #expect(begun.string("ChallengeName") == "WEB_AUTHN")
        }
    }

    @Test("a passkey of another domain isn't offered", arguments: TestEngine.allCases)
    func otherDomain(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Cognito.withPasskeys) { cognito in
            try await cognito.setPasskeys()
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            let authenticator = SoftwareAuthenticator(counter: 0)
            try await cognito.register(authenticator, token)
            func offered() async throws -> Bool {
                let choice = await cognito.initiate("USER_AUTH", ["USERNAME": "ada"])
                let factors = try await cognito.ok(AdminGetUserAuthFactors.self, cognito.named())
                let isConfigured = factors.list("ConfiguredUserAuthFactors").contains(.string("WEB_AUTHN"))
                let isOffered = choice.list("AvailableChallenges").contains(.string("WEB_AUTHN"))
                #expect(isConfigured == isOffered)
                #expect((choice["ChallengeParameters.CREDENTIAL_REQUEST_OPTIONS"] != nil) == isOffered)
                return isOffered
            }
            #expect(try await offered())
            try await cognito.setPasskeys("example.org")
            #expect(try await !offered())
            #expect(await cognito.askPasskey().string("ChallengeName") == "SELECT_CHALLENGE")
            // One for the new domain is, until it is deleted.
            var second = SoftwareAuthenticator(id: [7], counter: 0)
            second.origin = "https://example.org"
            try await cognito.register(second, token)
            #expect(try await offered())
            let deleting: Members = ["AccessToken": token, "CredentialId": Base64URL.encode(second.id)]
            try await cognito.ok(DeleteWebAuthnCredential.self, deleting)
            #expect(try await !offered())
            try await cognito.setPasskeys()
            #expect(try await offered())
            _ = try Tokens(try await cognito.signIn(authenticator))
        }
    }

    @Test("of many at once with one counter, one signs in", arguments: TestEngine.allCases)
    func race(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Cognito.withPasskeys) { cognito in
            try await cognito.setPasskeys()
            try await cognito.addUser()
            let authenticator = SoftwareAuthenticator(counter: 7)
            try await cognito.register(SoftwareAuthenticator(counter: 6), cognito.signedIn().access)
            let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
                for _ in 0..<8 { group.addTask { try await cognito.signIn(authenticator) } }
                return try await group.reduce(into: [Answer]()) { $0.append($1) }
            }
            #expect(answers.filter { $0.refusal == nil }.count == 1)
            #expect(answers.filter { $0.refusal == Self.wrong }.count == 7)
        }
    }

    @Test("a counter that doesn't grow isn't the authenticator's, unless it doesn't count") func counter() async throws
    {
        try await Cognito.runWithPasskeys { cognito, token in
            var authenticator = SoftwareAuthenticator(counter: 5)
            try await cognito.register(authenticator, token)
            for (counter, expected) in [(5, Self.wrong), (4, Self.wrong), (0, Self.wrong), (9, nil), (8, Self.wrong)] {
                authenticator.counter = UInt32(counter)
                let answer3 = try await cognito.signIn(authenticator).refusal
                #expect(answer3 == expected, "\(counter)")
            }
            authenticator.counter = .max
            let answer4 = try await cognito.signIn(authenticator).refusal
            #expect(answer4 == nil)
            var other = SoftwareAuthenticator(id: [1], counter: 0)
            try await cognito.register(other, token)
            for counter in [0, 0, 1] as [UInt32] {
                other.counter = counter
                let answer5 = try await cognito.signIn(other).refusal
                #expect(answer5 == nil)
            }
            other.counter = 0
            let answer6 = try await cognito.signIn(other).refusal
            #expect(answer6 == Self.wrong)
        }
    }

    @Test(
        "anything else that is signed is refused",
        arguments: [
            SoftwareAuthenticator(origin: "https://example.org", counter: 2),
            SoftwareAuthenticator(origin: "http://example.com", counter: 2),
            SoftwareAuthenticator(relyingParty: "example.org", counter: 2),
            SoftwareAuthenticator(flags: SoftwareAuthenticator.verified, counter: 2),
            SoftwareAuthenticator(flags: 0x05 | SoftwareAuthenticator.eligible, counter: 2),
            SoftwareAuthenticator(flags: 0x05 | SoftwareAuthenticator.copied, counter: 2),
            SoftwareAuthenticator(counter: 2, more: ["crossOrigin": .boolean(true)]),
            SoftwareAuthenticator(counter: 2, userHandle: "somebody else"),
            SoftwareAuthenticator(id: [1, 2, 3], counter: 2),
        ]
    )
    func wrongPasskeys(authenticator: SoftwareAuthenticator) async throws {
        try await Cognito.runWithPasskeys { cognito, token in
            try await cognito.register(SoftwareAuthenticator(), token)
            let answer7 = try await cognito.signIn(authenticator).refusal
            #expect(answer7 == Self.wrong)
            // None of it is counted.
            _ = try Tokens(try await cognito.signIn(SoftwareAuthenticator(counter: 2)))
        }
    }

    @Test("where users must be verified, it has to be the user") func verification() async throws {
        try await Cognito.runWithPasskeys { cognito, token in
            try await cognito.register(SoftwareAuthenticator(), token)
            let absent = SoftwareAuthenticator(flags: SoftwareAuthenticator.present, counter: 2)
            _ = try Tokens(try await cognito.signIn(absent))
            try await cognito.setPasskeys(verification: "required")
            let options = try cognito.requestOptions(await cognito.askPasskey())
            #expect(options["userVerification"] == .string("required"))
            let unverified = SoftwareAuthenticator(flags: SoftwareAuthenticator.present, counter: 3)
            let answer8 = try await cognito.signIn(unverified).refusal
            #expect(answer8 == Self.wrong)
            _ = try Tokens(try await cognito.signIn(SoftwareAuthenticator(counter: 3)))
        }
    }

    @Test("a passkey is its owner's, and no one else's") func foreign() async throws {
        try await Cognito.runWithPasskeys { cognito, token in
            try await cognito.register(SoftwareAuthenticator(), token)
            try await cognito.addUser("bob")
            try await cognito.register(SoftwareAuthenticator(id: [1]), cognito.signedIn("bob").access)
            let answer9 = try await cognito.signIn(SoftwareAuthenticator(counter: 2), name: "bob").refusal
            #expect(answer9 == Self.wrong)
            let asked = await cognito.askPasskey()
            let other = try await cognito.answerPasskey(asked, SoftwareAuthenticator(counter: 2), name: "bob")
            #expect(other.refusal == .invalidSession)
            let second = try await cognito.makeClient()
            let elsewhere = try await cognito.answerPasskey(asked, SoftwareAuthenticator(counter: 2), client: second)
            #expect(elsewhere.refusal == .invalidSession)
        }
    }

    @Test("nonsense is refused") func nonsense() async throws {
        try await Cognito.runWithPasskeys { cognito, token in
            try await cognito.register(SoftwareAuthenticator(), token)
            let asked = await cognito.askPasskey()
            let session = try asked.text("Session")
            let deep = String(repeating: "[", count: 20_000)
            for text in ["x", "{}", "[]", deep, #"{"type":"public-key","id":"AQ","response":{}}"#] {
                let answer = await cognito.respond(
                    "WEB_AUTHN",
                    ["USERNAME": "ada", "CREDENTIAL": text],
                    session: session
                )
                #expect(answer.refusal == .invalid("Invalid credential."))
            }
            let missing = await cognito.respond("WEB_AUTHN", ["USERNAME": "ada"], session: session)
            #expect(missing.refusal == .missing("CREDENTIAL"))
            let handle = SoftwareAuthenticator(counter: 2, userHandle: String(repeating: "a", count: 65))
            let answer10 = try await cognito.answerPasskey(asked, handle).refusal
            #expect(answer10 == .invalid("Invalid credential."))
        }
    }

    @Test("a passkey that is deleted lets nobody in, nor goes on with what it began") func deletion() async throws {
        try await Cognito.runWithPasskeys { cognito, token in
            let id = Base64URL.encode(SoftwareAuthenticator().id)
            try await cognito.register(SoftwareAuthenticator(), token)
            try await cognito.register(SoftwareAuthenticator(id: [1]), token)
            let asked = await cognito.askPasskey()
            try await cognito.ok(DeleteWebAuthnCredential.self, ["AccessToken": token, "CredentialId": id])
            let begun = try await cognito.answerPasskey(asked, SoftwareAuthenticator(counter: 2))
            #expect(begun.refusal == .invalidSession)
            let answer11 = try await cognito.signIn(SoftwareAuthenticator(counter: 2)).refusal
            #expect(answer11 == Self.wrong)
            try await cognito.ok(DeleteWebAuthnCredential.self, ["AccessToken": token, "CredentialId": "AQ"])
            #expect(await cognito.askPasskey().string("ChallengeName") == "SELECT_CHALLENGE")
        }
    }

    @Test("passkeys of another relying party aren't asked for") func movedParty() async throws {
        try await Cognito.runWithPasskeys { cognito, token in
            try await cognito.register(SoftwareAuthenticator(), token)
            let asked = await cognito.askPasskey()
            try await cognito.setPasskeys("login.example.com")
            let answer12 = try await cognito.answerPasskey(asked, SoftwareAuthenticator(counter: 2)).refusal
            #expect(answer12 == .unavailableFactor)
            #expect(await cognito.askPasskey().string("ChallengeName") == "SELECT_CHALLENGE")
        }
    }

    @Test("a disabled user is told so, and stays out") func disabled() async throws {
        try await Cognito.runWithPasskeys { cognito, token in
            try await cognito.register(SoftwareAuthenticator(), token)
            try await cognito.disable()
            let answer13 = try await cognito.signIn(SoftwareAuthenticator(counter: 2)).refusal
            #expect(answer13 == .disabled)
        }
    }
}
