import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

/// `TARGET_ACR_VALUES`, `MAX_AGE` and `ACCESS_TOKEN` of USER_AUTH: the level that an app asks for, and what its tokens
/// say.
@Suite struct StepUpTests {
    private static let level = "urn:cognito:loa:"

    @Test("tokens say level and methods where they are asked for, and keep them", arguments: TestEngine.allCases)
    func levels(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            try await cognito.addUser()
            await cognito.setMFA("OPTIONAL", "totp")
            let app = try await cognito.enrol()
            await cognito.prefer("", of: "ada")
            // Without a target nothing is asked, and nothing said.
            let plain = try Tokens(await cognito.stepUp(nil))
            #expect(try cognito.claims(plain.id)["acr"] == nil && cognito.claims(plain.access)["amr"] == nil)
            try expect(cognito, Tokens(await cognito.stepUp("\(Self.level)1")), level: 1, ["pwd"])

            let asked = await cognito.stepUp("nonsense \(Self.level)4 \(Self.level)1")
            #expect(asked.string("ChallengeName") == "SOFTWARE_TOKEN_MFA")
            let tokens = try Tokens(try await cognito.answer(asked, app))
            try expect(cognito, tokens, level: 4, ["pwd", "otp", "mfa"])
            let authTime = try cognito.claims(tokens.id)["auth_time"]
            cognito.clock.advance(.seconds(100))
            let refreshed = try Tokens(await cognito.refresh(tokens.refresh))
            try expect(cognito, refreshed, level: 4, ["pwd", "otp", "mfa"])
            #expect(try cognito.claims(refreshed.id)["auth_time"] == authTime)
        }
    }

    @Test(
        "an access token is credited with what it says, so that only the rest is asked",
        arguments: TestEngine.allCases
    )
    func credit(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            try await cognito.addUser()
            await cognito.setMFA("OPTIONAL", "totp")
            let app = try await cognito.enrol()
            await cognito.prefer("", of: "ada")
            let first = try Tokens(await cognito.stepUp("\(Self.level)1")).access
            cognito.clock.advance(.seconds(30))
            let asked = await cognito.stepUp("\(Self.level)4", token: first, password: nil)
            #expect(asked.string("ChallengeName") == "SOFTWARE_TOKEN_MFA")
            let tokens = try Tokens(try await cognito.answer(asked, app))
            try expect(cognito, tokens, level: 4, ["pwd", "otp", "mfa"])
            #expect(try cognito.claims(tokens.id)["auth_time"] == .integer(cognito.clock.now.seconds))
            // Stepping up isn't refreshing.
            for target in [1, 3, 4] {
                let again = await cognito.stepUp("\(Self.level)\(target)", token: tokens.access, password: nil)
                #expect(again.refusal == .levelReached)
            }
            // One that says nothing shows nothing, and neither does one that is too old.
            let plain = try await cognito.signedIn().access
            let scratch = await cognito.stepUp("\(Self.level)4", token: plain, password: nil)
            #expect(scratch.string("ChallengeName") == "SELECT_CHALLENGE")
            cognito.clock.advance(.seconds(60))
            for (age, name) in [("29", "SELECT_CHALLENGE"), ("3600", "SOFTWARE_TOKEN_MFA")] {
                let answer = await cognito.stepUp("\(Self.level)4", token: first, password: nil, maxAge: age)
                #expect(answer.string("ChallengeName") == name)
            }
        }
    }

    @Test("a credit doesn't forget wrong passwords, nor does one last past the end of its sign-in")
    func revoked() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            try await cognito.addUser("bob")
            await cognito.setMFA("OPTIONAL", "totp")
            let app = try await cognito.enrol()
            await cognito.prefer("", of: "ada")
            let tokens = try Tokens(await cognito.stepUp("\(Self.level)1"))
            for _ in 0..<4 { _ = await cognito.signIn(password: "Wr0ng-password") }
            let asked = await cognito.stepUp("\(Self.level)4", token: tokens.access, password: nil)
            _ = try Tokens(try await cognito.answer(asked, app))
            _ = await cognito.signIn(password: "Wr0ng-password")
            #expect(await cognito.signIn().refusal == .locked)
            cognito.clock.advance(.seconds(20))
            let forged = try await cognito.forged(tokens.access, ["amr": .array([.string("pwd")])], withKeyOf: nil)
            for (name, token) in [("bob", tokens.access), ("nobody", tokens.access), ("ada", forged), ("ada", "x")] {
                let answer = await cognito.stepUp("\(Self.level)4", token: token, password: nil, name: name)
                #expect(answer.refusal == (name == "nobody" ? .noUser : .invalidAccessToken), "\(name)")
            }
            try await cognito.ok(RevokeToken.self, ["ClientId": cognito.client.id, "Token": tokens.refresh])
            let late = await cognito.stepUp("\(Self.level)4", token: tokens.access, password: nil)
            #expect(late.refusal == .accessTokenRevoked)
        }
    }

    @Test("a token of another pool isn't credited")
    func anotherPool() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let pool = try await cognito.makePool()
            try await cognito.addUser(in: pool)
            let client = try await cognito.makeClient(in: pool)
            let token = try await cognito.signedIn(client: client).access
            let answer = await cognito.stepUp("\(Self.level)4", token: token, password: nil)
            #expect(answer.refusal == .invalidAccessToken)
        }
    }

    @Test("what can't be asked for is refused")
    func refusals() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            #expect(await cognito.stepUp("nonsense").refusal == .invalidTarget)
            #expect(await cognito.stepUp("\(Self.level)1", maxAge: "-1").refusal == .invalidTarget)
            #expect(await cognito.stepUp("\(Self.level)1", maxAge: "soon").refusal == .invalidTarget)
            #expect(await cognito.stepUp("\(Self.level)4").refusal == .levelUnreachable)
            let token = try await cognito.signedIn().access
            #expect(await cognito.stepUp(nil, token: token).refusal == .missing("TARGET_ACR_VALUES"))
            // Other flows know nothing of it.
            let parameters = ["USERNAME": "ada", "PASSWORD": Cognito.password, "TARGET_ACR_VALUES": "\(Self.level)4"]
            let answer = await cognito.initiate("USER_PASSWORD_AUTH", parameters)
            #expect(try cognito.claims(try Tokens(answer).id)["acr"] == nil)
        }
    }

    @Test("before a password it isn't told who has a second factor")
    func hidden() async throws {
        try await Cognito.run(client: ["PreventUserExistenceErrors": "ENABLED"]) { cognito in
            try await cognito.addUser()
            try await cognito.addUser("bob")
            await cognito.setMFA("OPTIONAL", "totp")
            _ = try await cognito.enrol()
            await cognito.prefer("", of: "ada")
            for name in ["ada", "bob", "nobody"] {
                let answer = await cognito.stepUp("\(Self.level)4", password: nil, name: name)
                #expect(answer.string("ChallengeName") == "SELECT_CHALLENGE", "\(name)")
            }
        }
    }

    @Test("the LITE plan has no levels")
    func tier() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            try await cognito.ok(UpdateUserPool.self, ["UserPoolId": cognito.pool, "UserPoolTier": "LITE"])
            let answer = await cognito.stepUp("\(Self.level)1")
            #expect(answer.refusal?.code == "FeatureUnavailableInTierException")
            let parameters = ["USERNAME": "ada", "TARGET_ACR_VALUES": "\(Self.level)1"]
            let server = await cognito.call(
                AdminInitiateAuth.self,
                [
                    "UserPoolId": cognito.pool, "ClientId": cognito.client.id, "AuthFlow": "USER_AUTH",
                    "AuthParameters": parameters,
                ]
            )
            #expect(server.refusal?.code == "FeatureUnavailableInTierException")
        }
    }

    @Test("tokens have the pool's own names, and an update drops them")
    func names() async throws {
        let settings: Members = ["AcrConfiguration": ["Level1": ["AcrValue": "urn:my:1"] as Members] as Members]
        try await Cognito.run(pool: settings) { cognito in
            try await cognito.addUser()
            let tokens = try Tokens(await cognito.stepUp("urn:my:1"))
            #expect(try cognito.claims(tokens.access)["acr"] == .string("urn:my:1"))
            #expect(await cognito.stepUp("\(Self.level)1").refusal == .invalidTarget)
            let shown = try await cognito.ok(DescribeUserPool.self, ["UserPoolId": cognito.pool])
            #expect(shown.string("UserPool.AcrConfiguration.Level1.AcrValue") == "urn:my:1")
            #expect(shown.string("UserPool.AcrConfiguration.Level4.AcrValue") == "\(Self.level)4")
            try await cognito.ok(UpdateUserPool.self, ["UserPoolId": cognito.pool])
            _ = try Tokens(await cognito.stepUp("\(Self.level)1"))
            let bad: Members = ["AcrConfiguration": ["Level1": ["AcrValue": "\(Self.level)2"] as Members] as Members]
            let update = await cognito.call(UpdateUserPool.self, bad.with(["UserPoolId": cognito.pool]))
            #expect(update.refusal == .invalid("AcrValue must be unique across all levels."))
        }
    }

    private func expect(_ cognito: Cognito, _ tokens: Tokens, level: Int, _ methods: [String]) throws {
        for token in [tokens.id, tokens.access] {
            let claims = try cognito.claims(token)
            #expect(claims["acr"] == .string("\(Self.level)\(level)"))
            #expect(claims["amr"] == .array(methods.map(JSONValue.string)))
        }
    }
}

extension Refusal {
    static let levelReached = invalid("The access token already meets the requested authentication level.")
    static let levelUnreachable = invalid("User has no factors for the requested authentication level.")
    static let invalidTarget = invalid("Invalid step-up authentication parameters.")
}

extension Cognito {
    /// USER_AUTH with a target; the password comes along where there is one.
    func stepUp(
        _ target: String?,
        token: String? = nil,
        password: String? = Cognito.password,
        maxAge: String? = nil,
        name: String = "ada"
    ) async -> Answer {
        var parameters = ["USERNAME": name]
        parameters["TARGET_ACR_VALUES"] = target
        parameters["ACCESS_TOKEN"] = token
        parameters["MAX_AGE"] = maxAge
        if let password {
            parameters["PREFERRED_CHALLENGE"] = "PASSWORD"
            parameters["PASSWORD"] = password
        }
        return await initiate("USER_AUTH", parameters)
    }
}
