import Domain
import Testing

@Suite struct UserFilterTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let attribute: UserFilter.Attribute
        let comparison: UserFilter.Comparison
        let value: String

        init(_ text: String, _ attribute: UserFilter.Attribute, _ comparison: UserFilter.Comparison, _ value: String) {
            testDescription = text
            self.attribute = attribute
            self.comparison = comparison
            self.value = value
        }
    }

    static let cases = [
        Case(#"email = "a@b.c""#, .email, .equals, "a@b.c"),
        Case(#"email="a@b.c""#, .email, .equals, "a@b.c"),
        Case(#"email ^= "a""#, .email, .startsWith, "a"),
        Case(#"email^="a""#, .email, .startsWith, "a"),
        Case(#""email" = "a""#, .email, .equals, "a"),
        Case(#""email"^="a""#, .email, .startsWith, "a"),
        Case("  email\t=\n\"a\"  ", .email, .equals, "a"),
        Case(#"name = """#, .name, .equals, ""),
        Case(#"name ^= """#, .name, .startsWith, ""),
        Case(#"name = "a \"b\" \\ c""#, .name, .equals, #"a "b" \ c"#),
        Case(#"name = "\x""#, .name, .equals, "x"),
        Case(#"name = "a = b ^= c""#, .name, .equals, "a = b ^= c"),
        Case(#"name = "日本 🔑""#, .name, .equals, "日本 🔑"),
        Case(#"cognito:user_status = "CONFIRMED""#, .userStatus, .equals, "CONFIRMED"),
        Case(#"status = "Enabled""#, .enabled, .equals, "Enabled"),
        Case(#"username = "u""#, .username, .equals, "u"),
        Case(#"sub = "s""#, .sub, .equals, "s"),
    ]

    @Test("a filter is read", arguments: cases)
    func read(test: Case) throws {
        let filter = try #require(try UserFilter(test.testDescription))
        #expect(filter.attribute == test.attribute)
        #expect(filter.comparison == test.comparison)
        #expect(filter.value == test.value)
    }

    @Test(
        "every attribute that can be searched",
        arguments: [
            "username", "email", "phone_number", "name", "given_name", "family_name", "preferred_username", "sub",
            "cognito:user_status", "status",
        ]
    )
    func attributes(name: String) throws {
        #expect(try UserFilter("\(name) = \"x\"")?.attribute.rawValue == name)
    }

    @Test("an empty filter lists everybody", arguments: ["", " ", "\t\n "])
    func empty(text: String) throws {
        #expect(try UserFilter(text) == nil)
    }

    @Test(
        "what can't be read",
        arguments: [
            "email", "email =", "email = a", "email = 'a'", "email = \"a", #"email = "a" and name = "b""#,
            #"email = "a"x"#,
            "= \"a\"", "\"email = \"a\"", #"email" = "a""#, #"email == "a""#, #"email ^ = "a""#, #"email =^ "a""#,
            #"email != "a""#, #"email > "a""#, #"email "a""#, #"email = "a\"#, #"email = "a\""#, "\"\" \"a\"",
            #"status ^= "En""#, "\"", "^=", #"(email = "a")"#, #"email = "a";"#,
        ]
    )
    func unreadable(text: String) {
        #expect(throws: UserFilterFailure.unreadable) { try UserFilter(text) }
    }

    @Test(
        "what can't be searched",
        arguments: ["custom:a", "Email", "address", "enabled", "nickname", "email_verified"]
    )
    func unsearchable(name: String) {
        #expect(throws: UserFilterFailure.unsearchable(name)) { try UserFilter("\(name) = \"x\"") }
    }
}
