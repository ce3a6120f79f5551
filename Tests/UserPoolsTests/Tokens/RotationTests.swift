import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

/// Refresh tokens of a client that rotates them.
@Suite struct RotationTests {
    static let flows = ["ALLOW_USER_PASSWORD_AUTH"]

    static func rotating(_ grace: Int?) -> Members {
        let rotation: Members = ["Feature": "ENABLED", "RetryGracePeriodSeconds": grace]
        return ["RefreshTokenRotation": rotation]
    }

    @Test("a token is replaced by another, whose turn it is then", arguments: TestEngine.allCases)
    func good(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, client: Self.rotating(0)) { cognito in
            try await cognito.addUser()
            var token = try await cognito.signedIn().refresh
            for _ in 0..<3 {
                let next = try Tokens(await cognito.refresh(token)).refresh
                #expect(!next.isEmpty && next != token)
                token = next
            }
        }
    }

    @Test("rotation doesn't lengthen a sign-in")
    func validity() async throws {
        let settings = Self.rotating(0).with(["RefreshTokenValidity": 1])
        try await Cognito.run(client: settings) { cognito in
            try await cognito.addUser()
            let first = try await cognito.signedIn().refresh
            cognito.clock.advance(.days(1) - .instant)
            let second = try Tokens(await cognito.refresh(first)).refresh
            cognito.clock.advance(.instant)
            #expect(await cognito.refresh(second).refusal == .refreshTokenExpired)
        }
    }

    @Test("a token that comes again ends the whole sign-in, and no other", arguments: [0, nil])
    func reuse(grace: Int?) async throws {
        try await Cognito.run(client: Self.rotating(grace)) { cognito in
            try await cognito.addUser()
            let first = try await cognito.signedIn()
            let other = try await cognito.signedIn()
            let second = try Tokens(await cognito.refresh(first.refresh))
            #expect(await cognito.refresh(first.refresh).refusal == .refreshTokenReused)
            #expect(await cognito.refresh(second.refresh).refusal == .refreshTokenRevoked)
            for token in [first.access, second.access] {
                #expect(await cognito.call(GetUser.self, ["AccessToken": token]).refusal == .accessTokenRevoked)
            }
            #expect(await cognito.refresh(other.refresh).refusal == nil)
        }
    }

    @Test("within its grace period a token may come again", arguments: [1, 60])
    func grace(seconds: Int) async throws {
        try await Cognito.run(client: Self.rotating(seconds)) { cognito in
            try await cognito.addUser()
            let first = try await cognito.signedIn().refresh
            let second = try Tokens(await cognito.refresh(first)).refresh
            cognito.clock.advance(.seconds(seconds) - .instant)
            let third = try Tokens(await cognito.refresh(first)).refresh
            #expect(second != third)
            cognito.clock.advance(.instant)
            #expect(await cognito.refresh(first).refusal == .refreshTokenReused)
            for token in [second, third] { #expect(await cognito.refresh(token).refusal == .refreshTokenRevoked) }
        }
    }

    @Test("a further token of the grace period is good until it is itself rotated out")
    func further() async throws {
        try await Cognito.run(client: Self.rotating(10)) { cognito in
            try await cognito.addUser()
            let first = try await cognito.signedIn().refresh
            let second = try Tokens(await cognito.refresh(first)).refresh
            let third = try Tokens(await cognito.refresh(first)).refresh
            cognito.clock.advance(.days(1))
            #expect(await cognito.refresh(second).refusal == nil)
            #expect(await cognito.refresh(third).refusal == nil)
            cognito.clock.advance(.seconds(10))
            #expect(await cognito.refresh(third).refusal == .refreshTokenReused)
        }
    }

    @Test("of many at once without grace one wins, and the sign-in ends", arguments: TestEngine.allCases)
    func burst(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, client: Self.rotating(0)) { cognito in
            try await cognito.addUser()
            let token = try await cognito.signedIn().refresh
            let answers = try await concurrently(8) { _ in await cognito.refresh(token) }.map { try $0.get() }
            let winners = answers.filter { $0.refusal == nil }
            #expect(winners.count == 1)
            let losers: Set<Refusal?> = [.refreshTokenReused, .refreshTokenRevoked]
            #expect(answers.allSatisfy { $0.refusal == nil || losers.contains($0.refusal) })
            let winner = try Tokens(try #require(winners.first)).refresh
            #expect(await cognito.refresh(winner).refusal == .refreshTokenRevoked)
        }
    }

    /// The names of flows of an earlier time always let a client refresh.
    @Test("a client that rotates has no refresh flow, whatever it may do")
    func flow() async throws {
        let settings = Self.rotating(0).with(["ExplicitAuthFlows": ["USER_PASSWORD_AUTH"]])
        try await Cognito.run(client: settings) { cognito in
            try await cognito.addUser()
            let token = try await cognito.signedIn().refresh
            let refusal = Refusal(
                "UnsupportedOperationException",
                "Refresh token rotation is enabled for this client. Use GetTokensFromRefreshToken."
            )
            for way in [RefreshTests.Way.flow, .administrator] {
                #expect(await cognito.refresh(token, way).refusal == refusal)
            }
            #expect(await cognito.refresh(token).refusal == nil)
        }
    }

    @Test("a token that was rotated out stays out where rotation is switched off", arguments: RefreshTests.Way.allCases)
    func switchedOff(way: RefreshTests.Way) async throws {
        try await Cognito.run(client: Self.rotating(60)) { cognito in
            try await cognito.addUser()
            let first = try await cognito.signedIn().refresh
            let second = try Tokens(await cognito.refresh(first)).refresh
            let off: Members = ["RefreshTokenRotation": ["Feature": "DISABLED"], "ExplicitAuthFlows": Cognito.allFlows]
            try await cognito.update(cognito.client, off)
            #expect(await cognito.refresh(first, way).refusal == .refreshTokenRevoked)
            #expect(await cognito.refresh(second, way).refusal == nil)
            #expect(await cognito.refresh(second, way).refusal == nil)
        }
    }

    @Test("a token of before is rotated where rotation is switched on")
    func switchedOn() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let first = try await cognito.signedIn().refresh
            #expect(await cognito.refresh(first).refusal == nil)
            try await cognito.update(cognito.client, Self.rotating(0))
            let second = try Tokens(await cognito.refresh(first)).refresh
            #expect(!second.isEmpty)
            #expect(await cognito.refresh(first).refusal == .refreshTokenReused)
        }
    }

    @Test("a rotated-out token revokes its sign-in as the current one does")
    func revoke() async throws {
        try await Cognito.run(client: Self.rotating(0)) { cognito in
            try await cognito.addUser()
            let first = try await cognito.signedIn().refresh
            let second = try Tokens(await cognito.refresh(first)).refresh
            try await cognito.ok(RevokeToken.self, ["ClientId": cognito.client.id, "Token": first])
            #expect(await cognito.refresh(second).refusal == .refreshTokenRevoked)
        }
    }
}
