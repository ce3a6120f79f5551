import CognitoModel
import Testing
import UserPools

/// USER_AUTH: which factors a user may choose from, and how they choose.
@Suite struct ChoiceTests {
    static let verified: KeyValuePairs<String, String> = [
        "email": "ada@example.com", "email_verified": "true", "phone_number": "+15551234567",
        "phone_number_verified": "true",
    ]

    @Test("a user chooses among what the pool allows and they can do")
    func available() async throws {
        try await Cognito.run(pool: Cognito.choice) { cognito in
            try await cognito.addUser("both", attributes: Self.verified)
            try await cognito.addUser("mail")
            try await cognito.addUser("none", attributes: ["email": "none@example.com"])
            let expected = [
                "both": ["EMAIL_OTP", "SMS_OTP", "PASSWORD", "PASSWORD_SRP"],
                "mail": ["EMAIL_OTP", "PASSWORD", "PASSWORD_SRP"], "none": ["PASSWORD", "PASSWORD_SRP"],
            ]
            for (name, factors) in expected {
                let answer = await cognito.initiate("USER_AUTH", ["USERNAME": name])
                #expect(answer.string("ChallengeName") == "SELECT_CHALLENGE")
                #expect(answer.list("AvailableChallenges") == factors.map(JSONValue.string))
                #expect(answer.string("ChallengeParameters.USERNAME") == name)
                #expect(answer.string("Session") != nil && answer["AuthenticationResult"] == nil)
            }
        }
    }

    @Test("who has nothing to choose from can't sign in so")
    func nothing() async throws {
        try await Cognito.run(pool: Cognito.choice) { cognito in
            try await cognito.addInvitedUser(attributes: ["email": "ada@example.com"], password: nil)
            let answer = await cognito.initiate("USER_AUTH", ["USERNAME": "ada"])
            #expect(answer.refusal == .unavailableFactor)
        }
    }

    @Test("a preference that can't be met leads to the choice", arguments: ["SMS_OTP", "WEB_AUTHN", "NONSENSE"])
    func preference(name: String) async throws {
        try await Cognito.run(pool: Cognito.choice) { cognito in
            try await cognito.addUser()
            let answer = await cognito.initiate("USER_AUTH", ["USERNAME": "ada", "PREFERRED_CHALLENGE": name])
            #expect(answer.string("ChallengeName") == "SELECT_CHALLENGE")
        }
    }

    @Test("a preference asks for its answer where that didn't come along", arguments: ["PASSWORD", "PASSWORD_SRP"])
    func preferred(name: String) async throws {
        try await Cognito.run(pool: Cognito.choice) { cognito in
            try await cognito.addUser()
            let answer = await cognito.initiate("USER_AUTH", ["USERNAME": "ada", "PREFERRED_CHALLENGE": name])
            #expect(answer.string("ChallengeName") == name)
            #expect(answer.list("AvailableChallenges").count == 3)
            let later = try answer.text("Session")
            let missing = name == "PASSWORD" ? "PASSWORD" : "SRP_A"
            let without = await cognito.respond(name, ["USERNAME": "ada"], session: later)
            #expect(without.refusal == .missing(missing))
        }
    }

    @Test("only what is offered can be chosen", arguments: ["SMS_OTP", "NEW_PASSWORD_REQUIRED", "NONSENSE"])
    func notOffered(name: String) async throws {
        try await Cognito.run(pool: Cognito.choice) { cognito in
            try await cognito.addUser()
            let session = try await cognito.initiate("USER_AUTH", ["USERNAME": "ada"]).text("Session")
            let choice = ["USERNAME": "ada", "ANSWER": name]
            #expect(await cognito.respond("SELECT_CHALLENGE", choice, session: session).refusal == .unavailableFactor)
            let nothing = await cognito.respond("SELECT_CHALLENGE", ["USERNAME": "ada"], session: session)
            #expect(nothing.refusal == .missing("ANSWER"))
        }
    }

    @Test("a choice may bring its answer along")
    func together() async throws {
        try await Cognito.run(pool: Cognito.choice) { cognito in
            try await cognito.addUser()
            let session = try await cognito.initiate("USER_AUTH", ["USERNAME": "ada"]).text("Session")
            let password = ["USERNAME": "ada", "ANSWER": "PASSWORD", "PASSWORD": Cognito.password]
            _ = try Tokens(await cognito.respond("SELECT_CHALLENGE", password, session: session))
            let srp = try SRPClient()
            let again = try await cognito.initiate("USER_AUTH", ["USERNAME": "ada"]).text("Session")
            let proof = ["USERNAME": "ada", "ANSWER": "PASSWORD_SRP", "SRP_A": srp.publicKey]
            let asked = await cognito.respond("SELECT_CHALLENGE", proof, session: again)
            #expect(asked.string("ChallengeName") == "PASSWORD_VERIFIER")
            let responses = try srp.responses(to: asked, pool: cognito.pool)
            _ = try Tokens(await cognito.respond("PASSWORD_VERIFIER", responses, session: try asked.text("Session")))
        }
    }

    @Test("nobody is offered what a user without a telephone is offered")
    func nobody() async throws {
        let client: Members = ["PreventUserExistenceErrors": "ENABLED"]
        try await Cognito.run(pool: Cognito.choice, client: client) { cognito in
            try await cognito.addUser()
            let name = try await cognito.nobody()
            let answers = [
                await cognito.initiate("USER_AUTH", ["USERNAME": "ada"]),
                await cognito.initiate("USER_AUTH", ["USERNAME": name]),
            ]
            #expect(answers[0].list("AvailableChallenges") == answers[1].list("AvailableChallenges"))
            #expect(answers.allSatisfy { $0.string("ChallengeName") == "SELECT_CHALLENGE" })
            #expect(answers[1].string("ChallengeParameters.USERNAME") == name)
        }
    }

    @Test("a challenge that nobody is ever asked says so")
    func neverAsked() async throws {
        try await Cognito.run { cognito in
            let name = "ADMIN_NO_SRP_AUTH"
            let answer = await cognito.respond(name, ["USERNAME": "ada"], session: String(repeating: "x", count: 30))
            #expect(answer.refusal == .invalid("The challenge \(name) isn't supported."))
        }
    }
}
