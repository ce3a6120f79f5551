import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

/// Get- and SetUserPoolSessionConfiguration, Get- and SetUserPoolClientSessionConfiguration, and the limit.
@Suite struct SessionConfigurationTests {
    @Test("a pool's settings are what was set", arguments: TestEngine.allCases)
    func pool(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            let named: Members = ["UserPoolId": cognito.pool]
            let before = try await cognito.ok(GetUserPoolSessionConfiguration.self, named)
            #expect(before.string("UserSessionTracking") == "DISABLED" && before.string("UserPoolId") == cognito.pool)
            #expect(before["TokenSession.MaxPerUser"] == .integer(20))
            for (tracking, most) in [("ENABLED", 3), ("DISABLED", 100)] {
                let settings = named.with(["UserSessionTracking": tracking, "TokenSession": ["MaxPerUser": most]])
                let answer = try await cognito.ok(SetUserPoolSessionConfiguration.self, settings)
                let after = try await cognito.ok(GetUserPoolSessionConfiguration.self, named)
                #expect(answer.json == after.json)
                #expect(after.string("UserSessionTracking") == tracking)
                #expect(after["TokenSession.MaxPerUser"] == .integer(Int64(most)))
            }
            // An update of the pool leaves them.
            try await cognito.ok(UpdateUserPool.self, named)
            let after = try await cognito.ok(GetUserPoolSessionConfiguration.self, named)
            #expect(after["TokenSession.MaxPerUser"] == .integer(100))
        }
    }

    @Test("one to a hundred, and each setting has to be there")
    func bounds() async throws {
        try await Cognito.run { cognito in
            let named: Members = ["UserPoolId": cognito.pool, "UserSessionTracking": "ENABLED"]
            for most in [0, 101] {
                let settings = named.with(["TokenSession": ["MaxPerUser": most]])
                let refusal = await cognito.call(SetUserPoolSessionConfiguration.self, settings).refusal
                #expect(refusal?.message.contains("'tokenSession.maxPerUser' failed") == true)
            }
            #expect(
                await cognito.call(SetUserPoolSessionConfiguration.self, named).refusal?.code
                    == "InvalidParameterException"
            )
        }
    }

    @Test("a pool of the LITE tier has no such settings")
    func tier() async throws {
        try await Cognito.run(
            pool: ["UserPoolTier": "LITE"],
            client: ["ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"]]
        ) { cognito in
            let refusal = Refusal(
                "FeatureUnavailableInTierException",
                "The following features need to be disabled for the LITE pricing tier configured: Session Tracking"
            )
            let settings: Members = [
                "UserPoolId": cognito.pool, "UserSessionTracking": "ENABLED", "TokenSession": ["MaxPerUser": 2],
            ]
            #expect(await cognito.call(SetUserPoolSessionConfiguration.self, settings).refusal == refusal)
            let client: Members = [
                "UserPoolId": cognito.pool, "ClientId": cognito.client.id, "SSOSession": ["MaxValidityMinutes": 5],
            ]
            #expect(await cognito.call(SetUserPoolClientSessionConfiguration.self, client).refusal == refusal)
        }
    }

    @Test("a client's settings are what was set, and outlive its pool's")
    func client() async throws {
        try await Cognito.run { cognito in
            let named: Members = ["UserPoolId": cognito.pool, "ClientId": cognito.client.id]
            let before = try await cognito.ok(GetUserPoolClientSessionConfiguration.self, named)
            #expect(before["SSOSession.MaxValidityMinutes"] == .integer(60))
            #expect(before.string("ClientId") == cognito.client.id && before.string("UserPoolId") == cognito.pool)
            let settings = named.with(["SSOSession": ["MaxValidityMinutes": 0]])
            #expect(await cognito.call(SetUserPoolClientSessionConfiguration.self, settings).refusal == .untracked)
            try await cognito.track()
            let answer = try await cognito.ok(SetUserPoolClientSessionConfiguration.self, settings)
            let after = try await cognito.ok(GetUserPoolClientSessionConfiguration.self, named)
            #expect(answer.json == after.json && after["SSOSession.MaxValidityMinutes"] == .integer(0))
            try await cognito.update(cognito.client, [:])
            let kept = try await cognito.ok(GetUserPoolClientSessionConfiguration.self, named)
            #expect(kept.json == after.json)
            for minutes in [-1, 129_601] {
                let bad = named.with(["SSOSession": ["MaxValidityMinutes": minutes]])
                let refusal = await cognito.call(SetUserPoolClientSessionConfiguration.self, bad).refusal
                #expect(refusal?.message.contains("'sSOSession.maxValidityMinutes' failed") == true)
            }
        }
    }

    @Test("past the limit the session leaves that was used the longest ago", arguments: TestEngine.allCases)
    func limit(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            try await cognito.track(2)
            try await cognito.addUser()
            let first = try await cognito.signedIn()
            cognito.clock.advance(.seconds(1))
            let second = try await cognito.signedIn()
            cognito.clock.advance(.seconds(1))
            #expect(await cognito.refresh(first.refresh).refusal == nil)
            cognito.clock.advance(.seconds(1))
            let third = try await cognito.signedIn()
            #expect(await cognito.call(GetUser.self, ["AccessToken": second.access]).refusal == .accessTokenRevoked)
            #expect(await cognito.refresh(second.refresh).refusal == .refreshTokenRevoked)
            for token in [first, third] {
                #expect(await cognito.call(GetUser.self, ["AccessToken": token.access]).refusal == nil)
            }
            // A lower limit holds from the next sign-in on.
            try await cognito.track(1)
            #expect(try await cognito.sessions(by: third.access).count == 2)
            let fourth = try await cognito.signedIn()
            #expect(try await cognito.sessions(by: fourth.access).map { $0["IsCurrentSession"] } == [.boolean(true)])
        }
    }

    @Test("of many sign-ins at once no more stay than the limit says", arguments: TestEngine.allCases)
    func burst(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            try await cognito.track(3)
            try await cognito.addUser()
            let answers = try await concurrently(8) { _ in await cognito.signIn() }.map { try Tokens($0.get()) }
            #expect(answers.count == 8)
            let left = try await cognito.ok(AdminListUserSessions.self, cognito.named()).list("Sessions")
            #expect(left.count == 3)
        }
    }

    @Test("a pool that doesn't track sessions limits none")
    func unlimited() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let settings: Members = [
                "UserPoolId": cognito.pool, "UserSessionTracking": "DISABLED", "TokenSession": ["MaxPerUser": 1],
            ]
            try await cognito.ok(SetUserPoolSessionConfiguration.self, settings)
            let tokens = [try await cognito.signedIn(), try await cognito.signedIn()]
            for token in tokens {
                #expect(await cognito.call(GetUser.self, ["AccessToken": token.access]).refusal == nil)
            }
        }
    }
}
