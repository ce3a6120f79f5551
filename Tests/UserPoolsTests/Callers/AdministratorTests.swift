import CognitoModel
import Testing
import UserPools

/// Who may call what administrators call: whoever signs with a key of the pool's account, for its region.
@Suite struct AdministratorTests {
    static func sample<Called: Operation>(_ operation: Called.Type, _ more: Members = [:]) -> Sample {
        Sample(operation) { cognito in
            let basis: Members = ["UserPoolId": cognito.pool]
            return basis.with(more)
        }
    }

    static func ofUser<Called: Operation>(_ operation: Called.Type, _ more: Members = [:]) -> Sample {
        sample(operation, more.with(["Username": "ada"]))
    }

    static func ofClient<Called: Operation>(_ operation: Called.Type, _ more: Members = [:]) -> Sample {
        Sample(operation) { cognito in
            let basis: Members = ["UserPoolId": cognito.pool, "ClientId": cognito.client.id]
            return basis.with(more)
        }
    }

    static let ofPools = [
        sample(DescribeUserPool.self), sample(UpdateUserPool.self), sample(DeleteUserPool.self),
        sample(GetUserPoolMfaConfig.self), sample(SetUserPoolMfaConfig.self, ["MfaConfiguration": "OFF"]),
    ]
    static let ofUsers = [
        ofUser(AdminGetUser.self), ofUser(AdminDeleteUser.self), ofUser(AdminDisableUser.self),
        ofUser(AdminEnableUser.self), ofUser(AdminConfirmSignUp.self), ofUser(AdminUserGlobalSignOut.self),
        ofUser(AdminSetUserPassword.self, ["Password": Cognito.password]),
        ofUser(AdminUpdateUserAttributes.self, ["UserAttributes": attributes(["name": "Ada"])]),
        ofUser(AdminCreateUser.self, ["MessageAction": "RESEND"]), ofUser(AdminListGroupsForUser.self),
        ofUser(AdminAddUserToGroup.self, ["GroupName": "g"]), ofUser(AdminRemoveUserFromGroup.self, ["GroupName": "g"]),
        ofUser(AdminDeleteSoftwareToken.self), ofUser(AdminSetUserMFAPreference.self),
        ofUser(AdminGetUserAuthFactors.self),
        ofUser(AdminForgetDevice.self, ["DeviceKey": "us-east-1_a"]),
        ofUser(AdminUpdateDeviceStatus.self, ["DeviceKey": "us-east-1_a"]),
    ]
    /// These declare no UserNotFoundException.
    static let ofDevices = [
        ofUser(AdminGetDevice.self, ["DeviceKey": "us-east-1_a"]), ofUser(AdminListDevices.self),
    ]
    static let ofGroups = [
        sample(CreateGroup.self, ["GroupName": "g"]), sample(GetGroup.self, ["GroupName": "g"]),
        sample(UpdateGroup.self, ["GroupName": "g"]), sample(DeleteGroup.self, ["GroupName": "g"]),
        sample(ListGroups.self), sample(ListUsersInGroup.self, ["GroupName": "g"]),
    ]
    static let ofClients = [
        ofClient(DescribeUserPoolClient.self), ofClient(UpdateUserPoolClient.self),
        ofClient(DeleteUserPoolClient.self),
        ofClient(
            AdminInitiateAuth.self,
            ["AuthFlow": "ADMIN_USER_PASSWORD_AUTH", "AuthParameters": ["USERNAME": "ada", "PASSWORD": "x"]]
        ),
        ofClient(
            AdminRespondToAuthChallenge.self,
            ["ChallengeName": "PASSWORD", "ChallengeResponses": ["USERNAME": "ada"]]
        ),
    ]
    static let inPool =
        ofPools + ofUsers + ofDevices + ofGroups + ofClients + [
            sample(ListUsers.self), sample(ListUserPoolClients.self),
            sample(CreateUserPoolClient.self, ["ClientName": "second"]),
        ]
    static let all =
        inPool + [
            Sample(CreateUserPool.self) { _ in ["PoolName": "second"] },
            Sample(ListUserPools.self) { _ in ["MaxResults": 1] },
        ]

    @Test("whoever signs nothing learns nothing, not even of malformed parameters", arguments: all)
    func unsigned(sample: Sample) async throws {
        try await Cognito.run { cognito in
            #expect(await sample.call(cognito, from: .unsigned).refusal == .unsigned)
            #expect(await sample.call(cognito, ["UserPoolId": "?"], from: .unsigned).refusal == .unsigned)
        }
    }

    @Test("a pool of another account or region isn't there, and stays as it is", arguments: inPool)
    func others(sample: Sample) async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let before = try await state(cognito)
            for sender in [Sender.otherAccount, .otherRegion] {
                #expect(await sample.call(cognito, from: sender).refusal == .noPool(cognito.pool))
            }
            #expect(try await state(cognito) == before)
            #expect(
                await sample.call(cognito, ["UserPoolId": "us-east-1_nothing"]).refusal == .noPool("us-east-1_nothing")
            )
        }
    }

    @Test("a pool's id has its form", arguments: inPool)
    func malformed(sample: Sample) async throws {
        try await Cognito.run { cognito in
            let refusal = try #require(await sample.call(cognito, ["UserPoolId": "us east"]).refusal)
            #expect(refusal.code == "InvalidParameterException")
            #expect(refusal.message.hasPrefix("1 validation error detected: Value 'us east' at 'userPoolId' failed"))
        }
    }

    @Test("a client of another pool isn't there", arguments: ofClients)
    func clients(sample: Sample) async throws {
        try await Cognito.run { cognito in
            let other = try await cognito.makeClient(in: try await cognito.makePool())
            for id in [other.id, "nobody"] {
                #expect(await sample.call(cognito, ["ClientId": id]).refusal == .noClient(id))
            }
            let described: Members = ["UserPoolId": other.pool, "ClientId": other.id]
            #expect(await cognito.call(DescribeUserPoolClient.self, described).refusal == nil)
        }
    }

    @Test("there must be such a user", arguments: ofUsers)
    func users(sample: Sample) async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser("ada", in: try await cognito.makePool())
            #expect(await sample.call(cognito).refusal == .noUser)
        }
    }

    @Test("the tables have every operation, each at one caller")
    func complete() {
        let samples = Self.all + TokenHolderTests.all + PublicClientTests.all
        #expect(samples.map(\.name).sorted() == UserPoolOperations.table.map(\.name).sorted())
    }

    private func state(_ cognito: Cognito) async throws -> [JSONValue?] {
        [
            try await cognito.user().json,
            try await cognito.ok(DescribeUserPool.self, ["UserPoolId": cognito.pool]).json,
            try await cognito.ok(ListUserPoolClients.self, ["UserPoolId": cognito.pool]).json,
            try await cognito.ok(
                DescribeUserPoolClient.self,
                ["UserPoolId": cognito.pool, "ClientId": cognito.client.id]
            ).json,
        ]
    }
}
