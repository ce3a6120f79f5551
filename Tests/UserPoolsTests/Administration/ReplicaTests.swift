import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

/// CreateUserPoolReplica, ListUserPoolReplicas, UpdateUserPoolReplica and DeleteUserPoolReplica.
@Suite struct ReplicaTests {
    private static func replica(_ pool: String, _ status: String, in region: String = "eu-west-1") -> JSONValue {
        .object([
            "RegionName": .string(region), "Status": .string(status),
            "Role": .string(region == "us-east-1" ? "PRIMARY" : "SECONDARY"),
            "UserPoolArn": .string("arn:aws:cognito-idp:\(region):111122223333:userpool/\(pool)"),
        ])
    }

    @Test("a replica is made inactive, activated, and deleted once it is inactive", arguments: TestEngine.allCases)
    func story(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            let pool: Members = ["UserPoolId": cognito.pool]
            let place = pool.with(["RegionName": "eu-west-1"])
            func list() async throws -> [JSONValue] {
                try await cognito.ok(ListUserPoolReplicas.self, pool).list("UserPoolReplicas")
            }
            let primary = Self.replica(cognito.pool, "ACTIVE", in: "us-east-1")
            #expect(try await list() == [primary])
            let made = try await cognito.ok(CreateUserPoolReplica.self, place.with(["UserPoolTags": ["a": "b"]]))
            #expect(made["UserPoolReplica"] == Self.replica(cognito.pool, "INACTIVE"))
            #expect(try await list() == [primary, Self.replica(cognito.pool, "INACTIVE")])
            let active = try await cognito.ok(UpdateUserPoolReplica.self, place.with(["Status": "ACTIVE"]))
            #expect(active["UserPoolReplica"] == Self.replica(cognito.pool, "ACTIVE"))
            #expect(try await list() == [primary, Self.replica(cognito.pool, "ACTIVE")])
            let isActive = Refusal.invalid("The replica in eu-west-1 is active: it must be INACTIVE first.")
            #expect(await cognito.call(DeleteUserPoolReplica.self, place).refusal == isActive)
            try await cognito.ok(UpdateUserPoolReplica.self, place.with(["Status": "INACTIVE"]))
            let deleted = try await cognito.ok(DeleteUserPoolReplica.self, place)
            #expect(deleted["UserPoolReplica"] == Self.replica(cognito.pool, "DELETING"))
            #expect(try await list() == [primary])
        }
    }

    @Test("one replica, elsewhere, of a pool whose plan has it", arguments: TestEngine.allCases)
    func refusals(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            func create(_ region: String, tags: [String: String]? = nil) async -> Refusal? {
                let input: Members = ["UserPoolId": cognito.pool, "RegionName": region, "UserPoolTags": tags]
                return await cognito.call(CreateUserPoolReplica.self, input).refusal
            }
            #expect(await create("us-east-1") == .invalid("The region is the user pool's own."))
            #expect(await create("Mars!") == .invalid("Mars! is not a region."))
            let tags = Dictionary(uniqueKeysWithValues: (0...50).map { ("t\($0)", "x") })
            let tooMany = Refusal("UserPoolTaggingException", "A user pool can have 50 tags.")
            #expect(await create("eu-west-1", tags: tags) == tooMany)
            #expect(await create("eu-west-1") == nil)
            #expect(await create("eu-west-1") == .invalid("The user pool has a replica in eu-west-1 already."))
            #expect(await create("eu-west-2") == Refusal("LimitExceededException", "A user pool can have 1 replica."))
            let none = Refusal("ResourceNotFoundException", "The user pool has no replica in eu-west-2.")
            let place: Members = ["UserPoolId": cognito.pool, "RegionName": "eu-west-2", "Status": "ACTIVE"]
            #expect(await cognito.call(UpdateUserPoolReplica.self, place).refusal == none)
            #expect(await cognito.call(DeleteUserPoolReplica.self, place).refusal == none)
            let own = place.with(["RegionName": "us-east-1"])
            #expect(
                await cognito.call(DeleteUserPoolReplica.self, own).refusal
                    == .invalid("The region is the user pool's own.")
            )
            let token: Members = ["UserPoolId": cognito.pool, "NextToken": "made-up"]
            #expect(await cognito.call(ListUserPoolReplicas.self, token).refusal == .invalidPaginationToken)
            try await cognito.ok(UpdateUserPool.self, ["UserPoolId": cognito.pool, "UserPoolTier": "LITE"])
            #expect(await create("eu-west-3")?.code == "FeatureUnavailableInTierException")
        }
    }
}
