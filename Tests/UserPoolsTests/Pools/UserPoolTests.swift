import CognitoModel
import Testing
import UserPools

/// CreateUserPool, DescribeUserPool, UpdateUserPool, DeleteUserPool and ListUserPools.
@Suite struct UserPoolTests {
    @Test("a pool has Cognito's defaults")
    func defaults() async throws {
        try await Cognito.run { cognito in
            let created = await cognito.call(CreateUserPool.self, ["PoolName": "plain"])
            let id = try created.text("UserPool.Id")
            #expect(id.contains(/^us-east-1_[0-9A-Za-z]{9}$/))
            #expect(created.string("UserPool.Arn") == "arn:aws:cognito-idp:us-east-1:111122223333:userpool/\(id)")
            #expect(created.string("UserPool.Name") == "plain")
            let policy = created["UserPool.Policies.PasswordPolicy"]
            #expect(policy?["MinimumLength"] == .integer(8))
            for rule in ["RequireUppercase", "RequireLowercase", "RequireNumbers", "RequireSymbols"] {
                #expect(policy?[rule] == .boolean(true))
            }
            #expect(policy?["TemporaryPasswordValidityDays"] == .integer(7))
            let factors = created.list("UserPool.Policies.SignInPolicy.AllowedFirstAuthFactors")
            #expect(factors == [.string("PASSWORD")])
            #expect(created.string("UserPool.MfaConfiguration") == "OFF")
            #expect(created.string("UserPool.DeletionProtection") == "INACTIVE")
            #expect(created.string("UserPool.UserPoolTier") == "ESSENTIALS")
            #expect(created["UserPool.KeyConfiguration"] == .object(["KeyType": .string("AWS_OWNED_KEY")]))
            #expect(created["UserPool.IssuerConfiguration"] == .object(["Type": .string("ORIGINAL")]))
            #expect(created["UserPool.AccountRecoverySetting"] == nil)
            #expect(created["UserPool.AdminCreateUserConfig.AllowAdminCreateUserOnly"] == .boolean(false))
            #expect(created["UserPool.EstimatedNumberOfUsers"] == .integer(0))
            #expect(created["UserPool.CreationDate"] == .number(Double(cognito.clock.now.seconds)))
            #expect(created.list("UserPool.SchemaAttributes").count == 21)
            let described = await cognito.call(DescribeUserPool.self, ["UserPoolId": id])
            #expect(described.json == created.json)
        }
    }

    @Test("a pool counts its users")
    func count() async throws {
        try await Cognito.run { cognito in
            for number in 0..<3 { try await cognito.addInvitedUser("u\(number)") }
            try await cognito.ok(AdminDeleteUser.self, cognito.named("u0"))
            let answer = try await describe(cognito)
            #expect(answer["UserPool.EstimatedNumberOfUsers"] == .integer(2))
        }
    }

