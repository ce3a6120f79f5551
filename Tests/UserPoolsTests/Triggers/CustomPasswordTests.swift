import CognitoModel
import Testing
import Triggers
import UserPools

/// CUSTOM_AUTH that begins with the password by SRP, and what follows that by itself.
@Suite struct CustomPasswordTests {
    @Test("the password, and then the functions' question", arguments: [true, false])
    func good(asAdministrator: Bool) async throws {
        try await Cognito.run(pool: Cognito.custom) { cognito in
            try await cognito.addUser()
            cognito.playCustom("PASSWORD_VERIFIER", "CUSTOM_CHALLENGE")
            let srp = try SRPClient()
            let asked = try await begin(cognito, srp, asAdministrator: asAdministrator)
            #expect(asked.string("Session") != nil)
            #expect(cognito.functions.events.last?.sessionText == "SRP_A+")
            let responses = try srp.responses(to: asked, pool: cognito.pool)
            let session = asked.string("Session")
            let question = await cognito.respond("PASSWORD_VERIFIER", responses, session: session)
            #expect(question["ChallengeParameters"] == ["question": "word 2?", "USERNAME": "ada"])
            _ = try Tokens(await cognito.answerCustom(question, "sesame2"))
            #expect(cognito.functions.events.last?.sessionText == "SRP_A+ PASSWORD_VERIFIER+ CUSTOM_CHALLENGE+")
            #expect(cognito.functions.events.last?.session.map(\.metadata) == [nil, nil, "QUESTION_2"])
            #expect(cognito.customSources == "Define Define Create Verify Define")
            // What proved the password proves nothing again, and has no function called.
            let again = await cognito.respond("PASSWORD_VERIFIER", responses, session: session)
            #expect(again.refusal == .sessionUsed)
            #expect(cognito.functions.events.count == 5)
        }
    }

    @Test("the secret block is enough where the app keeps no session")
    func withoutSession() async throws {
        try await Cognito.run(pool: Cognito.custom) { cognito in
            try await cognito.addUser()
            cognito.playCustom("PASSWORD_VERIFIER")
            let srp = try SRPClient()
            let asked = try await begin(cognito, srp)
            let responses = try srp.responses(to: asked, pool: cognito.pool)
            _ = try Tokens(await cognito.respond("PASSWORD_VERIFIER", responses))
        }
    }

    @Test("a wrong password ends it, counts as one, and no function hears of it; nobody's is wrong too")
    func wrong() async throws {
        try await Cognito.run(pool: Cognito.custom, client: ["PreventUserExistenceErrors": "ENABLED"]) { cognito in
            try await cognito.addUser()
            cognito.playCustom("PASSWORD_VERIFIER", "CUSTOM_CHALLENGE")
            for name in ["ada", try await cognito.nobody()] {
                for number in 0...5 {
                    let srp = try SRPClient()
                    let asked = try await begin(cognito, srp, name)
                    let responses = try srp.responses(to: asked, pool: cognito.pool, password: "Wr0ng!one")
                    let answer = await cognito.respond("PASSWORD_VERIFIER", responses)
                    #expect(answer.refusal == (number < 5 ? .wrongPassword : .locked))
                }
            }
            #expect(cognito.functions.events.allSatisfy { $0.sessionText == "SRP_A+" })
        }
    }

