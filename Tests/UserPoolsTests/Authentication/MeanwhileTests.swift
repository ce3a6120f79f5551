import CognitoModel
import Testing
import UserPools

/// What changes between a challenge and its answer.
@Suite struct MeanwhileTests {
    /// A sign-in that awaits its last answer.
    enum Begun: CaseIterable {
        case srp, choice, password, passwordBySRP, code
    }

    enum Change: CaseIterable {
        case disabled, deleted, otherPassword, temporaryPassword, resetRequired, otherAddress, poolDeleted,
            clientDeleted
    }

    @Test("who changed since isn't let in by what was begun before", arguments: Begun.allCases, Change.allCases)
    func user(begun: Begun, change: Change) async throws {
        try await Cognito.run(pool: Cognito.choice) { cognito in
            try await cognito.addUser()
            let answer = try await begin(begun, cognito)
            switch change {
            case .disabled: try await cognito.disable()
            case .deleted: try await cognito.ok(AdminDeleteUser.self, cognito.named())
            case .otherPassword, .temporaryPassword:
                let input: Members = ["Password": "An0ther!one", "Permanent": change == .otherPassword]
                try await cognito.ok(AdminSetUserPassword.self, cognito.named("ada", input))
            case .resetRequired: try await cognito.setStatus(.resetRequired)
            case .otherAddress:
                try await cognito.setAttributes(["email": "new@example.com", "email_verified": "true"])
            case .poolDeleted: try await cognito.ok(DeleteUserPool.self, ["UserPoolId": cognito.pool])
            case .clientDeleted:
                let named: Members = ["UserPoolId": cognito.pool, "ClientId": cognito.client.id]
                try await cognito.ok(DeleteUserPoolClient.self, named)
            }
            let refusal = try #require(await answer(Cognito.password).refusal)
            switch change {
            case .poolDeleted, .clientDeleted: #expect(refusal == .noClient(cognito.client.id))
            default: #expect(refusal == (isVerifier(begun) ? .wrongPassword : .invalidSession))
            }
        }
    }

    @Test("what doesn't concern how a user signs in doesn't disturb it", arguments: Begun.allCases)
    func harmless(begun: Begun) async throws {
        try await Cognito.run(pool: Cognito.choice) { cognito in
            try await cognito.addUser()
            let answer = try await begin(begun, cognito)
            try await cognito.setAttributes(["name": "Ada", "locale": "en"])
            try await cognito.ok(AdminUserGlobalSignOut.self, cognito.named())
            try await cognito.update(
                cognito.client,
                ["ClientName": "renamed", "PreventUserExistenceErrors": "ENABLED"]
            )
            _ = try Tokens(await answer(Cognito.password))
        }
    }

    @Test("a client that isn't allowed the flow any more can't end it", arguments: Begun.allCases)
    func flow(begun: Begun) async throws {
        try await Cognito.run(pool: Cognito.choice) { cognito in
            try await cognito.addUser()
            let answer = try await begin(begun, cognito)
            let taken = begun == .srp ? "USER_SRP_AUTH" : "USER_AUTH"
            let left = Cognito.allFlows.filter { $0 != "ALLOW_\(taken)" }
            try await cognito.update(cognito.client, ["ExplicitAuthFlows": left])
            let refused = await answer(Cognito.password)
            #expect(refused.refusal == .invalid("\(taken) flow not enabled for this client"))
            try await cognito.update(cognito.client, [:])
            _ = try Tokens(await answer(Cognito.password))
        }
    }

    @Test("a factor that the pool allows no more isn't taken")
    func factor() async throws {
        try await Cognito.run(pool: Cognito.choice) { cognito in
            try await cognito.addUser()
            let answer = try await begin(.code, cognito)
            let policies: Members = ["SignInPolicy": ["AllowedFirstAuthFactors": ["PASSWORD"]]]
            try await cognito.ok(UpdateUserPool.self, ["UserPoolId": cognito.pool, "Policies": policies])
            #expect(await answer("").refusal == .unavailableFactor)
        }
    }

    @Test("a client that begins, or ends, to hide who exists", arguments: [true, false])
    func existence(hides: Bool) async throws {
        let setting = "PreventUserExistenceErrors"
        try await Cognito.run(pool: Cognito.choice, client: [setting: "ENABLED"]) { cognito in
            let name = try await cognito.nobody()
            try await cognito.addUser("reset")
            try await cognito.setStatus(.resetRequired, of: "reset")
            let nobody = try await begin(.srp, cognito, name)
            let reset = try await begin(.srp, cognito, "reset")
            if !hides { try await cognito.update(cognito.client, [setting: "LEGACY"]) }
            // What nobody answers is wrong, whatever the client tells by now.
            #expect(await nobody(Cognito.password).refusal == .wrongPassword)
            #expect(await reset(Cognito.password).refusal == (hides ? .wrongPassword : .resetRequired))
            #expect(await cognito.signIn(name).refusal == (hides ? .wrongPassword : .noUser))
        }
    }

    @Test("a user is told of being disabled only after the right proof", arguments: [true, false])
    func disabledBefore(isRight: Bool) async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            try await cognito.disable()
            let answer = try await begin(.srp, cognito)
            #expect(
                await answer(isRight ? Cognito.password : "Wr0ng!one").refusal == (isRight ? .disabled : .wrongPassword)
            )
        }
    }

    private func isVerifier(_ begun: Begun) -> Bool { begun == .srp || begun == .passwordBySRP }

    /// Begins, and gives what answers with a password, or with the code that was sent.
    private func begin(
        _ begun: Begun,
        _ cognito: Cognito,
        _ name: String = "ada"
    ) async throws -> @Sendable (String) async -> Answer {
        let srp = try SRPClient()
        switch begun {
        case .srp:
            let asked = await cognito.initiate("USER_SRP_AUTH", ["USERNAME": name, "SRP_A": srp.publicKey])
            return { typed in
                guard let responses = try? srp.responses(to: asked, pool: cognito.pool, password: typed) else {
                    return asked
                }
                return await cognito.respond("PASSWORD_VERIFIER", responses)
            }
        case .passwordBySRP:
            let preferred = ["USERNAME": name, "PREFERRED_CHALLENGE": "PASSWORD_SRP", "SRP_A": srp.publicKey]
            let asked = await cognito.initiate("USER_AUTH", preferred)
            return { typed in
                guard let responses = try? srp.responses(to: asked, pool: cognito.pool, password: typed) else {
                    return asked
                }
                return await cognito.follow(asked, "PASSWORD_VERIFIER", responses)
            }
        case .choice:
            let asked = await cognito.initiate("USER_AUTH", ["USERNAME": name])
            return { typed in
                let responses = ["USERNAME": name, "ANSWER": "PASSWORD", "PASSWORD": typed]
                return await cognito.follow(asked, "SELECT_CHALLENGE", responses)
            }
        case .password:
            let preferred = ["USERNAME": name, "PREFERRED_CHALLENGE": "PASSWORD"]
            let asked = await cognito.initiate("USER_AUTH", preferred)
            return { await cognito.follow(asked, "PASSWORD", ["USERNAME": name, "PASSWORD": $0]) }
        case .code:
            let preferred = ["USERNAME": name, "PREFERRED_CHALLENGE": "EMAIL_OTP"]
            let asked = await cognito.initiate("USER_AUTH", preferred)
            let code = try cognito.outbox.code()
            return { _ in await cognito.follow(asked, "EMAIL_OTP", ["USERNAME": name, "EMAIL_OTP_CODE": code]) }
        }
    }
}
