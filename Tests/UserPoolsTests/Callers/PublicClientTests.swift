import CognitoModel
import Testing
import UserPools

/// Who may call what anybody may call who names an app client.
@Suite struct PublicClientTests {
    static func sample<Called: Operation>(_ operation: Called.Type, _ more: Members) -> Sample {
        Sample(operation) { cognito in
            let basis: Members = ["ClientId": cognito.client.id]
            return basis.with(more)
        }
    }

    static let revocation = sample(RevokeToken.self, ["Token": "a.b.c.d.e"])
    static let allButRevocation = [
        sample(SignUp.self, ["Username": "ada", "Password": Cognito.password]),
        sample(ConfirmSignUp.self, ["Username": "ada", "ConfirmationCode": "123456"]),
        sample(ResendConfirmationCode.self, ["Username": "ada"]), sample(ForgotPassword.self, ["Username": "ada"]),
        sample(
            ConfirmForgotPassword.self,
            ["Username": "ada", "ConfirmationCode": "123456", "Password": Cognito.password]
        ),
        sample(
            InitiateAuth.self,
            ["AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": ["USERNAME": "ada", "PASSWORD": "x"]]
        ),
        sample(
            RespondToAuthChallenge.self,
            ["ChallengeName": "PASSWORD", "ChallengeResponses": ["USERNAME": "ada", "PASSWORD": "x"]]
        ),
        sample(GetTokensFromRefreshToken.self, ["RefreshToken": "a.b.c.d.e"]),
        sample(GetClientToken.self, ["Secret": "012345678901234567890123"]),
        sample(GetDerivedToken.self, ["SubjectToken": "a.b.c", "SubjectTokenType": "ACCESS_TOKEN"]),
    ]
    static let all = allButRevocation + [revocation]

    @Test("the client must be one", arguments: allButRevocation)
    func unknown(sample: Sample) async throws {
        try await Cognito.run { cognito in
            #expect(await sample.call(cognito, ["ClientId": "nobody"], from: .unsigned).refusal == .noClient("nobody"))
        }
    }

    @Test("a client that is deleted, or its pool, is gone at once", arguments: allButRevocation, [true, false])
    func deleted(sample: Sample, withPool: Bool) async throws {
        try await Cognito.run { cognito in
            _ = await sample.call(cognito)
            if withPool {
                try await cognito.ok(DeleteUserPool.self, ["UserPoolId": cognito.pool])
            } else {
                let named: Members = ["UserPoolId": cognito.pool, "ClientId": cognito.client.id]
                try await cognito.ok(DeleteUserPoolClient.self, named)
            }
            #expect(await sample.call(cognito).refusal == .noClient(cognito.client.id))
        }
    }

    @Test("who isn't a client may not revoke")
    func revoking() async throws {
        try await Cognito.run { cognito in
            #expect(await Self.revocation.call(cognito, ["ClientId": "nobody"]).refusal == .mayNotRevoke)
            #expect(await Self.revocation.call(cognito, from: .unsigned).refusal == nil)
        }
    }

    @Test("a client's id has its form", arguments: all)
    func malformed(sample: Sample) async throws {
        try await Cognito.run { cognito in
            let refusal = try #require(await sample.call(cognito, ["ClientId": "a client"]).refusal)
            #expect(refusal.code == "InvalidParameterException" && refusal.message.contains("'clientId'"))
        }
    }
}
