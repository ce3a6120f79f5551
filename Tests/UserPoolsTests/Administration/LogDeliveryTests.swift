import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

/// GetLogDeliveryConfiguration and SetLogDeliveryConfiguration.
@Suite struct LogDeliveryTests {
    private static let group: Members = ["LogGroupArn": "arn:aws:logs:us-east-1:111122223333:log-group:x"]

    private static func log(_ source: String, _ level: String, _ destinations: Members) -> Members {
        destinations.with(["EventSource": source, "LogLevel": level])
    }

    private static let messages = log("userNotification", "ERROR", ["CloudWatchLogsConfiguration": group])
    private static let events = log("userAuthEvents", "INFO", ["S3Configuration": ["BucketArn": "arn:aws:s3:::logs"]])

    @Test("what was set is shown, and nothing before", arguments: TestEngine.allCases)
    func story(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: ["UserPoolTier": "PLUS"]) { cognito in
            let place: Members = ["UserPoolId": cognito.pool]
            let unset = try await cognito.ok(GetLogDeliveryConfiguration.self, place)
            let nothing: JSONValue = .object([
                "UserPoolId": .string(cognito.pool), "LogConfigurations": .array([]),
            ])
            #expect(unset["LogDeliveryConfiguration"] == nothing)
            let logs: Members = ["LogConfigurations": [Self.messages, Self.events]]
            let set = try await cognito.ok(SetLogDeliveryConfiguration.self, place.with(logs))
            #expect(set.list("LogDeliveryConfiguration.LogConfigurations").count == 2)
            #expect(try await cognito.ok(GetLogDeliveryConfiguration.self, place).json == set.json)
            try await cognito.ok(UpdateUserPool.self, place.with(["UserPoolTier": "PLUS"]))
            #expect(try await cognito.ok(GetLogDeliveryConfiguration.self, place).json == set.json)
            try await cognito.ok(SetLogDeliveryConfiguration.self, place.with(["LogConfigurations": [JSONValue]()]))
            #expect(try await cognito.ok(GetLogDeliveryConfiguration.self, place).json == unset.json)
        }
    }

    @Test(
        "what doesn't go together is refused",
        arguments: [
            ([messages, messages], "EventSource userNotification can be configured once only."),
            (
                [log("userNotification", "INFO", ["CloudWatchLogsConfiguration": group])],
                "LogLevel of EventSource userNotification must be ERROR."
            ),
            (
                [log("userAuthEvents", "ERROR", ["CloudWatchLogsConfiguration": group])],
                "LogLevel of EventSource userAuthEvents must be INFO."
            ),
            ([log("userAuthEvents", "INFO", [:])], "EventSource userAuthEvents must have exactly one destination."),
            (
                [
                    log(
                        "userAuthEvents",
                        "INFO",
                        [
                            "CloudWatchLogsConfiguration": group,
                            "S3Configuration": ["BucketArn": "arn:aws:s3:::logs"],
                        ]
                    )
                ],
                "EventSource userAuthEvents must have exactly one destination."
            ),
            (
                [log("userNotification", "ERROR", ["S3Configuration": ["BucketArn": "arn:aws:s3:::logs"]])],
                "EventSource userNotification can be delivered to CloudWatch Logs alone."
            ),
        ] as [([Members], String)]
    )
    func refusals(logs: [Members], message: String) async throws {
        try await Cognito.run(pool: ["UserPoolTier": "PLUS"]) { cognito in
            let input: Members = ["UserPoolId": cognito.pool, "LogConfigurations": logs]
            #expect(await cognito.call(SetLogDeliveryConfiguration.self, input).refusal == .invalid(message))
        }
    }

    @Test("what users do is exported by the PLUS plan alone")
    func tier() async throws {
        try await Cognito.run { cognito in
            let input: Members = ["UserPoolId": cognito.pool, "LogConfigurations": [Self.events]]
            let expected = Refusal(
                "FeatureUnavailableInTierException",
                "The following features need to be disabled for the ESSENTIALS pricing tier configured: "
                    + "User Activity Log Export"
            )
            #expect(await cognito.call(SetLogDeliveryConfiguration.self, input).refusal == expected)
        }
    }
}
