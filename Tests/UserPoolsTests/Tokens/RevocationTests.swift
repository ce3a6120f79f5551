import CognitoModel
import Testing
import UserPools

/// RevokeToken, GlobalSignOut and AdminUserGlobalSignOut.
@Suite struct RevocationTests {
    @Test("revoking ends one sign-in, and again is no error")
    func revoke() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let (first, second) = (try await cognito.signedIn(), try await cognito.signedIn())
            for _ in 0..<2 {
                #expect(await revoke(cognito, first.refresh).refusal == nil)
                #expect(await cognito.refresh(first.refresh).refusal == .refreshTokenRevoked)
            }
            #expect(await getUser(cognito, first.access) == .accessTokenRevoked)
            #expect(await getUser(cognito, second.access) == nil)
            #expect(await cognito.refresh(second.refresh).refusal == nil)
        }
    }

    @Test("access tokens that were refreshed end too")
    func refreshed() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let first = try await cognito.signedIn()
            let second = try Tokens(await cognito.refresh(first.refresh))
            #expect(await revoke(cognito, first.refresh).refusal == nil)
            for token in [first.access, second.access] {
                #expect(await getUser(cognito, token) == .accessTokenRevoked)
            }
        }
    }

    @Test("an unknown token is no error, another kind is")
    func kinds() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let tokens = try await cognito.signedIn()
            #expect(await revoke(cognito, "a.b.c.d.e").refusal == nil)
            let unsupported = Refusal("UnsupportedTokenTypeException", "Unsupported token type")
            for token in [tokens.access, tokens.id, "x"] {
                #expect(await revoke(cognito, token).refusal == unsupported)
            }
            #expect(await getUser(cognito, tokens.access) == nil)
        }
    }

    @Test("a token is its client's to revoke")
    func othersToken() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let tokens = try await cognito.signedIn()
            let sibling = try await cognito.makeClient()
            #expect(await revoke(cognito, tokens.refresh, sibling).refusal == .mayNotRevoke)
            let stranger = try await cognito.makeClient(in: try await cognito.makePool())
            #expect(await revoke(cognito, tokens.refresh, stranger).refusal == nil)
            #expect(await cognito.refresh(tokens.refresh).refusal == nil)
            #expect(await getUser(cognito, tokens.access) == nil)
        }
    }

    @Test("a client may do without revocation")
    func withoutRevocation() async throws {
        try await Cognito.run(client: ["EnableTokenRevocation": false]) { cognito in
            try await cognito.addUser()
            let tokens = try await cognito.signedIn()
            let refusal = Refusal(
                "UnsupportedOperationException",
                "Token revocation is not enabled for this client"
            )
            #expect(await revoke(cognito, tokens.refresh).refusal == refusal)
            let claims = try cognito.claims(tokens.access)
            #expect(claims["jti"] == nil && claims["origin_jti"] == nil)
        }
    }

    @Test("signing out everywhere ends every sign-in of the user and nobody else's", arguments: [true, false])
    func globally(byAdministrator: Bool) async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            try await cognito.addUser("bob")
            let (first, second) = (try await cognito.signedIn(), try await cognito.signedIn())
            let bobs = try await cognito.signedIn("bob")
            let answer =
                byAdministrator
                ? await cognito.call(AdminUserGlobalSignOut.self, cognito.named())
                : await cognito.call(GlobalSignOut.self, ["AccessToken": first.access])
            #expect(answer.refusal == nil)
            for tokens in [first, second] {
                #expect(await getUser(cognito, tokens.access) == .accessTokenRevoked)
                #expect(await cognito.refresh(tokens.refresh).refusal == .refreshTokenRevoked)
            }
            #expect(await getUser(cognito, bobs.access) == nil)
            #expect(await getUser(cognito, try await cognito.signedIn().access) == nil)
        }
    }

    private func revoke(_ cognito: Cognito, _ token: String, _ client: TestClient? = nil) async -> Answer {
        await cognito.call(RevokeToken.self, ["ClientId": (client ?? cognito.client).id, "Token": token])
    }

    private func getUser(_ cognito: Cognito, _ token: String) async -> Refusal? {
        await cognito.call(GetUser.self, ["AccessToken": token]).refusal
    }
}
