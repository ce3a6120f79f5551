import CognitoModel
import Domain
import Testing

@Suite struct NewUserTests {
    private static let sub = "00000000-0000-4000-8000-000000000009"

    /// `given` and `attributes` as `name=value` joined by `&`.
    @Test(
        "the name and attributes with which a user begins",
        arguments: [
            ("", "alice", "", "alice", ""),
            ("", "alice", "name=Al&email=a@b.c", "alice", "name=Al&email=a@b.c&email_verified=false"),
            ("", "alice", "email=", "alice", ""),
            ("", "alice", "phone_number=+491", "alice", "phone_number=+491&phone_number_verified=false"),
            ("", "alice", "email=a@b.c&email_verified=true", "alice", "email=a@b.c&email_verified=true"),
            (#""UsernameAttributes":["email"]"#, "a@b.c", "", sub, "email=a@b.c&email_verified=false"),
            (
                #""UsernameAttributes":["email"]"#, "a@b.c", "email=a@b.c&name=Al", sub,
                "email=a@b.c&name=Al&email_verified=false"
            ),
            (
                #""UsernameAttributes":["phone_number"]"#, "+4912345", "", sub,
                "phone_number=+4912345&phone_number_verified=false"
            ),
        ]
    )
    func beginnings(settings: String, name: String, given: String, username: String, attributes: String) throws {
        let user = try NewUser(
            named: name,
            sub: Self.sub,
            attributes: parse(given),
            in: makePool(settings),
            by: .administrator
        )
        #expect(user.username == username)
        #expect(user.attributes.list == parse(attributes))
    }

    @Test(
        "what no user can begin with",
        arguments: [
            ("", "alice", "sub=x", "user.sub: Attribute cannot be updated."),
            ("", "alice", "email_verified=true", "A client attempted to write unauthorized attribute"),
            ("", "alice", "email=bad", "Invalid email address format."),
            (
                "", "alice", "x=y",
                "Attributes did not conform to the schema: x: Attribute does not exist in the schema.\n"
            ),
            (#""UsernameAttributes":["email"]"#, "alice", "", "Username should be an email."),
            (
                #""AliasAttributes":["email"]"#, "a@b.c", "",
                "Username cannot be of email format, since user pool is configured for email alias."
            ),
            (
                #""Schema":[{"Name":"name","Required":true}]"#, "alice", "",
                "Attributes did not conform to the schema: name: The attribute is required\n"
            ),
        ]
    )
    func refused(settings: String, name: String, given: String, message: String) throws {
        let pool = try makePool(settings)
        let client = try makeClient(in: pool)
        let error = refusal {
            _ = try NewUser(named: name, sub: Self.sub, attributes: parse(given), in: pool, by: .client(client))
        }
        #expect(error?.message == message)
    }

    @Test("an attribute that never changes may be set at the beginning")
    func immutable() throws {
        let pool = try makePool(#""Schema":[{"Name":"a","AttributeDataType":"String","Mutable":false}]"#)
        let user = try NewUser(
            named: "alice",
            sub: Self.sub,
            attributes: parse("custom:a=1"),
            in: pool,
            by: .client(makeClient(in: pool))
        )
        #expect(user.attributes["custom:a"] == "1")
    }

    private func parse(_ text: String) -> [UserAttribute] {
        text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return UserAttribute(String(parts[0]), String(parts[1]))
        }
    }
}
