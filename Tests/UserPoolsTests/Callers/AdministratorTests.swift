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
        sample(AddCustomAttributes.self, ["CustomAttributes": [["Name": "a", "AttributeDataType": "String"]]]),
    ]
    static let ofUsers = [
        ofUser(AdminGetUser.self), ofUser(AdminDeleteUser.self), ofUser(AdminDisableUser.self),
        ofUser(AdminEnableUser.self), ofUser(AdminConfirmSignUp.self), ofUser(AdminUserGlobalSignOut.self),
        ofUser(AdminSetUserPassword.self, ["Password": Cognito.password]),
        ofUser(AdminUpdateUserAttributes.self, ["UserAttributes": attributes(["name": "Ada"])]),
        ofUser(AdminDeleteUserAttributes.self, ["UserAttributeNames": ["name"]]), ofUser(AdminResetUserPassword.self),
        ofUser(AdminCreateUser.self, ["MessageAction": "RESEND"]), ofUser(AdminListGroupsForUser.self),
        ofUser(AdminListUserSessions.self),
        ofUser(AdminRevokeUserSession.self, ["SessionId": "tkn0000000000000000000000000"]),
        ofUser(AdminSetUserSettings.self, ["MFAOptions": [Members]()]),
        ofUser(AdminDeleteSoftwareToken.self), ofUser(AdminSetUserMFAPreference.self),
        ofUser(AdminGetUserAuthFactors.self),
        ofUser(AdminAddUserToGroup.self, ["GroupName": "g"]), ofUser(AdminRemoveUserFromGroup.self, ["GroupName": "g"]),
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
        ofClient(AddUserPoolClientSecret.self), ofClient(ListUserPoolClientSecrets.self),
        ofClient(DeleteUserPoolClientSecret.self, ["ClientSecretId": "c--1700000000"]),
        ofClient(GetUserPoolClientSessionConfiguration.self),
        ofClient(SetUserPoolClientSessionConfiguration.self, ["SSOSession": ["MaxValidityMinutes": 5]]),
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
        ofPools + ofUsers + ofDevices + ofGroups + ofClients + ofResources + ofImports + resourcesOfClients + [
            sample(ListUsers.self), sample(ListUserPoolClients.self),
            sample(CreateUserPoolClient.self, ["ClientName": "second"]), sample(GetUserPoolSessionConfiguration.self),
            sample(
                SetUserPoolSessionConfiguration.self,
                ["UserSessionTracking": "ENABLED", "TokenSession": ["MaxPerUser": 2]]
            ),
        ] + ofSecurity
    static let ofSecurity = [
        sample(DescribeRiskConfiguration.self), sample(SetRiskConfiguration.self),
        ofUser(AdminListUserAuthEvents.self),
        ofUser(AdminUpdateAuthEventFeedback.self, ["EventId": "1", "FeedbackValue": "Valid"]),
        sample(ListUserPoolReplicas.self), sample(CreateUserPoolReplica.self, ["RegionName": "eu-west-1"]),
        sample(UpdateUserPoolReplica.self, ["RegionName": "eu-west-1", "Status": "ACTIVE"]),
        sample(DeleteUserPoolReplica.self, ["RegionName": "eu-west-1"]),
        sample(GetLogDeliveryConfiguration.self),
        sample(SetLogDeliveryConfiguration.self, ["LogConfigurations": [JSONValue]()]),
    ]
    static let all =
        inPool + ofAnyForm + [
            ofDomain,
            Sample(CreateUserPool.self) { _ in ["PoolName": "second"] },
            Sample(ListUserPools.self) { _ in ["MaxResults": 1] },
        ] + ofTags + ofLimits

    static let ofDomain = Sample(DescribeUserPoolDomain.self) { _ in ["Domain": "d"] }

    private static func arn(_ cognito: Cognito) -> String {
        "arn:aws:cognito-idp:us-east-1:111122223333:userpool/\(cognito.pool)"
    }

    private static let limit: Members = ["LimitClass": "API_CATEGORY", "Attributes": ["Category": "UserRead"]]

    /// They name their pool by its ARN: see `TagTests`.
    static let ofTags = [
        Sample(TagResource.self) { ["ResourceArn": arn($0), "Tags": ["a": "b"]] },
        Sample(UntagResource.self) { ["ResourceArn": arn($0), "TagKeys": ["a"]] },
        Sample(ListTagsForResource.self) { ["ResourceArn": arn($0)] },
    ]
    static let ofLimits = [
        Sample(GetProvisionedLimit.self) { _ in ["LimitDefinition": limit] },
        Sample(UpdateProvisionedLimit.self) { _ in ["LimitDefinition": limit, "RequestedLimitValue": 120] },
    ]

    @Test("whoever signs nothing learns nothing, not even of malformed parameters", arguments: all)
    func unsigned(sample: Sample) async throws {
        try await Cognito.run { cognito in
            #expect(await sample.call(cognito, from: .unsigned).refusal == .unsigned)
            #expect(await sample.call(cognito, ["UserPoolId": "?"], from: .unsigned).refusal == .unsigned)
        }
    }

    @Test("a pool of another account or region isn't there, and stays as it is", arguments: inPool + ofAnyForm)
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

    @Test("so has whatever else stands for a pool", arguments: ofTags + [ofDomain])
    func malformedNames(sample: Sample) async throws {
        try await Cognito.run { cognito in
            let refusal = try #require(
                await sample.call(cognito, ["ResourceArn": "no arn", "Domain": "no domain"]).refusal
            )
            #expect(refusal.code == "InvalidParameterException")
        }
    }

    @Test("a client of another pool isn't there", arguments: ofClients + resourcesOfClients)
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
        // Whoever has its token may call it: see `FeedbackTests`.
        let feedback = Sample(UpdateAuthEventFeedback.self) { _ in [:] }
        let samples = Self.all + TokenHolderTests.all + PublicClientTests.all + [feedback]
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
