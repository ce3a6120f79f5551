import CognitoModel
import Database
import DatabaseTestSupport
import Storage
import Testing
import UserPools

@testable import Server

/// AdminAddUserToGroup, AdminRemoveUserFromGroup, AdminListGroupsForUser and ListUsersInGroup.
@Suite struct MembershipTests {
    @Test("users come and go", arguments: TestEngine.allCases)
    func membership(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: ["AliasAttributes": ["email"]]) { cognito in
            try await cognito.addUser("ada")
            try await cognito.addUser("bob")
            for name in ["a", "b"] { try await cognito.makeGroup(name) }
            let added = await cognito.call(AdminAddUserToGroup.self, cognito.member(of: "b"))
            #expect(added.refusal == nil && added.json == nil)
            // By another name, and once more.
            try await cognito.join("ada@example.com", "a", "b")
            try await cognito.join("bob", "b")
            #expect(try await groups(of: "ada", cognito) == ["a", "b"])
            #expect(try await users(in: "b", cognito) == ["ada", "bob"])
            let removed = await cognito.call(AdminRemoveUserFromGroup.self, cognito.member(of: "b"))
            #expect(removed.refusal == nil && removed.json == nil)
            #expect(await cognito.call(AdminRemoveUserFromGroup.self, cognito.member(of: "b")).refusal == nil)
            #expect(try await groups(of: "ada", cognito) == ["a"])
            #expect(try await users(in: "b", cognito) == ["bob"])
        }
    }

    @Test("a group lists its users as ListUsers does")
    func shape() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser("ada", attributes: ["name": "Ada"])
            try await cognito.makeGroup("g", ["Precedence": 2])
            try await cognito.join("ada", "g")
            let listed = try await cognito.ok(ListUsersInGroup.self, cognito.group("g"))
            let all = try await cognito.ok(ListUsers.self, ["UserPoolId": cognito.pool])
            #expect(listed.list("Users") == all.list("Users") && listed["NextToken"] == nil)
            let ofAda = try await cognito.ok(AdminListGroupsForUser.self, cognito.named())
            #expect(ofAda.list("Groups").first == (try await cognito.ok(GetGroup.self, cognito.group("g")))["Group"])
        }
    }

    @Test("pages", arguments: TestEngine.allCases)
    func pages(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            let names = (0..<5).map { "u\($0)" }
            try await cognito.makeGroup("g")
            for name in names {
                try await cognito.addInvitedUser(name)
                try await cognito.makeGroup("of \(name)".replacing(" ", with: "-"))
                try await cognito.join(name, "g")
                try await cognito.join("u0", "of-\(name)")
            }
            for limit in [0, 1, 2, 5] {
                #expect(try await users(in: "g", cognito, limit: limit) == names, "\(limit)")
                #expect(
                    try await groups(of: "u0", cognito, limit: limit) == ["g"] + names.map { "of-\($0)" },
                    "\(limit)"
                )
            }
            let bad = cognito.group("g", ["NextToken": "nonsense"])
            #expect(await cognito.call(ListUsersInGroup.self, bad).refusal == .invalidPaginationToken)
            let alsoBad = cognito.named("u0", ["NextToken": "nonsense"])
            #expect(await cognito.call(AdminListGroupsForUser.self, alsoBad).refusal == .invalidPaginationToken)
        }
    }

    @Test("what isn't there")
    func refusals() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            try await cognito.makeGroup("g")
            let (nobody, noGroup) = (cognito.member("nobody", of: "g"), cognito.member(of: "none"))
            #expect(await cognito.call(AdminAddUserToGroup.self, nobody).refusal == .noUser)
            #expect(await cognito.call(AdminRemoveUserFromGroup.self, nobody).refusal == .noUser)
            #expect(await cognito.call(AdminListGroupsForUser.self, cognito.named("nobody")).refusal == .noUser)
            #expect(await cognito.call(AdminAddUserToGroup.self, noGroup).refusal == .noGroup)
            #expect(await cognito.call(AdminRemoveUserFromGroup.self, noGroup).refusal == .noGroup)
            #expect(await cognito.call(ListUsersInGroup.self, cognito.group("none")).refusal == .noGroup)
            let elsewhere: Members = ["UserPoolId": "us-east-1_Nowhere00"]
            let noPool = Refusal.noPool("us-east-1_Nowhere00")
            #expect(await cognito.call(AdminAddUserToGroup.self, nobody.with(elsewhere)).refusal == noPool)
            #expect(await cognito.call(AdminRemoveUserFromGroup.self, nobody.with(elsewhere)).refusal == noPool)
            #expect(await cognito.call(AdminListGroupsForUser.self, nobody.with(elsewhere)).refusal == noPool)
            #expect(await cognito.call(ListUsersInGroup.self, nobody.with(elsewhere)).refusal == noPool)
        }
    }

    @Test("who is deleted is in no group, and a group of the same name has nobody", arguments: TestEngine.allCases)
    func deletion(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            for name in ["ada", "bob"] { try await cognito.addUser(name) }
            for name in ["g", "h"] { try await cognito.makeGroup(name) }
            try await cognito.join("ada", "g", "h")
            try await cognito.join("bob", "g")
            try await cognito.ok(AdminDeleteUser.self, cognito.named("bob"))
            #expect(try await users(in: "g", cognito) == ["ada"])
            #expect(await cognito.call(DeleteGroup.self, cognito.group("g")).json == nil)
            #expect(try await groups(of: "ada", cognito) == ["h"])
            try await cognito.makeGroup("g")
            #expect(try await users(in: "g", cognito).isEmpty)
            #expect(try await groups(of: "ada", cognito) == ["h"])
            let token = try await cognito.signedIn()
            #expect(try cognito.claims(token.access)["cognito:groups"] == .array([.string("h")]))
        }
    }

    @Test("a user is in a hundred groups at most, and a pool has ten thousand", arguments: TestEngine.allCases)
    func limits(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            try await cognito.addUser()
            let pool = cognito.pool
            try await cognito.application.store.database.write { connection in
                for number in 0..<9999 {
                    try connection.enqueue(
                        """
                        insert into user_groups (pool_id, name, id, created_at, modified_at)
                        values (\(pool), \("g\(number)"), \("\(number)"), 0, 0)
                        """
                    )
                }
            }
            try await cognito.makeGroup("last")
            let tooMany = Refusal("LimitExceededException", "A user pool can have no more than 10000 groups.")
            #expect(await cognito.call(CreateGroup.self, cognito.group("more")).refusal == tooMany)
            try await cognito.ok(DeleteGroup.self, cognito.group("g9998"))
            #expect(await cognito.call(CreateGroup.self, cognito.group("more")).refusal == nil)

            for number in 0..<100 { try await cognito.join("ada", "g\(number)") }
            let full = Refusal.invalid("A user can be in no more than 100 groups.")
            #expect(await cognito.call(AdminAddUserToGroup.self, cognito.member(of: "last")).refusal == full)
            // Those they are in are no more.
            try await cognito.join("ada", "g7")
            try await cognito.ok(DeleteGroup.self, cognito.group("g0"))
            try await cognito.join("ada", "last")
            #expect(try await groups(of: "ada", cognito).count == 100)
        }
    }

    private func groups(of user: String, _ cognito: Cognito, limit: Int = 60) async throws -> [String] {
        try await all(AdminListGroupsForUser.self, cognito.named(user, ["Limit": limit]), "Groups", cognito)
            .compactMap { $0["GroupName"]?.stringValue }
    }

    private func users(in group: String, _ cognito: Cognito, limit: Int = 60) async throws -> [String] {
        try await all(ListUsersInGroup.self, cognito.group(group, ["Limit": limit]), "Users", cognito)
            .compactMap { $0["Username"]?.stringValue }.sorted()
    }

    private func all<Called: Operation>(
        _ operation: Called.Type,
        _ input: Members,
        _ member: String,
        _ cognito: Cognito
    ) async throws -> [JSONValue] {
        var found: [JSONValue] = []
        var token: String?
        repeat {
            let page = try await cognito.ok(operation, input.with(["NextToken": token]))
            found += page.list(member)
            token = page.string("NextToken")
        } while token != nil
        return found
    }
}
