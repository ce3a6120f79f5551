import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

/// REFRESH_TOKEN_AUTH and GetTokensFromRefreshToken, without rotation.
@Suite struct RefreshTests {
    enum Way: CaseIterable { case flow, shortFlow, administrator, operation }

    @Test("gives new tokens of the same sign-in, and the refresh token stays", arguments: Way.allCases)
    func good(way: Way) async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let tokens = try await cognito.signedIn()
            cognito.clock.advance(.minutes(30))
            try await cognito.setAttributes(["name": "Ada"])
            let answer = await cognito.refresh(tokens.refresh, way)
            #expect(answer["AuthenticationResult.RefreshToken"] == nil)
            #expect(answer.string("AuthenticationResult.TokenType") == "Bearer")
            let (old, new) = (try cognito.claims(tokens.access), try cognito.claims(Tokens(answer).access))
            for claim in ["sub", "event_id", "origin_jti", "auth_time", "client_id", "username"] {
                #expect(old[claim] == new[claim] && new[claim] != nil)
            }
            #expect(old["jti"] != new["jti"])
            #expect(new["iat"]?.integerValue == cognito.clock.now.seconds)
            #expect(new["exp"]?.integerValue == cognito.clock.now.seconds + 3600)
            #expect(try cognito.claims(Tokens(answer).id)["name"] == .string("Ada"))
            #expect(await cognito.call(GetUser.self, ["AccessToken": try Tokens(answer).access]).refusal == nil)
        }
    }

    static let validities: [(Members, Duration)] = [
        ([:], .days(30)), (["RefreshTokenValidity": 0], .days(30)), (["RefreshTokenValidity": 1], .days(1)),
        (["RefreshTokenValidity": 3600, "TokenValidityUnits": ["RefreshToken": "seconds"]], .hours(1)),
        (["RefreshTokenValidity": 90, "TokenValidityUnits": ["RefreshToken": "minutes"]], .minutes(90)),
        (["RefreshTokenValidity": 5, "TokenValidityUnits": ["RefreshToken": "hours"]], .hours(5)),
        (["RefreshTokenValidity": 3650], .days(3650)),
    ]

    @Test("a refresh token is good as long as the client says", arguments: validities)
    func validity(settings: Members, validity: Duration) async throws {
        try await Cognito.run(client: settings) { cognito in
            try await cognito.addUser()
            let token = try await cognito.signedIn().refresh
            cognito.clock.advance(validity - .instant)
            for way in Way.allCases { #expect(await cognito.refresh(token, way).refusal == nil) }
            cognito.clock.advance(.instant)
            for way in Way.allCases { #expect(await cognito.refresh(token, way).refusal == .refreshTokenExpired) }
        }
    }

    @Test("what isn't a refresh token of the client, and of its pool, gives none", arguments: Way.allCases)
    func invalid(way: Way) async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let tokens = try await cognito.signedIn()
            let sibling = try await cognito.makeClient()
            var other = cognito
            other.pool = try await cognito.makePool()
            other.client = try await cognito.makeClient(in: other.pool)
            try await other.addUser()
            let bad = [
                "x", tokens.access, tokens.id, "A" + tokens.refresh.dropFirst(), tokens.refresh + "A",
                try await cognito.signedIn(client: sibling).refresh, try await other.signedIn().refresh,
            ]
            for (number, token) in bad.enumerated() {
                #expect(await cognito.refresh(token, way).refusal == .invalidRefreshToken, "number \(number)")
            }
            #expect(await cognito.refresh(tokens.refresh, way).refusal == nil)
        }
    }

    @Test("who was disabled, deleted or signed out is refreshed no more", arguments: Way.allCases)
    func ended(way: Way) async throws {
        try await Cognito.run { cognito in
            for name in ["disabled", "out", "deleted"] { try await cognito.addUser(name) }
            let disabled = try await cognito.signedIn("disabled").refresh
            try await cognito.disable("disabled")
            #expect(await cognito.refresh(disabled, way).refusal == .refreshTokenRevoked)
            let out = try await cognito.signedIn("out").refresh
            try await cognito.ok(AdminUserGlobalSignOut.self, cognito.named("out"))
            #expect(await cognito.refresh(out, way).refusal == .refreshTokenRevoked)
            let deleted = try await cognito.signedIn("deleted").refresh
            try await cognito.ok(AdminDeleteUser.self, cognito.named("deleted"))
            #expect(await cognito.refresh(deleted, way).refusal == .invalidRefreshToken)
        }
    }

    @Test("a client that isn't allowed the flow any more can't take it, but has the operation")
    func flowTakenAway() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let token = try await cognito.signedIn().refresh
            try await cognito.update(cognito.client, ["ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"]])
            let message = "flow not enabled for this client"
            #expect(await cognito.refresh(token, .flow).refusal == .invalid("REFRESH_TOKEN_AUTH \(message)"))
            #expect(await cognito.refresh(token, .administrator).refusal == .invalid("Auth \(message)"))
            #expect(await cognito.refresh(token, .operation).refusal == nil)
        }
    }

    @Test("the token must be given")
    func missing() async throws {
        try await Cognito.run { cognito in
            let answer = await cognito.initiate("REFRESH_TOKEN_AUTH", [:])
            #expect(answer.refusal == .missing("REFRESH_TOKEN"))
        }
    }
}

extension Cognito {
    /// Refreshes the tokens of a client without a secret.
    func refresh(_ token: String, _ way: RefreshTests.Way = .operation) async -> Answer {
        let parameters = ["REFRESH_TOKEN": token]
        switch way {
        case .flow: return await initiate("REFRESH_TOKEN_AUTH", parameters)
        case .shortFlow: return await initiate("REFRESH_TOKEN", parameters)
        case .administrator:
            return await call(
                AdminInitiateAuth.self,
                [
                    "UserPoolId": pool, "ClientId": client.id, "AuthFlow": "REFRESH_TOKEN_AUTH",
                    "AuthParameters": parameters,
                ]
            )
        case .operation:
            return await call(GetTokensFromRefreshToken.self, ["ClientId": client.id, "RefreshToken": token])
        }
    }
}
