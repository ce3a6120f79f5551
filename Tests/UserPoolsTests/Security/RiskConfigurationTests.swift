import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

/// DescribeRiskConfiguration and SetRiskConfiguration.
@Suite struct RiskConfigurationTests {
    private static let whole: Members = [
        "CompromisedCredentialsRiskConfiguration": ["Actions": ["EventAction": "BLOCK"]],
        "AccountTakeoverRiskConfiguration": [
            "Actions": ["HighAction": ["Notify": false, "EventAction": "BLOCK"] as Members]
        ],
        "RiskExceptionConfiguration": [
            "BlockedIPRangeList": ["203.0.113.0/24"], "SkippedIPRangeList": ["2001:db8::/32"],
        ],
    ]

    @Test("a pool's configuration is shown as it was set, and reset", arguments: TestEngine.allCases)
    func pool(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Cognito.protected()) { cognito in
            let place: Members = ["UserPoolId": cognito.pool]
            let unset = try await cognito.ok(DescribeRiskConfiguration.self, place)
            #expect(unset["RiskConfiguration"] == .object(["UserPoolId": .string(cognito.pool)]))
            let set = try await cognito.setRisk(Self.whole)
            #expect(
                set["RiskConfiguration.CompromisedCredentialsRiskConfiguration.EventFilter"]
                    == .array([.string("SIGN_IN"), .string("PASSWORD_CHANGE"), .string("SIGN_UP")])
            )
            #expect(set["RiskConfiguration.LastModifiedDate"] == .number(Double(cognito.clock.now.seconds)))
            let described = try await cognito.ok(DescribeRiskConfiguration.self, place)
            #expect(described.json == set.json)
            try await cognito.setRisk([:])
            #expect(try await cognito.ok(DescribeRiskConfiguration.self, place).json == unset.json)
        }
    }

    @Test("a client has its own, which outlives a change of the client")
    func client() async throws {
        try await Cognito.run(pool: Cognito.protected()) { cognito in
            let place: Members = ["UserPoolId": cognito.pool, "ClientId": cognito.client.id]
            let set = try await cognito.setRisk(Self.whole, ofClient: true)
            #expect(set.string("RiskConfiguration.ClientId") == cognito.client.id)
            try await cognito.update(cognito.client, ["ClientName": "renamed"])
            #expect(try await cognito.ok(DescribeRiskConfiguration.self, place).json == set.json)
            let pool = try await cognito.ok(DescribeRiskConfiguration.self, ["UserPoolId": cognito.pool])
            #expect(pool["RiskConfiguration.RiskExceptionConfiguration"] == nil)
            try await cognito.setRisk([:], ofClient: true)
            let reset = try await cognito.ok(DescribeRiskConfiguration.self, place)
            #expect(reset["RiskConfiguration.RiskExceptionConfiguration"] == nil)
        }
    }

    @Test("without the add-on there is none, and no history", arguments: ["OFF", nil])
    func addOnOff(mode: String?) async throws {
        let settings: Members = mode.map { ["UserPoolAddOns": ["AdvancedSecurityMode": $0]] } ?? [:]
        try await Cognito.run(pool: settings) { cognito in
            try await cognito.addUser()
            let place: Members = ["UserPoolId": cognito.pool]
            let event: Members = ["EventId": "1", "FeedbackValue": "Valid", "FeedbackToken": "x"]
            #expect(await cognito.call(DescribeRiskConfiguration.self, place).refusal == .addOnOff)
            #expect(await cognito.call(SetRiskConfiguration.self, place).refusal == .addOnOff)
            #expect(await cognito.call(AdminListUserAuthEvents.self, cognito.named()).refusal == .addOnOff)
            let named = cognito.named("ada", event)
            #expect(await cognito.call(AdminUpdateAuthEventFeedback.self, named).refusal == .addOnOff)
            #expect(await cognito.call(UpdateAuthEventFeedback.self, named, from: .unsigned).refusal == .addOnOff)
        }
    }

    @Test("what can't be followed is refused")
    func refusals() async throws {
        try await Cognito.run(pool: Cognito.protected()) { cognito in
            func refusal(_ settings: Members) async -> Refusal? {
                let place: Members = ["UserPoolId": cognito.pool]
                return await cognito.call(SetRiskConfiguration.self, place.with(settings)).refusal
            }
            for range in ["10.0.0.1", "10.0.0.0/33", "example.com/8", "::/129"] {
                let exceptions: Members = ["RiskExceptionConfiguration": ["BlockedIPRangeList": [range]]]
                #expect(await refusal(exceptions) == .invalid("\(range) is not an IP address range in CIDR notation."))
            }
            let silent: Members = [
                "AccountTakeoverRiskConfiguration": [
                    "Actions": ["LowAction": ["Notify": true, "EventAction": "NO_ACTION"] as Members]
                ]
            ]
            let missing = Refusal.invalid("NotifyConfiguration is required where an action notifies users.")
            #expect(await refusal(silent) == missing)
            #expect(await refusal(["ClientId": "nobody"]) == .noClient("nobody"))
            let other: Members = ["UserPoolId": "us-east-1_Nowhere"]
            #expect(await cognito.call(SetRiskConfiguration.self, other).refusal == .noPool("us-east-1_Nowhere"))
            #expect(await cognito.call(DescribeRiskConfiguration.self, other).refusal == .noPool("us-east-1_Nowhere"))
        }
    }
}
