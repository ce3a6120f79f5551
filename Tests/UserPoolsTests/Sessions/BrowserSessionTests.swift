import CognitoModel
import DatabaseTestSupport
import Domain
import Testing
import UserPools

/// Sign-ins in browsers: how they are listed, ended, and what ends them.
@Suite struct BrowserSessionTests {
    @Test("they are listed beside what came from them", arguments: TestEngine.allCases)
    func list(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, client: Cognito.oauthClient) { cognito in
            try await cognito.track()
            try await cognito.addUser()
            let began = cognito.clock.now
            let browser = try await cognito.browser()
            cognito.clock.advance(.seconds(10))
            let token = try await browser.accessToken()
            let sessions = try await cognito.sessions(by: token)
            #expect(sessions.map { $0["SessionType"] } == [.string("SSO"), .string("TOKEN")])
            #expect(sessions.map { $0["IsCurrentSession"] } == [.boolean(false), .boolean(true)])
            let (sso, app) = (try #require(sessions.first), try #require(sessions.last))
            #expect(sso["SessionId"] == .string(browser.name) && browser.name.contains(/^sso[a-z0-9]{25}$/))
            #expect(sso["OriginSessionId"] == nil && app["OriginSessionId"] == .string(browser.name))
            #expect(sso["CreateDate"] == .number(Double(began.seconds)))
            #expect(app["CreateDate"] == .number(Double(began.seconds + 10)))
            // A code was given.
            #expect(sso["LastActiveDate"] == .number(Double(began.seconds + 10)))
            #expect(sso["ClientId"] == .string(cognito.client.id))
        }
    }

    @Test("a token that is refreshed uses both", arguments: TestEngine.allCases)
    func refreshed(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, client: Cognito.oauthClient) { cognito in
            try await cognito.track()
            try await cognito.addUser()
            let browser = try await cognito.browser()
            let tokens = try await browser.redeem(try #require(try await browser.code()))
            cognito.clock.advance(.seconds(60))
            #expect(await cognito.refresh(tokens["refresh_token"]?.stringValue ?? "").refusal == nil)
            let sessions = try await cognito.ok(AdminListUserSessions.self, cognito.named()).list("Sessions")
            let now = JSONValue.number(Double(cognito.clock.now.seconds))
            #expect(sessions.count == 2 && sessions.allSatisfy { $0["LastActiveDate"] == now })
        }
    }

    @Test(
        "one is ended alone, or with those that it is linked to",
        arguments: TestEngine.allCases,
        ["NONE", "LINKED"]
    )
    func end(engine: TestEngine, linked: String) async throws {
        try await Cognito.run(on: engine, client: Cognito.oauthClient) { cognito in
            try await cognito.track()
            try await cognito.addUser()
            let own = try await cognito.signedIn().access
            for kind in ["SSO", "TOKEN"] {
                let browser = try await cognito.browser()
                let (token, unused) = (try await browser.accessToken(), try #require(try await browser.code()))
                let sessions = try await cognito.sessions(by: token)
                let mine = try #require(sessions.first { $0["OriginSessionId"] == .string(browser.name) })
                let name = kind == "SSO" ? browser.name : mine["SessionId"]?.stringValue ?? ""
                let input: Members = ["SessionId": name, "RevokeAssociatedSessions": linked]
                if kind == "SSO" {
                    try await cognito.ok(RevokeUserSession.self, input.with(["AccessToken": own]))
                } else {
                    try await cognito.ok(AdminRevokeUserSession.self, cognito.named("ada", input))
                }
                let isEnded = await cognito.call(GetUser.self, ["AccessToken": token]).refusal != nil
                #expect(isEnded == (kind == "TOKEN" || linked == "LINKED"), "\(kind)")
                let endsBrowser = kind == "SSO" || linked == "LINKED"
                #expect(try await (browser.code() == nil) == endsBrowser, "\(kind)")
                #expect(try await (browser.redeem(unused)["error"] != nil) == endsBrowser, "\(kind)")
                let again = await cognito.call(AdminRevokeUserSession.self, cognito.named("ada", input))
                #expect(again.refusal == .noSession)
            }
            // Others stay.
            #expect(await cognito.call(GetUser.self, ["AccessToken": own]).refusal == nil)
        }
    }

    @Test("nobody ends another's, nor one by another kind's name")
    func others() async throws {
        try await Cognito.run(client: Cognito.oauthClient) { cognito in
            try await cognito.track()
            try await cognito.addUser()
            try await cognito.addUser("bob")
            let browser = try await cognito.browser()
            let bob = try await cognito.signedIn("bob").access
            let stolen = await cognito.call(RevokeUserSession.self, ["AccessToken": bob, "SessionId": browser.name])
            #expect(stolen.refusal == .noSession)
            let mixed = cognito.named("ada", ["SessionId": "tkn\(browser.name.dropFirst(3))"])
            #expect(await cognito.call(AdminRevokeUserSession.self, mixed).refusal == .noSession)
            #expect(try await browser.code() != nil)
        }
    }

    @Test("pages go over both kinds in one order", arguments: TestEngine.allCases)
    func pages(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, client: Cognito.oauthClient) { cognito in
            try await cognito.track(100)
            try await cognito.addUser()
            var expected: [String] = []
            for number in 0..<65 {
                if number % 3 == 0 {
                    expected.append(try await cognito.browser().name)
                } else {
                    let token = try await cognito.signedIn().access
                    let id = try #require(try cognito.claims(token)["event_id"]?.stringValue)
                    expected.append(SessionKey(.token, id: id).name ?? "")
                }
                cognito.clock.advance(.seconds(1))
            }
            let token = try await cognito.signedIn().access
            let first = try await cognito.ok(ListUserSessions.self, ["AccessToken": token])
            let next = try first.text("NextToken")
            let second = try await cognito.ok(ListUserSessions.self, ["AccessToken": token, "NextToken": next])
            let names = (first.list("Sessions") + second.list("Sessions")).compactMap { $0["SessionId"]?.stringValue }
            #expect(first.list("Sessions").count == 60 && Array(names.dropLast()) == expected && names.count == 66)
        }
    }