    @Test("the user's second factor follows the password by itself, whatever Define wants", arguments: [true, false])
    func secondFactor(issuesAtOnce: Bool) async throws {
        try await Cognito.run(pool: Cognito.custom) { cognito in
            try await cognito.addUser()
            await cognito.setMFA("OPTIONAL", "totp")
            let app = try await cognito.enrol()
            await cognito.prefer("totp*")
            cognito.playCustom("PASSWORD_VERIFIER", "CUSTOM_CHALLENGE")
            let srp = try SRPClient()
            let asked = try await begin(cognito, srp)
            if issuesAtOnce { cognito.answer("DefineAuthChallenge", with: ["issueTokens": true]) }
            let token = await cognito.respond(
                "PASSWORD_VERIFIER",
                try srp.responses(to: asked, pool: cognito.pool),
                session: asked.string("Session")
            )
            #expect(token.string("ChallengeName") == "SOFTWARE_TOKEN_MFA")
            #expect(cognito.customSources == "Define")
            let wrong = ["USERNAME": "ada", "SOFTWARE_TOKEN_MFA_CODE": app.wrongCode(at: cognito.clock.now)]
            #expect(await cognito.follow(token, "SOFTWARE_TOKEN_MFA", wrong).refusal == .wrongCode)
            let next = try await cognito.answer(token, app)
            let told = "SRP_A+ PASSWORD_VERIFIER+ SOFTWARE_TOKEN_MFA+"
            #expect(cognito.events(of: "DefineAuthChallenge").last?.sessionText == told)
            if issuesAtOnce {
                _ = try Tokens(next)
            } else {
                #expect(next.string("ChallengeName") == "CUSTOM_CHALLENGE")
                _ = try Tokens(await cognito.answerCustom(next, "sesame3"))
            }
        }
    }

    @Test("functions that ask no password are asked for no second factor, as in Cognito")
    func withoutPassword() async throws {
        try await Cognito.run(pool: Cognito.custom) { cognito in
            try await cognito.addUser()
            await cognito.setMFA("ON", "totp")
            cognito.playCustom("CUSTOM_CHALLENGE")
            _ = try Tokens(await cognito.answerCustom(await cognito.beginCustom(), "sesame0"))
        }
    }

    @Test("a temporary password is replaced where Define says, and the new one is no way around what it asks next")
    func newPassword() async throws {
        try await Cognito.run(pool: Cognito.custom) { cognito in
            try await cognito.addInvitedUser()
            cognito.playCustom("PASSWORD_VERIFIER", "NEW_PASSWORD_REQUIRED", "CUSTOM_CHALLENGE")
            let asked = try await provenPassword(cognito)
            #expect(asked.string("ChallengeName") == "NEW_PASSWORD_REQUIRED")
            let new = ["USERNAME": "ada", "NEW_PASSWORD": "An0ther!one"]
            let question = await cognito.follow(asked, "NEW_PASSWORD_REQUIRED", new)
            #expect(question.string("ChallengeName") == "CUSTOM_CHALLENGE")
            #expect(try await cognito.user().string("UserStatus") == "CONFIRMED")
            _ = try Tokens(await cognito.answerCustom(question, "sesame3"))
            let told = "SRP_A+ PASSWORD_VERIFIER+ NEW_PASSWORD_REQUIRED+ CUSTOM_CHALLENGE+"
            #expect(cognito.functions.events.last?.sessionText == told)
        }
    }

    @Test("a temporary password gets no tokens where Define forgets to have it replaced")
    func forgotten() async throws {
        try await Cognito.run(pool: Cognito.custom) { cognito in
            try await cognito.addInvitedUser()
            cognito.playCustom("PASSWORD_VERIFIER", "CUSTOM_CHALLENGE")
            let question = try await provenPassword(cognito)
            let asked = await cognito.answerCustom(question, "sesame2")
            #expect(asked.string("ChallengeName") == "NEW_PASSWORD_REQUIRED")
            let calls = cognito.functions.events.count
            let new = ["USERNAME": "ada", "NEW_PASSWORD": "An0ther!one"]
            _ = try Tokens(await cognito.follow(asked, "NEW_PASSWORD_REQUIRED", new))
            #expect(cognito.functions.events.count == calls)
        }
    }

    @Test("a password that has to be reset is replaced where Define says, and leads nowhere else")
    func reset() async throws {
        try await Cognito.run(pool: Cognito.custom) { cognito in
            try await cognito.addUser()
            try await cognito.setStatus(.resetRequired)
            cognito.playCustom("PASSWORD_VERIFIER")
            #expect(try await provenPassword(cognito).refusal == .resetRequired)
            cognito.playCustom("PASSWORD_VERIFIER", "NEW_PASSWORD_REQUIRED")
            let asked = try await provenPassword(cognito)
            #expect(asked.string("ChallengeName") == "NEW_PASSWORD_REQUIRED")
            let new = ["USERNAME": "ada", "NEW_PASSWORD": "An0ther!one"]
            _ = try Tokens(await cognito.follow(asked, "NEW_PASSWORD_REQUIRED", new))
            #expect(try await cognito.user().string("UserStatus") == "CONFIRMED")
            #expect(await cognito.signIn(password: "An0ther!one").refusal == nil)
        }
    }