    @Test("an update sets what it names, and keeps or resets what it leaves out as Cognito does")
    func update() async throws {
        let schema: [Members] = [["Name": "level", "AttributeDataType": "Number"]]
        let pool: Members = [
            "Schema": schema, "UsernameAttributes": ["email"], "UserPoolTags": ["team": "blue"],
            "SmsAuthenticationMessage": "code {####}", "UsernameConfiguration": ["CaseSensitive": false],
            "VerificationMessageTemplate": ["EmailSubject": "Hello"],
            "AccountRecoverySetting": ["RecoveryMechanisms": [["Name": "verified_email", "Priority": 1] as Members]],
        ]
        try await Cognito.run(pool: pool) { cognito in
            let factors: Members = ["Enabled": true]
            try await cognito.ok(
                SetUserPoolMfaConfig.self,
                [
                    "UserPoolId": cognito.pool, "MfaConfiguration": "OPTIONAL",
                    "SoftwareTokenMfaConfiguration": factors,
                ]
            )
            let before = try await describe(cognito)
            cognito.clock.advance(.seconds(60))
            let changes: Members = [
                "UserPoolId": cognito.pool, "PoolName": "renamed", "DeletionProtection": "ACTIVE",
                "Policies": ["PasswordPolicy": ["MinimumLength": 12]],
            ]
            #expect(await cognito.call(UpdateUserPool.self, changes).refusal == nil)
            let after = try await describe(cognito)
            for member in [
                "Id", "Arn", "SchemaAttributes", "UsernameAttributes", "UsernameConfiguration", "UserPoolTags",
                "MfaConfiguration", "VerificationMessageTemplate", "UserPoolTier", "AccountRecoverySetting",
            ] {
                #expect(after["UserPool.\(member)"] == before["UserPool.\(member)"], "\(member)")
            }
            #expect(after["UserPool.CreationDate"] == before["UserPool.CreationDate"])
            #expect(after["UserPool.LastModifiedDate"] == .number(Double(cognito.clock.now.seconds)))
            #expect(after.string("UserPool.Name") == "renamed")
            #expect(
                after["UserPool.SmsAuthenticationMessage"] == nil && after["UserPool.AutoVerifiedAttributes"] == nil
            )
            #expect(after["UserPool.Policies.PasswordPolicy.MinimumLength"] == .integer(12))
            let short = cognito.named("ada@example.com", ["TemporaryPassword": "elevenchars"])
            #expect(await cognito.call(AdminCreateUser.self, short).refusal == .passwordTooShort)
        }
    }

    @Test("a pool is deleted with all that is in it, unless it is protected")
    func delete() async throws {
        try await Cognito.run(pool: ["DeletionProtection": "ACTIVE"]) { cognito in
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            let named: Members = ["UserPoolId": cognito.pool]
            let refusal = Refusal.invalid(
                "The user pool cannot be deleted because deletion protection is activated. "
                    + "Deletion protection must be inactivated first."
            )
            #expect(await cognito.call(DeleteUserPool.self, named).refusal == refusal)
            #expect(await cognito.call(GetUser.self, ["AccessToken": token]).refusal == nil)
            try await cognito.ok(UpdateUserPool.self, named.with(["DeletionProtection": "INACTIVE"]))
            let deleted = await cognito.call(DeleteUserPool.self, named)
            #expect(deleted.refusal == nil && deleted.json == nil)
            #expect(await cognito.call(DescribeUserPool.self, named).refusal == .noPool(cognito.pool))
            #expect(await cognito.call(DeleteUserPool.self, named).refusal == .noPool(cognito.pool))
            #expect(await cognito.call(GetUser.self, ["AccessToken": token]).refusal == .invalidAccessToken)
            #expect(await cognito.signIn().refusal == .noClient(cognito.client.id))
        }
    }

    @Test("an account lists its pools of the region")
    func list() async throws {
        try await Cognito.run { cognito in
            let here = Sender(account: "123123123123")
            let there = Sender(account: here.account, region: "eu-central-1")
            let pools = [
                try await cognito.makePool(["PoolName": "one"], from: here),
                try await cognito.makePool(["PoolName": "two"], from: here),
            ]
            let elsewhere = try await cognito.makePool(["PoolName": "three"], from: there)
            #expect(elsewhere.hasPrefix("eu-central-1_"))
            let answer = await cognito.call(ListUserPools.self, ["MaxResults": 60], from: here)
            let shown = answer.list("UserPools")
            #expect(shown.compactMap { $0["Id"]?.stringValue } == pools.sorted())
            #expect(Set(shown.compactMap { $0["Name"]?.stringValue }) == ["one", "two"])
            #expect(answer["NextToken"] == nil)
            let others = await cognito.call(ListUserPools.self, ["MaxResults": 60], from: there)
            #expect(others.list("UserPools").compactMap { $0["Id"]?.stringValue } == [elsewhere])
            for sender in [here, there] {
                for pool in pools + [elsewhere] {
                    let found = await cognito.call(DescribeUserPool.self, ["UserPoolId": pool], from: sender)
                    #expect((found.refusal == nil) == pool.hasPrefix(sender.region))
                    if found.refusal == nil {
                        try await cognito.ok(DeleteUserPool.self, ["UserPoolId": pool], from: sender)
                    }
                }
            }
        }
    }

    @Test("in dev a tag pins the id of a new pool")
    func pinned() async throws {
        try await Cognito.run { cognito in
            let id = "us-east-1_Pinned\(cognito.clock.now.seconds)"
            let input: Members = ["PoolName": "p", "UserPoolTags": ["martlet:id": id]]
            #expect(await cognito.call(CreateUserPool.self, input).string("UserPool.Id") == id)
            let again = await cognito.call(CreateUserPool.self, input)
            #expect(again.refusal == .invalid("User pool \(id) already exists."))
            for bad in ["eu-central-1_A", "us-east-1_", "us-east-1_a b"] {
                let tagged: Members = ["PoolName": "p", "UserPoolTags": ["martlet:id": bad]]
                let message = "The tag martlet:id must be us-east-1_ followed by letters and digits."
                #expect(await cognito.call(CreateUserPool.self, tagged).refusal == .invalid(message))
            }
        }
    }

    private func describe(_ cognito: Cognito) async throws -> Answer {
        try await cognito.ok(DescribeUserPool.self, ["UserPoolId": cognito.pool])
    }
}
