import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

@Suite struct ListUsersTests {
    @Test("shows users as they are, with the attributes that are asked for")
    func shape() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser("ada", attributes: ["email": "ada@example.com", "name": "Ada"])
            let all = await list(cognito)
            let user = try #require(all.list("Users").first)
            #expect(all.list("Users").count == 1 && all["PaginationToken"] == nil)
            #expect(user["Username"] == .string("ada") && user["UserStatus"] == .string("CONFIRMED"))
            #expect(user["Enabled"] == .boolean(true) && user["UserCreateDate"] != nil)
            let some = await list(cognito, ["AttributesToGet": ["name"]])
            let shown = try #require(some.list("Users").first)
            #expect(shown["Attributes"] == .array([.object(["Name": .string("name"), "Value": .string("Ada")])]))
        }
    }

    static let filters: [(String, [String])] = [
        ("", ["ada", "bob", "bobby"]), ("username = \"bob\"", ["bob"]), ("username ^= \"bob\"", ["bob", "bobby"]),
        ("\"email\" = \"ada@example.com\"", ["ada"]), ("email ^= \"bob\"", ["bob", "bobby"]),
        ("name = \"A \\\"B\\\"\"", ["ada"]), ("cognito:user_status = \"confirmed\"", ["ada", "bob"]),
        ("cognito:user_status ^= \"FORCE\"", ["bobby"]), ("status = \"Disabled\"", ["bob"]),
        ("status = \"Enabled\"", ["ada", "bobby"]), ("status = \"nonsense\"", []), ("username = \"nobody\"", []),
    ]

    @Test("filters", arguments: filters)
    func filter(text: String, names: [String]) async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser("ada", attributes: ["email": "ada@example.com", "name": "A \"B\""])
            try await cognito.addUser("bob")
            try await cognito.addInvitedUser("bobby")
            try await cognito.disable("bob")
            #expect(usernames(await list(cognito, ["Filter": text])).sorted() == names)
        }
    }

    static let badFilters: [(String, String)] = [
        ("username", "Error while parsing filter"), ("username = ada", "Error while parsing filter"),
        ("username = \"a\" x", "Error while parsing filter"), ("= \"a\"", "Error while parsing filter"),
        ("status ^= \"En\"", "Error while parsing filter"),
        ("custom:level = \"1\"", "Invalid search attribute: custom:level"),
        ("address = \"x\"", "Invalid search attribute: address"),
    ]

    @Test("filters that can't be followed", arguments: badFilters)
    func badFilter(text: String, message: String) async throws {
        try await Cognito.run { cognito in
            #expect(await list(cognito, ["Filter": text]).refusal == .invalid(message))
        }
    }

    @Test("goes on from page to page", arguments: TestEngine.allCases, ["", "username ^= \"u\""])
    func pages(engine: TestEngine, filter: String) async throws {
        try await Cognito.run(on: engine) { cognito in
            let names = (0..<7).map { "u\($0)" }
            for name in names { try await cognito.addInvitedUser(name) }
            for limit in [1, 3, 7, 60] {
                var found: [String] = []
                var token: String?
                repeat {
                    let more: Members = ["Limit": limit, "Filter": filter, "PaginationToken": token]
                    let page = await list(cognito, more)
                    #expect(page.list("Users").count <= limit)
                    found += usernames(page)
                    token = page.string("PaginationToken")
                } while token != nil
                #expect(found.sorted() == names, "\(limit)")
            }
            #expect(await list(cognito, ["Limit": 0]).list("Users").count == 7)
        }
    }

    private func list(_ cognito: Cognito, _ more: Members = [:]) async -> Answer {
        let basis: Members = ["UserPoolId": cognito.pool]
        return await cognito.call(ListUsers.self, basis.with(more))
    }

    private func usernames(_ answer: Answer) -> [String] {
        answer.list("Users").compactMap { $0["Username"]?.stringValue }
    }
}
