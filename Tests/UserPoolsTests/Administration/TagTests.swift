import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

/// TagResource, UntagResource and ListTagsForResource.
@Suite struct TagTests {
    private static func arn(_ pool: String, account: String = "111122223333") -> String {
        "arn:aws:cognito-idp:us-east-1:\(account):userpool/\(pool)"
    }

    private static func missing(_ arn: String) -> Refusal {
        Refusal("ResourceNotFoundException", "\(arn) is not a user pool.")
    }

    @Test("tags are added, changed, listed, shown and taken away", arguments: TestEngine.allCases)
    func story(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: ["UserPoolTags": ["team": "blue"]]) { cognito in
            let resource: Members = ["ResourceArn": Self.arn(cognito.pool)]
            try await cognito.ok(TagResource.self, resource.with(["Tags": ["team": "red", "stage": ""]]))
            let listed = try await cognito.ok(ListTagsForResource.self, resource)
            #expect(listed["Tags"] == .object(["team": .string("red"), "stage": .string("")]))
            let described = try await cognito.ok(DescribeUserPool.self, ["UserPoolId": cognito.pool])
            #expect(described["UserPool.UserPoolTags"] == listed["Tags"])
            try await cognito.ok(UntagResource.self, resource.with(["TagKeys": ["team", "unknown"]]))
            let rest = try await cognito.ok(ListTagsForResource.self, resource)
            #expect(rest["Tags"] == .object(["stage": .string("")]))
        }
    }

    @Test("of many at once none is lost, and no more than fifty come in", arguments: TestEngine.allCases)
    func atOnce(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            let resource: Members = ["ResourceArn": Self.arn(cognito.pool)]
            let refusals = await withTaskGroup(of: Refusal?.self) { group in
                for number in 0..<56 {
                    group.addTask {
                        await cognito.call(TagResource.self, resource.with(["Tags": ["t\(number)": "x"]])).refusal
                    }
                }
                var refusals: [Refusal] = []
                for await refusal in group { if let refusal { refusals.append(refusal) } }
                return refusals
            }
            #expect(refusals == [Refusal](repeating: .invalid("A user pool can have 50 tags."), count: 6))
            let listed = try await cognito.ok(ListTagsForResource.self, resource)
            guard case .object(let tags) = listed["Tags"] else { throw Refusal("", "no tags") }
            #expect(tags.count == 50)
        }
    }

    @Test("what is no pool of the caller's, and reserved keys, are refused")
    func refusals() async throws {
        try await Cognito.run { cognito in
            let tags: Members = ["Tags": ["a": "b"], "TagKeys": ["a"]]
            func refusals(_ arn: String, from sender: Sender = .administrator) async -> [Refusal?] {
                let input = tags.with(["ResourceArn": arn])
                return [
                    await cognito.call(TagResource.self, input, from: sender).refusal,
                    await cognito.call(UntagResource.self, input, from: sender).refusal,
                    await cognito.call(ListTagsForResource.self, input, from: sender).refusal,
                ]
            }
            let own = Self.arn(cognito.pool)
            let nowhere = Self.arn("us-east-1_Nowhere")
            let foreign = Self.arn(cognito.pool, account: "444455556666")
            let other = "arn:aws:cognito-identity:us-east-1:111122223333:identitypool/x"
            #expect(Set(await refusals(nowhere)) == [.noPool("us-east-1_Nowhere")])
            #expect(Set(await refusals(foreign)) == [Self.missing(foreign)])
            #expect(Set(await refusals(other)) == [Self.missing(other)])
            #expect(Set(await refusals(own, from: .otherAccount)) == [.noPool(cognito.pool)])
            #expect(Set(await refusals(own, from: .unsigned)) == [.unsigned])
            let reserved: Members = ["ResourceArn": own, "Tags": ["AWS:x": "y"]]
            let expected = Refusal.invalid("Tag keys that begin with aws: are reserved.")
            #expect(await cognito.call(TagResource.self, reserved).refusal == expected)
        }
    }
}