    @Test("who may not sign in is told so once the password is proven, before any function is asked")
    func notAllowed() async throws {
        try await Cognito.run(pool: Cognito.custom) { cognito in
            cognito.playCustom("PASSWORD_VERIFIER", "CUSTOM_CHALLENGE")
            try await cognito.signUp("una")
            try await cognito.addUser("dis")
            try await cognito.disable("dis")
            for (name, refusal) in [("una", Refusal.notConfirmed), ("dis", .disabled)] {
                #expect(try await provenPassword(cognito, name).refusal == refusal)
            }
            #expect(cognito.functions.events.allSatisfy { $0.sessionText == "SRP_A+" })
        }
    }

    @Test("what SRP needs must be there")
    func missing() async throws {
        try await Cognito.run(pool: Cognito.custom) { cognito in
            try await cognito.addUser()
            cognito.playCustom("PASSWORD_VERIFIER")
            #expect(await cognito.beginCustom("ada", ["CHALLENGE_NAME": "SRP_A"]).refusal == .missing("SRP_A"))
            #expect(cognito.functions.events.isEmpty)
            #expect(await cognito.beginCustom("ada", ["CHALLENGE_NAME": "CUSTOM_CHALLENGE"]).refusal == .unrecognizable)
            #expect(cognito.functions.events.last?.sessionText == "")
        }
    }

    @Test("a remembered device that is asked for proves itself at the end, or in the second factor's place")
    func device() async throws {
        let tracking = DeviceSignInTests.tracking(replacing: true)
        try await Cognito.run(pool: tracking.with(Cognito.custom)) { cognito in
            try await cognito.addUser()
            cognito.playCustom("CUSTOM_CHALLENGE")
            let tokens = await cognito.answerCustom(await cognito.beginCustom(), "sesame0")
            let device = try TestDevice(tokens)
            let srp = try SRPClient()
            let secret = try srp.verifier(of: device, password: "device")
            try await cognito.ok(
                ConfirmDevice.self,
                [
                    "AccessToken": try tokens.text("AuthenticationResult.AccessToken"), "DeviceKey": device.key,
                    "DeviceSecretVerifierConfig": secret,
                ]
            )
            let asked = await cognito.beginCustom()
            let known = await cognito.respond(
                "CUSTOM_CHALLENGE",
                ["USERNAME": "ada", "ANSWER": "sesame0", "DEVICE_KEY": device.key],
                session: asked.string("Session")
            )
            #expect(known.string("ChallengeName") == "DEVICE_SRP_AUTH")
            let begun = await cognito.follow(
                known,
                "DEVICE_SRP_AUTH",
                ["USERNAME": "ada", "DEVICE_KEY": device.key, "SRP_A": srp.publicKey]
            )
            let calls = cognito.functions.events.count
            let proof = try srp.responses(to: begun, device: device, password: "device")
            _ = try Tokens(await cognito.follow(begun, "DEVICE_PASSWORD_VERIFIER", proof))
            #expect(cognito.functions.events.count == calls)
        }
    }

    private func begin(
        _ cognito: Cognito,
        _ srp: SRPClient,
        _ name: String = "ada",
        asAdministrator: Bool = false
    ) async throws -> Answer {
        let parameters = ["USERNAME": name, "CHALLENGE_NAME": "SRP_A", "SRP_A": srp.publicKey]
        let asked =
            asAdministrator
            ? await cognito.administer("CUSTOM_AUTH", parameters)
            : await cognito.initiate("CUSTOM_AUTH", parameters)
        #expect(asked.string("ChallengeName") == "PASSWORD_VERIFIER")
        return asked
    }

    /// What follows the right password.
    private func provenPassword(_ cognito: Cognito, _ name: String = "ada") async throws -> Answer {
        let srp = try SRPClient()
        let asked = try await begin(cognito, srp, name)
        let responses = try srp.responses(to: asked, pool: cognito.pool)
        return await cognito.respond("PASSWORD_VERIFIER", responses, session: asked.string("Session"))
    }
}
