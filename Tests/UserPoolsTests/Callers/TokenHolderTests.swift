import CognitoModel
import Testing
import UserPools

/// Who may call what signed-in users call: whoever has an access token that is genuine, current and not revoked.
@Suite struct TokenHolderTests {
    static func sample<Called: Operation>(_ operation: Called.Type, _ input: Members = [:]) -> Sample {
        Sample(operation) { _ in input }
    }

    static let all = [
        sample(GetUser.self), sample(GlobalSignOut.self), sample(DeleteUser.self),
        sample(UpdateUserAttributes.self, ["UserAttributes": attributes(["name": "Ada"])]),
        sample(SetUserSettings.self, ["MFAOptions": [Members]()]), sample(ListUserSessions.self),
        sample(RevokeUserSession.self, ["SessionId": "tkn0000000000000000000000000"]),
        sample(DeleteUserAttributes.self, ["UserAttributeNames": ["name"]]),
        sample(GetUserAttributeVerificationCode.self, ["AttributeName": "email"]),
        sample(VerifyUserAttribute.self, ["AttributeName": "email", "Code": "123456"]),
        sample(ChangePassword.self, ["PreviousPassword": Cognito.password, "ProposedPassword": "An0ther!one"]),
        sample(AssociateSoftwareToken.self), sample(VerifySoftwareToken.self, ["UserCode": "123456"]),
        sample(SetUserMFAPreference.self), sample(GetUserAuthFactors.self),
        sample(StartWebAuthnRegistration.self), sample(ListWebAuthnCredentials.self),
        sample(CompleteWebAuthnRegistration.self, ["Credential": JSONValue.object([:])]),
        sample(DeleteWebAuthnCredential.self, ["CredentialId": "AQ"]),
    ]

    @Test("what isn't an access token of the pool admits nobody", arguments: all)
    func invalid(sample: Sample) async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let tokens = try await cognito.signedIn()
            let other = try await cognito.makePool()
            let bad = [
                "x", "a.b.c", tokens.id, tokens.refresh, String(tokens.access.dropLast(8)) + "AAAAAAAA",
                try await cognito.forged(tokens.access, [:], withKeyOf: nil),
                try await cognito.forged(tokens.access, ["token_use": .string("id")], withKeyOf: cognito.pool),
                try await cognito.forged(
                    tokens.access,
                    ["iss": .string("https://cognito.test/\(other)")],
                    withKeyOf: cognito.pool
                ),
                try await cognito.forged(
                    tokens.access,
                    ["iss": .string("https://elsewhere.test/\(cognito.pool)")],
                    withKeyOf: cognito.pool
                ),
            ]
            for (number, token) in bad.enumerated() {
                let answer = await sample.call(cognito, ["AccessToken": token])
                #expect(answer.refusal == .invalidAccessToken, "number \(number)")
            }
        }
    }

    @Test("a token must be there, and must not be empty", arguments: all)
    func missing(sample: Sample) async throws {
        try await Cognito.run { cognito in
            for token in [[:], ["AccessToken": ""]] as [Members] {
                let refusal = try #require(await sample.call(cognito, token).refusal)
                #expect(refusal.code == "InvalidParameterException")
                // Where a session may stand for it, that is said.
                #expect(refusal.message.contains("'accessToken'") || refusal.message.contains("Session"))
            }
        }
    }

    @Test("a token without the scope of users admits nobody", arguments: all)
    func scope(sample: Sample) async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let access = try await cognito.signedIn().access
            let token = try await cognito.forged(access, ["scope": .string("openid")], withKeyOf: cognito.pool)
            let refusal = Refusal.notAuthorized("Access Token does not have required scopes")
            #expect(await sample.call(cognito, ["AccessToken": token]).refusal == refusal)
        }
    }

    @Test("a token is good until the second of its expiry", arguments: all)
    func expiry(sample: Sample) async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let access = try await cognito.signedIn().access
            cognito.clock.advance(.hours(1))
            #expect(await sample.call(cognito, ["AccessToken": access]).refusal == .accessTokenExpired)
        }
    }

    @Test(
        "how long, the client says",
        arguments: [(5, "minutes", 300), (300, "seconds", 300), (1, "days", 86_400), (nil, nil, 3600)]
            as [(Int?, String?, Int)]
    )
    func validity(value: Int?, unit: String?, seconds: Int) async throws {
        let settings: Members = [
            "AccessTokenValidity": value, "TokenValidityUnits": unit.map { ["AccessToken": $0] },
        ]
        try await Cognito.run(client: settings) { cognito in
            try await cognito.addUser()
            let answer = await cognito.signIn()
            #expect(answer["AuthenticationResult.ExpiresIn"]?.integerValue == Int64(seconds))
            let token = try Tokens(answer).access
            // The first call finds it genuine, the later ones find it known.
            for (step, refusal) in [(0, nil), (seconds - 1, nil), (1, .accessTokenExpired)] as [(Int, Refusal?)] {
                cognito.clock.advance(.seconds(step))
                #expect(await cognito.call(GetUser.self, ["AccessToken": token]).refusal == refusal)
            }
            let fresh = try await cognito.signedIn().access
            cognito.clock.advance(.seconds(seconds))
            #expect(await cognito.call(GetUser.self, ["AccessToken": fresh]).refusal == .accessTokenExpired)
        }
    }

    enum End: CaseIterable { case signOut, administrator, revocation, disabling }

    @Test("a token of a sign-in that was ended is revoked", arguments: all, End.allCases)
    func revoked(sample: Sample, end: End) async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let tokens = try await cognito.signedIn()
            let named: Members = ["UserPoolId": cognito.pool, "Username": "ada"]
            switch end {
            case .signOut: try await cognito.ok(GlobalSignOut.self, ["AccessToken": tokens.access])
            case .administrator: try await cognito.ok(AdminUserGlobalSignOut.self, named)
            case .revocation:
                try await cognito.ok(RevokeToken.self, ["ClientId": cognito.client.id, "Token": tokens.refresh])
            case .disabling: try await cognito.ok(AdminDisableUser.self, named)
            }
            #expect(await sample.call(cognito, ["AccessToken": tokens.access]).refusal == .accessTokenRevoked)
            // Who is enabled again isn't signed in again.
            try await cognito.ok(AdminEnableUser.self, named)
            #expect(await sample.call(cognito, ["AccessToken": tokens.access]).refusal == .accessTokenRevoked)
        }
    }

    enum Deletion: CaseIterable { case user, client, pool }

    @Test("a token outlives neither its user nor its client nor its pool", arguments: all, Deletion.allCases)
    func deleted(sample: Sample, deletion: Deletion) async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let access = try await cognito.signedIn().access
            switch deletion {
            case .user: try await cognito.ok(DeleteUser.self, ["AccessToken": access])
            case .client:
                let named: Members = ["UserPoolId": cognito.pool, "ClientId": cognito.client.id]
                try await cognito.ok(DeleteUserPoolClient.self, named)
            case .pool: try await cognito.ok(DeleteUserPool.self, ["UserPoolId": cognito.pool])
            }
            let answer = await sample.call(cognito, ["AccessToken": access])
            // Not all declare UserNotFoundException.
            let others = ["GlobalSignOut", "AssociateSoftwareToken", "VerifySoftwareToken"]
            let noUser = others.contains(sample.name) ? Refusal.accessTokenRevoked : .noUser
            #expect(answer.refusal == (deletion == .user ? noUser : .invalidAccessToken))
        }
    }
}
