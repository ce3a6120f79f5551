import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

/// CreateGroup, GetGroup, UpdateGroup, DeleteGroup and ListGroups.
@Suite struct GroupTests {
    static let role = "arn:aws:iam::111122223333:role/readers"

    @Test("a precedence is no higher than the model's text says")
    func precedence() async throws {
        try await Cognito.run { cognito in
            let tooHigh = Refusal.invalid("Precedence can't be higher than 2147483647.")
            let highest: Members = ["Precedence": 2_147_483_647]
            let higher: Members = ["Precedence": 2_147_483_648]
            #expect(await cognito.call(CreateGroup.self, cognito.group("g", higher)).refusal == tooHigh)
            try await cognito.ok(CreateGroup.self, cognito.group("g", highest))
            #expect(await cognito.call(UpdateGroup.self, cognito.group("g", higher)).refusal == tooHigh)
        }
    }

    @Test("a group shows what it was given, and nothing else", arguments: TestEngine.allCases)
    func create(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            let now = JSONValue.number(Double(cognito.clock.now.seconds))
            let plain = try await cognito.ok(CreateGroup.self, cognito.group("plain"))
            let expected: [String: JSONValue] = [
                "GroupName": .string("plain"), "UserPoolId": .string(cognito.pool), "CreationDate": now,
                "LastModifiedDate": now,
            ]
            #expect(plain["Group"] == .object(expected))
            let more: Members = ["Description": "All, \"readers\"", "RoleArn": Self.role, "Precedence": 0]
            let full = try await cognito.ok(CreateGroup.self, cognito.group("réaders,1", more))
            #expect(full.string("Group.Description") == "All, \"readers\"")
            #expect(full.string("Group.RoleArn") == Self.role && full["Group.Precedence"] == .integer(0))
            #expect(try await cognito.ok(GetGroup.self, cognito.group("réaders,1")).json == full.json)
            #expect(try await cognito.ok(GetGroup.self, cognito.group("plain")).json == plain.json)
        }
    }

    @Test("a name is one group's, as it is written")
    func exists() async throws {
        try await Cognito.run { cognito in
            try await cognito.ok(CreateGroup.self, cognito.group("a"))
            try await cognito.ok(CreateGroup.self, cognito.group("A"))
            let refusal = Refusal("GroupExistsException", "A group with the name a already exists.")
            #expect(await cognito.call(CreateGroup.self, cognito.group("a")).refusal == refusal)
            var other = cognito
            other.pool = try await cognito.makePool()
            #expect(await cognito.call(CreateGroup.self, other.group("a")).refusal == nil)
        }
    }

    @Test("an update sets what it names and leaves the rest", arguments: TestEngine.allCases)
    func update(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            let before: Members = ["Description": "d", "RoleArn": Self.role, "Precedence": 3]
            let created = try await cognito.ok(CreateGroup.self, cognito.group("g", before))
            cognito.clock.advance(.seconds(5))
            let answer = try await cognito.ok(UpdateGroup.self, cognito.group("g", ["Precedence": 1]))
            #expect(answer["Group.Precedence"] == .integer(1) && answer.string("Group.Description") == "d")
            #expect(answer.string("Group.RoleArn") == Self.role)
            #expect(answer["Group.CreationDate"] == created["Group.CreationDate"])
            #expect(answer["Group.LastModifiedDate"] == .number(Double(cognito.clock.now.seconds)))
            let other = "\(Self.role)2"
            let changes: Members = ["Description": "e", "RoleArn": other]
            try await cognito.ok(UpdateGroup.self, cognito.group("g", changes))
            let after = try await cognito.ok(GetGroup.self, cognito.group("g"))
            #expect(after.string("Group.Description") == "e" && after.string("Group.RoleArn") == other)
            #expect(after["Group.Precedence"] == .integer(1))
        }
    }

    @Test("what isn't there, and who may not ask")
    func refusals() async throws {
        try await Cognito.run { cognito in
            let named = cognito.group("none")
            #expect(await cognito.call(GetGroup.self, named).refusal == .noGroup)
            #expect(await cognito.call(UpdateGroup.self, named).refusal == .noGroup)
            #expect(await cognito.call(DeleteGroup.self, named).refusal == .noGroup)
            let elsewhere = named.with(["UserPoolId": "us-east-1_Nowhere00"])
            let noPool = Refusal.noPool("us-east-1_Nowhere00")
            #expect(await cognito.call(CreateGroup.self, elsewhere).refusal == noPool)
            #expect(await cognito.call(GetGroup.self, elsewhere).refusal == noPool)
            #expect(await cognito.call(ListGroups.self, ["UserPoolId": "us-east-1_Nowhere00"]).refusal == noPool)
            var unsigned = Sender()
            unsigned.isSigned = false
            #expect(await cognito.call(CreateGroup.self, named, from: unsigned).refusal == .unsigned)
            let negative = await cognito.call(CreateGroup.self, cognito.group("g", ["Precedence": -1]))
            #expect(negative.refusal?.code == "InvalidParameterException")
            let role = await cognito.call(CreateGroup.self, cognito.group("g", ["RoleArn": "no role at all, really"]))
            #expect(role.refusal?.code == "InvalidParameterException")
        }
    }

    @Test("groups are listed by name, from page to page", arguments: TestEngine.allCases)
    func list(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            let names = ["B", "a", "b", "c", "é"]
            for name in names.reversed() { try await cognito.ok(CreateGroup.self, cognito.group(name)) }
            for limit in [0, 1, 2, 5, 60] {
                var found: [String] = []
                var token: String?
                repeat {
                    let input: Members = ["UserPoolId": cognito.pool, "Limit": limit, "NextToken": token]
                    let page = try await cognito.ok(ListGroups.self, input)
                    found += page.list("Groups").compactMap { $0["GroupName"]?.stringValue }
                    token = page.string("NextToken")
                } while token != nil
                #expect(found == names, "\(limit)")
            }
            let bad: Members = ["UserPoolId": cognito.pool, "NextToken": "nonsense"]
            #expect(await cognito.call(ListGroups.self, bad).refusal == .invalidPaginationToken)
        }
    }
}

extension Cognito {
    /// The members that name a group, and more.
    func group(_ name: String, _ more: Members = [:]) -> Members {
        let basis: Members = ["UserPoolId": pool, "GroupName": name]
        return basis.with(more)
    }

    /// Makes a group.
    func makeGroup(_ name: String, _ more: Members = [:]) async throws {
        try await ok(CreateGroup.self, group(name, more))
    }

    /// The members that name a user and a group.
    func member(_ user: String = "ada", of name: String) -> Members { named(user, ["GroupName": name]) }

    /// Adds a user to groups.
    func join(_ user: String = "ada", _ groups: String...) async throws {
        for name in groups { try await ok(AdminAddUserToGroup.self, member(user, of: name)) }
    }
}

extension Refusal {
    static let noGroup = Refusal("ResourceNotFoundException", "Group not found.")
}
