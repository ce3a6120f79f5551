import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

/// ListUserSessions, AdminListUserSessions, RevokeUserSession and AdminRevokeUserSession.
@Suite struct TrackedSessionTests {
    @Test("sessions are listed with where they were used last", arguments: TestEngine.allCases)
    func list(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            try await cognito.track()
            try await cognito.addUser()
            try await cognito.addUser("bob")
            let began = cognito.clock.now
            let first = try await cognito.signedIn()
            cognito.clock.advance(.seconds(10))
            let second = try await cognito.signedIn()
            _ = try await cognito.signedIn("bob")
            let sessions = try await cognito.sessions(by: second.access)
            #expect(sessions.count == 2)
            #expect(sessions.map { $0["IsCurrentSession"] } == [.boolean(false), .boolean(true)])
            let session = try #require(sessions.first)
            #expect(session["SessionId"]?.stringValue?.contains(/^tkn[a-z0-9]{25}$/) == true)
            #expect(session["SessionType"] == .string("TOKEN"))
            #expect(session["ClientId"] == .string(cognito.client.id))
            #expect(session["CreateDate"] == .number(Double(began.seconds)))
            #expect(session["LastActiveDate"] == session["CreateDate"])
            #expect(session["DeviceType"] == .string("unknown"))
            #expect(session["LastLocation"] == .object(["Country": .string("unknown")]))
            #expect(session["OriginSessionId"] == nil)

            cognito.clock.advance(.seconds(10))
            #expect(await cognito.refresh(first.refresh).refusal == nil)
            let after = try await cognito.ok(AdminListUserSessions.self, cognito.named()).list("Sessions")
            #expect(after.map { $0["SessionId"] } == sessions.map { $0["SessionId"] })
            #expect(after.first?["LastActiveDate"] == .number(Double(cognito.clock.now.seconds)))
            #expect(after.allSatisfy { $0["IsCurrentSession"] == .boolean(false) })
        }
    }

    @Test("a session that is rotated is used", arguments: [RefreshTests.Way.flow, .operation])
    func used(way: RefreshTests.Way) async throws {
        let settings: Members = way == .operation ? RotationTests.rotating(0) : [:]
        try await Cognito.run(client: settings) { cognito in
            try await cognito.track()
            try await cognito.addUser()
            let tokens = try await cognito.signedIn()
            cognito.clock.advance(.seconds(90))
            #expect(await cognito.refresh(tokens.refresh, way).refusal == nil)
            let session = try #require(try await cognito.sessions(by: tokens.access).first)
            #expect(session["LastActiveDate"] == .number(Double(cognito.clock.now.seconds)))
        }
    }

    @Test("a session that was ended, or has run out, is listed no more")
    func over() async throws {
        try await Cognito.run(client: ["RefreshTokenValidity": 1]) { cognito in
            try await cognito.track()
            try await cognito.addUser()
            _ = try await cognito.signedIn()
            cognito.clock.advance(.hours(23))
            let revoked = try await cognito.signedIn()
            let tokens = try await cognito.signedIn()
            try await cognito.ok(RevokeToken.self, ["ClientId": cognito.client.id, "Token": revoked.refresh])
            #expect(try await cognito.sessions(by: tokens.access).count == 2)
            cognito.clock.advance(.hours(1))
            let left = try await cognito.ok(AdminListUserSessions.self, cognito.named()).list("Sessions")
            #expect(left.count == 1)
        }
    }

    @Test("a user ends another session, and with it its tokens", arguments: TestEngine.allCases)
    func revoke(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            try await cognito.track()
            try await cognito.addUser()
            let other = try await cognito.signedIn()
            cognito.clock.advance(.seconds(1))
            let tokens = try await cognito.signedIn()
            let ids = try await cognito.sessions(by: tokens.access).compactMap { $0["SessionId"]?.stringValue }
            let own: Members = ["AccessToken": tokens.access, "SessionId": ids[1]]
            #expect(
                await cognito.call(RevokeUserSession.self, own).refusal
                    == .invalid("The current session cannot be revoked.")
            )
            let input: Members = [
                "AccessToken": tokens.access, "SessionId": ids[0], "RevokeAssociatedSessions": "LINKED",
            ]
            let answer = await cognito.call(RevokeUserSession.self, input)
            #expect(answer.refusal == nil && answer.json == .object([:]))
            #expect(await cognito.call(GetUser.self, ["AccessToken": other.access]).refusal == .accessTokenRevoked)
            #expect(await cognito.refresh(other.refresh).refusal == .refreshTokenRevoked)
            #expect(await cognito.call(GetUser.self, ["AccessToken": tokens.access]).refusal == nil)
            #expect(await cognito.call(RevokeUserSession.self, input).refusal == .noSession)
        }
    }

    @Test("an administrator ends any of the user's, and nobody else's")
    func administrator() async throws {
        try await Cognito.run { cognito in
            try await cognito.track()
            try await cognito.addUser()
            try await cognito.addUser("bob")
            let tokens = try await cognito.signedIn()
            let listed = try await cognito.ok(AdminListUserSessions.self, cognito.named()).list("Sessions")
            let id = try #require(listed.first?["SessionId"]?.stringValue)
            let named: Members = ["SessionId": id]
            for other in [cognito.named("bob", named), cognito.named("ada", ["SessionId": "sso\(id.dropFirst(3))"])] {
                #expect(await cognito.call(AdminRevokeUserSession.self, other).refusal == .noSession)
            }
            try await cognito.ok(AdminRevokeUserSession.self, cognito.named("ada", named))
            #expect(await cognito.call(GetUser.self, ["AccessToken": tokens.access]).refusal == .accessTokenRevoked)
            #expect(await cognito.call(AdminRevokeUserSession.self, cognito.named("ada", named)).refusal == .noSession)
        }
    }

    @Test("pages follow each other, each with its token")
    func pages() async throws {
        try await Cognito.run { cognito in
            try await cognito.track(100)
            try await cognito.addUser()
            for _ in 0..<60 { _ = try await cognito.signedIn() }
            cognito.clock.advance(.seconds(1))
            let tokens = try await cognito.signedIn()
            let first = try await cognito.ok(ListUserSessions.self, ["AccessToken": tokens.access])
            #expect(first.list("Sessions").count == 60)
            let token = try first.text("NextToken")
            let second = try await cognito.ok(
                ListUserSessions.self,
                ["AccessToken": tokens.access, "NextToken": token]
            )
            #expect(second.list("Sessions").map { $0["IsCurrentSession"] } == [.boolean(true)])
            #expect(second["NextToken"] == nil)
            let bad: Members = ["AccessToken": tokens.access, "NextToken": "x"]
            #expect(await cognito.call(ListUserSessions.self, bad).refusal == .invalidPaginationToken)
        }
    }

    @Test("a pool that doesn't track sessions says so")
    func untracked() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            let id: Members = ["SessionId": "tkn\(String(repeating: "0", count: 25))"]
            let user: Members = ["AccessToken": token]
            #expect(await cognito.call(ListUserSessions.self, user).refusal == .untracked)
            #expect(await cognito.call(RevokeUserSession.self, user.with(id)).refusal == .untracked)
            #expect(await cognito.call(AdminListUserSessions.self, cognito.named()).refusal == .untracked)
            #expect(await cognito.call(AdminRevokeUserSession.self, cognito.named("ada", id)).refusal == .untracked)
        }
    }
}

extension Refusal {
    static let noSession = Refusal("ResourceNotFoundException", "Session does not exist.")
    static let untracked = Refusal("OperationNotEnabledException", "Session tracking is not enabled for the user pool.")
}

extension Cognito {
    /// Lets the pool track sessions, of which a user may have so many.
    func track(_ most: Int = 20) async throws {
        try await ok(
            SetUserPoolSessionConfiguration.self,
            ["UserPoolId": pool, "UserSessionTracking": "ENABLED", "TokenSession": ["MaxPerUser": most]]
        )
    }

    /// The sessions of whom the access token is.
    func sessions(by token: String) async throws -> [JSONValue] {
        try await ok(ListUserSessions.self, ["AccessToken": token]).list("Sessions")
    }
}