    @Test(
        "a user has twenty-five at most, and the one that was used the longest ago goes",
        arguments: TestEngine.allCases
    )
    func most(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, client: Cognito.oauthClient) { cognito in
            try await cognito.track()
            try await cognito.addUser()
            var browsers: [Browser] = []
            for _ in 0..<25 {
                browsers.append(try await cognito.browser())
                cognito.clock.advance(.seconds(1))
            }
            #expect(try await browsers[0].code() != nil)
            cognito.clock.advance(.seconds(1))
            _ = try await cognito.browser()
            #expect(try await browsers[0].code() != nil)
            #expect(try await browsers[1].code() == nil)
            let listed = try await cognito.ok(AdminListUserSessions.self, cognito.named()).list("Sessions")
            #expect(listed.count == 25)
        }
    }

    /// What ends all that a user has begun.
    enum End: String, CaseIterable, Sendable {
        case disable, password, ownPassword, signOut, globalSignOut, delete, deleteOneself
    }

    @Test(
        "a session and a code from before give nothing",
        arguments: TestEngine.allCases,
        End.allCases
    )
    func ended(engine: TestEngine, end: End) async throws {
        try await Cognito.run(on: engine, client: Cognito.oauthClient) { cognito in
            try await cognito.addUser()
            let browser = try await cognito.browser()
            let code = try #require(try await browser.code())
            let token = try await browser.accessToken()
            let named = cognito.named()
            switch end {
            case .disable:
                try await cognito.ok(AdminDisableUser.self, named)
                #expect(try await browser.redeem(code)["error"] == .string("invalid_grant"))
                try await cognito.ok(AdminEnableUser.self, named)
            case .password:
                let password: Members = ["Password": "An0ther-one", "Permanent": true]
                try await cognito.ok(AdminSetUserPassword.self, named.with(password))
            case .ownPassword:
                let change: Members = ["PreviousPassword": Cognito.password, "ProposedPassword": "An0ther-one"]
                try await cognito.ok(ChangePassword.self, change.with(["AccessToken": token]))
            case .signOut: try await cognito.ok(AdminUserGlobalSignOut.self, named)
            case .globalSignOut: try await cognito.ok(GlobalSignOut.self, ["AccessToken": token])
            case .delete: try await cognito.ok(AdminDeleteUser.self, named)
            case .deleteOneself: try await cognito.ok(DeleteUser.self, ["AccessToken": token])
            }
            #expect(try await browser.code() == nil)
            #expect(try await browser.redeem(code)["error"] == .string("invalid_grant"))
        }
    }

    @Test("a client asks again once it trusts a session no more")
    func trust() async throws {
        try await Cognito.run(client: Cognito.oauthClient) { cognito in
            try await cognito.track()
            try await cognito.addUser()
            let browser = try await cognito.browser()
            cognito.clock.advance(.seconds(3599))
            #expect(try await browser.code() != nil)
            cognito.clock.advance(.seconds(1))
            #expect(try await browser.code() == nil)
            let minutes: Members = ["SSOSession": ["MaxValidityMinutes": 61] as Members]
            let client: Members = ["UserPoolId": cognito.pool, "ClientId": cognito.client.id]
            try await cognito.ok(SetUserPoolClientSessionConfiguration.self, client.with(minutes))
            #expect(try await browser.code() != nil)
        }
    }

    @Test("a session that is weaker than the client wants, or older, isn't enough", arguments: TestEngine.allCases)
    func levels(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, client: Cognito.oauthClient) { cognito in
            try await cognito.addUser()
            await cognito.setMFA("OPTIONAL", "totp")
            _ = try await cognito.enrol()
            await cognito.prefer("", of: "ada")
            let (weak, strong) = (
                try await cognito.browser(), try await cognito.browser(proving: [.password, .softwareToken])
            )
            let four = ["acr_values": "nonsense urn:cognito:loa:4 urn:cognito:loa:1"]
            #expect(try await weak.code(four) == nil)
            #expect(try await weak.authorize(four.merging(["prompt": "none"]) { $1 })?["error"] == "login_required")
            let code = try #require(try await strong.code(four))
            let tokens = try await strong.redeem(code)
            for name in ["id_token", "access_token"] {
                let claims = try cognito.claims(tokens[name]?.stringValue ?? "")
                #expect(claims["acr"] == .string("urn:cognito:loa:4"))
                #expect(claims["amr"] == .array(["pwd", "otp", "mfa"].map(JSONValue.string)))
            }
            // Nothing is said that wasn't asked for.
            let plain = try await strong.redeem(try #require(try await strong.code()))
            #expect(try cognito.claims(plain["id_token"]?.stringValue ?? "")["acr"] == nil)
            let first = try await weak.redeem(try #require(try await weak.code(["acr_values": "urn:cognito:loa:1"])))
            #expect(try cognito.claims(first["id_token"]?.stringValue ?? "")["amr"] == .array([.string("pwd")]))
            #expect(try await weak.authorize(["acr_values": "nonsense"])?["error"] == "invalid_request")
            cognito.clock.advance(.seconds(100))
            #expect(try await strong.code(["max_age": "100"]) != nil)
            #expect(try await strong.code(["max_age": "99"]) == nil)
            try await cognito.ok(UpdateUserPool.self, ["UserPoolId": cognito.pool, "UserPoolTier": "LITE"])
            #expect(try await weak.code(four) != nil)
        }
    }
}
