import CognitoModel
import Domain
import Server
import Testing
import UserPools

/// GetProvisionedLimit, UpdateProvisionedLimit, and what they hold requests to.
@Suite struct LimitTests {
    private static func definition(_ attributes: [String: String]) -> Members {
        ["LimitDefinition": ["LimitClass": "API_CATEGORY", "Attributes": attributes] as Members]
    }

    private static func category(_ name: String) -> Members { definition(["Category": name]) }

    @Test("a limit is the default until it is set, each account's for itself")
    func values() async throws {
        try await Cognito.run { cognito in
            var sender = Sender.administrator
            sender.account = "777788889999"
            let users = Self.category("UserList")
            let creation = Self.category("UserCreation")
            let before = try await cognito.ok(GetProvisionedLimit.self, creation, from: sender)
            #expect(before["Limit.ProvisionedLimitValue"] == .integer(50))
            #expect(before["Limit.FreeLimitValue"] == .integer(50))
            #expect(before["Limit.LimitDefinition"] == creation["LimitDefinition"]?.json)
            let requested = creation.with(["RequestedLimitValue": 80])
            let set = try await cognito.ok(UpdateProvisionedLimit.self, requested, from: sender)
            #expect(set["Limit.ProvisionedLimitValue"] == .integer(80))
            #expect(set["Limit.FreeLimitValue"] == .integer(50))
            let after = try await cognito.ok(GetProvisionedLimit.self, creation, from: sender)
            #expect(after.json == set.json)
            let other = try await cognito.ok(GetProvisionedLimit.self, creation)
            #expect(other.json == before.json)
            let list = try await cognito.ok(GetProvisionedLimit.self, users, from: sender)
            #expect(list["Limit.ProvisionedLimitValue"] == .integer(30))
        }
    }

    @Test("what is no limit, or none that can be set, is refused")
    func refusals() async throws {
        try await Cognito.run { cognito in
            func refusals(_ definition: Members, _ value: Int = 100) async -> [Refusal?] {
                [
                    await cognito.call(GetProvisionedLimit.self, definition).refusal,
                    await cognito.call(UpdateProvisionedLimit.self, definition.with(["RequestedLimitValue": value]))
                        .refusal,
                ]
            }
            let missing = Refusal.invalid("Attributes must have the key Category.")
            #expect(Set(await refusals(Self.definition([:]))) == [missing])
            let unknown = Refusal.invalid("Attributes can have the key Category alone.")
            #expect(Set(await refusals(Self.definition(["Category": "UserRead", "Pool": "x"]))) == [unknown])
            for name in ["Nothing", "ChallengeResponse"] {
                let none = Refusal("ResourceNotFoundException", "Limit of category \(name) does not exist.")
                #expect(Set(await refusals(Self.category(name))) == [none])
            }
            let low = Refusal.invalid("RequestedLimitValue must not be below the default limit, 120.")
            #expect(await refusals(Self.category("UserRead"), 119) == [nil, low])
            func tooHigh(_ limit: Int) -> Refusal {
                Refusal(
                    "ServiceQuotaExceededException",
                    "RequestedLimitValue must not be above the account's limit, \(limit)."
                )
            }
            #expect(await refusals(Self.category("UserRead"), 100_001) == [nil, tooHigh(100_000)])
            #expect(await refusals(Self.category("UserList"), 31) == [nil, tooHigh(30)])
            let unsigned = await cognito.call(GetProvisionedLimit.self, Self.category("UserRead"), from: .unsigned)
            #expect(unsigned.refusal == .unsigned)
        }
    }

    @Test("where they are enforced, what goes past them is refused, until a second has passed")
    func enforced() async throws {
        var cognito = try await Cognito.open("sqlite::memory:", enforcesLimits: true)
        cognito.pool = try await cognito.makePool()
        cognito.client = try await cognito.makeClient(in: cognito.pool)
        let users: Members = ["UserPoolId": cognito.pool]
        for _ in 0..<30 { #expect(await cognito.call(ListUsers.self, users).refusal == nil) }
        #expect(await cognito.call(ListUsers.self, users).refusal == .rateExceeded)
        // Another category, and another account, aren't concerned.
        #expect(await cognito.call(DescribeUserPool.self, users).refusal == nil)
        #expect(await cognito.call(ListUsers.self, users, from: .otherAccount).refusal == .noPool(cognito.pool))
        cognito.clock.advance(.milliseconds(100))
        for _ in 0..<3 { #expect(await cognito.call(ListUsers.self, users).refusal == nil) }
        #expect(await cognito.call(ListUsers.self, users).refusal == .rateExceeded)

        // Those who sign nothing count against the pool's account; a limit that is raised holds at once.
        for _ in 0..<120 { #expect(await cognito.signIn("nobody").refusal == .noUser) }
        #expect(await cognito.signIn("nobody").refusal == .rateExceeded)
        let raised = Self.category("UserAuthentication").with(["RequestedLimitValue": 240])
        try await cognito.ok(UpdateProvisionedLimit.self, raised)
        cognito.clock.advance(.seconds(1))
        for _ in 0..<240 { #expect(await cognito.signIn("nobody").refusal == .noUser) }
        #expect(await cognito.signIn("nobody").refusal == .rateExceeded)
        await cognito.application.close()
    }

    @Test("where they aren't, nothing is refused")
    func notEnforced() async throws {
        try await Cognito.run { cognito in
            for _ in 0..<40 { #expect(await cognito.call(ListUsers.self, ["UserPoolId": cognito.pool]).refusal == nil) }
        }
    }
}
