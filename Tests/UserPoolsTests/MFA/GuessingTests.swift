import CognitoModel
import DatabaseTestSupport
import Domain
import Testing
import UserPools

/// Who knows a password, and guesses at the second factor.
@Suite struct SecondFactorGuessingTests {
    @Test(
        "guesses at a software token lock the user, and a right password forgets none",
        arguments: TestEngine.allCases
    )
    func locked(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            await cognito.setMFA("OPTIONAL", "totp")
            try await cognito.addUser()
            let app = try await cognito.enrol()
            await cognito.prefer("totp")
            for _ in 0..<5 {
                let asked = await cognito.signIn()
                #expect(await guess(cognito, asked, app).refusal == .wrongCode)
            }
            #expect(await cognito.signIn().refusal == .locked)
            cognito.clock.advance(.seconds(1))
            let asked = await cognito.signIn()
            #expect(await guess(cognito, asked, app).refusal == .wrongCode)
            // Locked, a right code isn't looked at either: it isn't used up.
            #expect(try await cognito.answer(asked, app).refusal == .locked)
            cognito.clock.advance(.seconds(2))
            _ = try Tokens(await cognito.answer(asked, app))
            // The right code forgets what was counted.
            cognito.clock.advance(.seconds(30))
            for _ in 0..<4 { #expect(await guess(cognito, await cognito.signIn(), app).refusal == .wrongCode) }
            _ = try Tokens(await cognito.answer(await cognito.signIn(), app))
        }
    }

    @Test("of many guesses at once none more is looked at than before the lock")
    func atOnce() async throws {
        try await Cognito.run { cognito in
            await cognito.setMFA("OPTIONAL", "totp")
            try await cognito.addUser()
            let app = try await cognito.enrol()
            await cognito.prefer("totp")
            let asked = await cognito.signIn()
            let refusals = await withTaskGroup(of: Refusal?.self) { group in
                for _ in 0..<12 { group.addTask { await guess(cognito, asked, app).refusal } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(refusals.filter { $0 == .wrongCode }.count == 5)
            #expect(refusals.filter { $0 == .locked }.count == 7)
        }
    }

    @Test("a code serves once, of many at once in sessions of their own", arguments: TestEngine.allCases)
    func once(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            await cognito.setMFA("OPTIONAL", "totp")
            try await cognito.addUser()
            let app = try await cognito.enrol()
            await cognito.prefer("totp")
            var asked: [Answer] = []
            for _ in 0..<6 { asked.append(await cognito.signIn()) }
            let code = app.code(at: cognito.clock.now)
            let answers = await withTaskGroup(of: Answer.self) { group in
                for session in asked { group.addTask { await answer(cognito, session, code) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.filter { $0.refusal == nil }.count == 1)
            #expect(answers.filter { $0.refusal == .tokenUsed }.count == 5)
            // The code of the step before is older than the one that was used.
            let old = TOTP.code(secret: app.secret, step: TOTP.step(at: cognito.clock.now) - 1)
            #expect(await answer(cognito, await cognito.signIn(), old).refusal == .tokenUsed)
            let next = TOTP.code(secret: app.secret, step: TOTP.step(at: cognito.clock.now) + 1)
            #expect(await answer(cognito, await cognito.signIn(), next).refusal == nil)
        }
    }

    @Test("a code that was sent may be tried five times in a session")
    func sent() async throws {
        try await Cognito.run { cognito in
            await cognito.setMFA("ON", "sms")
            try await cognito.addUser(attributes: MFASignInTests.phone)
            let asked = await cognito.signIn()
            for _ in 0..<5 {
                let responses = ["USERNAME": "ada", "SMS_MFA_CODE": "no"]
                #expect(await cognito.follow(asked, "SMS_MFA", responses).refusal == .wrongCode)
            }
            #expect(try await cognito.answer(asked).refusal == .wrongCode)
            _ = try Tokens(await cognito.answer(await cognito.signIn()))
        }
    }

    @Test("what changes of a user's factors ends the sign-ins that were begun", arguments: ["totp", "", "delete"])
    func changed(factors: String) async throws {
        try await Cognito.run { cognito in
            await cognito.setMFA("OPTIONAL", "sms totp")
            try await cognito.addUser(attributes: MFASignInTests.phone)
            let app = try await cognito.enrol()
            await cognito.prefer("sms totp*")
            let asked = await cognito.signIn()
            if factors == "delete" {
                try await cognito.ok(AdminDeleteSoftwareToken.self, cognito.named())
            } else {
                await cognito.prefer(factors)
            }
            #expect(try await cognito.answer(asked, app).refusal == .invalidSession)
        }
    }

    private func guess(_ cognito: Cognito, _ asked: Answer, _ app: Authenticator) async -> Answer {
        await answer(cognito, asked, app.wrongCode(at: cognito.clock.now))
    }

    private func answer(_ cognito: Cognito, _ asked: Answer, _ code: String) async -> Answer {
        await cognito.follow(
            asked,
            "SOFTWARE_TOKEN_MFA",
            ["USERNAME": "ada", "SOFTWARE_TOKEN_MFA_CODE": code]
        )
    }
}
