import CognitoModel
import Database
import DatabaseTestSupport
import Domain
import Storage
import Testing

@Suite("Users are listed")
struct UserListTests {
    private static func fill(_ fixture: StorageFixture) async throws {
        for number in 0..<25 {
            let attributes = [
                UserAttribute("email", "user\(number)@example.com"),
                UserAttribute("given_name", number < 5 ? "Ada" : "Bob"),
                UserAttribute("phone_number", "+1555000\(1000 + number)"),
            ]
            try await fixture.addUser("user\(number)", attributes)
        }
        let names = ["user3", "user7"]
        for name in names {
            let user = try await fixture.store.users.get(name, in: fixture.pool)
            try await fixture.store.users.update(sub: user.sub, in: fixture.pool) { user in
                user.isEnabled = false
                user.status = .resetRequired
            }
        }
    }

    /// Every page, three at a time.
    private static func all(_ fixture: StorageFixture, _ filter: String) async throws -> [String] {
        var names: [String] = []
        var cursor: [String]?
        repeat {
            let page = try await fixture.store.users.list(
                in: fixture.pool,
                filter: try UserFilter(filter),
                after: cursor,
                limit: 3
            )
            #expect(page.elements.count <= 3)
            names += page.elements.map(\.username)
            cursor = page.next
        } while cursor != nil
        #expect(Set(names).count == names.count)
        return names.sorted()
    }

    @Test("by every form of filter, page by page", arguments: TestEngine.allCases)
    func filters(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            try await Self.fill(fixture)
            #expect(try await Self.all(fixture, "").count == 25)
            #expect(try await Self.all(fixture, #"username = "user4""#) == ["user4"])
            #expect(
                try await Self.all(fixture, #"username ^= "user2""#) == [
                    "user2", "user20", "user21", "user22", "user23", "user24",
                ]
            )
            #expect(try await Self.all(fixture, #"email = "user9@example.com""#) == ["user9"])
            #expect(try await Self.all(fixture, #"email ^= "user1""#).count == 11)
            #expect(try await Self.all(fixture, #"given_name = "Ada""#).count == 5)
            #expect(try await Self.all(fixture, #"given_name ^= "B""#).count == 20)
            #expect(try await Self.all(fixture, #"phone_number ^= "+155500010""#).count == 25)
            #expect(try await Self.all(fixture, #"phone_number ^= "+1555000102""#).count == 5)
            #expect(try await Self.all(fixture, #"status = "Disabled""#) == ["user3", "user7"])
            #expect(try await Self.all(fixture, #"status = "Enabled""#).count == 23)
            #expect(try await Self.all(fixture, #"cognito:user_status = "reset_required""#) == ["user3", "user7"])
            #expect(try await Self.all(fixture, #"cognito:user_status ^= "CONF""#).count == 23)
            #expect(try await Self.all(fixture, #"family_name = "Lovelace""#) == [])
            #expect(try await Self.all(fixture, #"email = "USER9@Example.COM""#) == ["user9"])
            #expect(try await Self.all(fixture, #"email ^= "USER1""#).count == 11)
            #expect(try await Self.all(fixture, #"given_name = "aDA""#).count == 5)
            #expect(try await Self.all(fixture, #"given_name ^= "b""#).count == 20)
            #expect(try await Self.all(fixture, #"username = "USER4""#) == [])
            #expect(try await Self.all(fixture, #"username ^= "USER2""#) == [])
            #expect(try await Self.all(fixture, #"status = "enabled""#) == [])
            let sub = try await fixture.store.users.get("user5", in: fixture.pool).sub
            #expect(try await Self.all(fixture, "sub = \"\(sub)\"") == ["user5"])
            #expect(try await Self.all(fixture, "sub = \"\(sub.uppercased())\"") == ["user5"])
            #expect(try await Self.all(fixture, "sub ^= \"\(sub.prefix(20))\"") == ["user5"])
        }
    }

    @Test("a prefix finds whatever follows it, in any script", arguments: TestEngine.allCases)
    func prefixes(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let found = ["ada", "adaz", "ada~", "ada\u{DF}", "ada\u{65E5}", "ada\u{1F511}"]
            for name in found + ["ad", "adb", "aca"] { try await fixture.addUser(name) }
            #expect(try await Self.all(fixture, #"username ^= "ada""#) == found.sorted())
        }
    }

    @Test("case doesn't count in any script, and follows a change", arguments: TestEngine.allCases)
    func folding(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let attributes = [
                UserAttribute("name", "ÅNGSTRÖM"), UserAttribute("family_name", "Ärlig"),
                UserAttribute("preferred_username", "ΣΊΣΥΦΟΣ"),
            ]
            let user = try await fixture.addUser("ada", attributes)
            #expect(try await Self.all(fixture, #"name = "ångström""#) == ["ada"])
            #expect(try await Self.all(fixture, #"name ^= "A\u{30A}ngs""#) == [])
            #expect(try await Self.all(fixture, "name ^= \"A\u{30A}ngs\"") == ["ada"])
            #expect(try await Self.all(fixture, #"family_name = "äRLIG""#) == ["ada"])
            #expect(try await Self.all(fixture, #"preferred_username ^= "σίσ""#) == ["ada"])
            try await fixture.store.users.update(sub: user.sub, in: fixture.pool) { $0.attributes["name"] = "Zoë" }
            #expect(try await Self.all(fixture, #"name = "ZOË""#) == ["ada"])
            #expect(try await Self.all(fixture, #"name = "ångström""#) == [])
        }
    }

    @Test("and a filter's value is never SQL", arguments: TestEngine.allCases)
    func injection(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            try await Self.fill(fixture)
            #expect(try await Self.all(fixture, #"email = "' or 1=1 --""#) == [])
            #expect(try await Self.all(fixture, #"email ^= "%""#) == [])
        }
    }
}
