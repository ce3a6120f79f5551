import CognitoModel
import Testing
import UserPools

/// After five wrong passwords in a row a lock of a second, doubling with each further one.
@Suite struct LockoutTests {
    @Test("five failures lock for a second, whichever way, users and nobody alike", arguments: Way.byPassword)
    func second(way: Way) async throws {
        try await Cognito.run(pool: Cognito.choice, client: ["PreventUserExistenceErrors": "ENABLED"]) { cognito in
            try await cognito.addUser()
            for name in ["ada", try await cognito.nobody()] {
                for _ in 0..<5 {
                    #expect(try await cognito.attempt(way, name, password: nil).refusal == .wrongPassword)
                }
                #expect(try await cognito.attempt(way, name).refusal == .locked)
                cognito.clock.advance(.seconds(1) - .instant)
                #expect(try await cognito.attempt(way, name).refusal == .locked)
                cognito.clock.advance(.instant)
                #expect(try await cognito.attempt(way, name).refusal == (name == "ada" ? nil : .wrongPassword))
            }
        }
    }

    @Test("each further failure doubles it, up to fifteen minutes")
    func doubling() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            for _ in 0..<5 { #expect(await fail(cognito) == .wrongPassword) }
            for seconds in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900] {
                #expect(await cognito.signIn().refusal == .locked)
                cognito.clock.advance(.seconds(seconds) - .instant)
                #expect(await cognito.signIn().refusal == .locked, "\(seconds)")
                cognito.clock.advance(.instant)
                if seconds < 900 { #expect(await fail(cognito) == .wrongPassword) }
            }
            // The longest lock is as long as failures are remembered.
            #expect(await fail(cognito) == .wrongPassword)
            #expect(await cognito.signIn().refusal == nil)
        }
    }

    @Test("a failure during the lock isn't looked at, and doesn't lengthen it")
    func during() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            for _ in 0..<5 { #expect(await fail(cognito) == .wrongPassword) }
            for _ in 0..<5 { #expect(await fail(cognito) == .locked) }
            cognito.clock.advance(.seconds(1))
            #expect(await cognito.signIn().refusal == nil)
        }
    }

    @Test("a success forgets the failures, and so do fifteen idle minutes", arguments: [true, false])
    func forgotten(bySuccess: Bool) async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            for _ in 0..<4 { #expect(await fail(cognito) == .wrongPassword) }
            if bySuccess {
                #expect(await cognito.signIn().refusal == nil)
            } else {
                cognito.clock.advance(.minutes(15))
            }
            for _ in 0..<4 { #expect(await fail(cognito) == .wrongPassword) }
            #expect(await cognito.signIn().refusal == nil)
        }
    }

    @Test("idle minutes count from the last failure")
    func idle() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            for _ in 0..<5 {
                cognito.clock.advance(.minutes(15) - .instant)
                #expect(await fail(cognito) == .wrongPassword)
            }
            #expect(await cognito.signIn().refusal == .locked)
        }
    }

    @Test("failures of all ways and clients count together, and not against others")
    func together() async throws {
        try await Cognito.run(pool: Cognito.choice) { cognito in
            try await cognito.addUser()
            try await cognito.addUser("bob")
            var sibling = cognito
            sibling.client = try await cognito.makeClient()
            for way in [Way.password, .srp, .administrator] {
                #expect(try await cognito.attempt(way, password: nil).refusal == .wrongPassword)
            }
            for way in [Way.choice, .preferredSRP] {
                #expect(try await sibling.attempt(way, password: nil).refusal == .wrongPassword)
            }
            for way in Way.byPassword {
                #expect(try await cognito.attempt(way).refusal == .locked)
                #expect(try await cognito.attempt(way, "bob").refusal == nil)
            }
            // A code isn't a password.
            #expect(try await cognito.attempt(.preferredCode).refusal == nil)
        }
    }

    @Test("a new password ends the lock", arguments: [true, false])
    func newPassword(permanent: Bool) async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            for _ in 0..<6 { _ = await fail(cognito) }
            let input: Members = ["Password": "An0ther!one", "Permanent": permanent]
            try await cognito.ok(AdminSetUserPassword.self, cognito.named("ada", input))
            #expect(await cognito.signIn(password: "An0ther!one").refusal == nil)
        }
    }

    @Test("who is locked stays so while an administrator disables and enables them")
    func status() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            for _ in 0..<5 { _ = await fail(cognito) }
            try await cognito.disable()
            #expect(await cognito.signIn().refusal == .locked)
            try await cognito.ok(AdminEnableUser.self, cognito.named())
            #expect(await cognito.signIn().refusal == .locked)
        }
    }

    @Test("of many guesses at once no more are looked at than come before the lock")
    func burst() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let answers = await withTaskGroup(of: Refusal?.self) { group in
                for _ in 0..<20 { group.addTask { await fail(cognito) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count { $0 == .wrongPassword } == 5)
            #expect(answers.count { $0 == .locked } == 15)
        }
    }

    private func fail(_ cognito: Cognito) async -> Refusal? {
        await cognito.signIn(password: "Wr0ng!one").refusal
    }
}
