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
            ("", "alice", "name=Al&email=a@b.c", "alice", "name=Al&email=a@b.c"),
            ("", "alice", "email=", "alice", ""),
            ("", "alice", "phone_number=+491", "alice", "phone_number=+491"),
            ("", "alice", "email=a@b.c&email_verified=true", "alice", "email=a@b.c&email_verified=true"),
            (#""UsernameAttributes":["email"]"#, "a@b.c", "", sub, "email=a@b.c"),
            (
                #""UsernameAttributes":["email"]"#, "a@b.c", "email=a@b.c&name=Al", sub,
                "email=a@b.c&name=Al"
            ),
            (
                #""UsernameAttributes":["phone_number"]"#, "+4912345", "", sub,
                "phone_number=+4912345"
            ),
        ]
    )
    func beginnings(settings: String, name: String, given: String, username: String, attributes: String) throws {
        let pool = try makePool(settings)
        let user = try NewUser(
            named: pool.name(name),
            sub: Self.sub,
            attributes: parseAttributes(given),
            in: pool,
            by: .administrator
        )
        #expect(user.username == username)
        #expect(user.attributes.list == parseAttributes(attributes))
    }

    /// `auto` are the pool's auto-verified attributes.
    @Test(
        "who signs up has an unverified address where the pool verifies it, and says nothing of others",
        arguments: [
            ("", ""), ("email", "email_verified"), ("phone_number", "phone_number_verified"),
            ("email,phone_number", "email_verified phone_number_verified"),
        ]
    )
    func signUp(auto: String, flags: String) throws {
        let names = auto.split(separator: ",").map { "\"\($0)\"" }.joined(separator: ",")
        let pool = try makePool("\"AutoVerifiedAttributes\":[\(names)]")
        let user = try NewUser(
            named: pool.name("alice"),
            sub: Self.sub,
            attributes: parseAttributes("email=a@b.c&phone_number=+491234"),
            in: pool,
            by: .client(try makeClient(in: pool))
        )
        let shown = user.attributes.list.filter { $0.name.hasSuffix("_verified") }
        #expect(shown.map(\.name).joined(separator: " ") == flags)
        #expect(shown.allSatisfy { $0.value == "false" })
    }

    @Test(
        "what no user can begin with",
        arguments: [
            ("", "sub=x", .immutable("sub")), ("", "email_verified=true", .unauthorized),
            ("", "email=bad", .invalidEmail), ("", "x=y", .violations([AttributeViolation("x", .unknown)])),
            (
                #""Schema":[{"Name":"name","Required":true}]"#, "",
                .violations([AttributeViolation("name", .required)])
            ),
        ] as [(String, String, AttributeFailure)]
    )
    func refusedAttributes(settings: String, given: String, failure: AttributeFailure) throws {
        let pool = try makePool(settings)
        let client = try makeClient(in: pool)
        #expect(throws: failure) {
            try NewUser(
                named: pool.name("alice"),
                sub: Self.sub,
                attributes: parseAttributes(given),
                in: pool,
                by: .client(client)
            )
        }
    }

    @Test(
        "names that no user can have",
        arguments: [
            (#""UsernameAttributes":["email"]"#, "alice", "", .mustBeEmail),
            (#""UsernameAttributes":["phone_number"]"#, "a@b.c", "", .mustBePhoneNumber),
            (#""AliasAttributes":["email"]"#, "a@b.c", "", .looksLikeEmail),
            (#""UsernameAttributes":["email"]"#, "a@b.c", "email=other@b.c", .differsFromAttribute("email")),
            (#""UsernameAttributes":["email"]"#, "a@b.c", "email=A@b.c", .differsFromAttribute("email")),
        ] as [(String, String, String, UsernameFailure)]
    )
    func refusedNames(settings: String, name: String, given: String, failure: UsernameFailure) throws {
        let pool = try makePool(settings)
        #expect(throws: failure) {
            try NewUser(
                named: pool.name(name),
                sub: Self.sub,
                attributes: parseAttributes(given),
                in: pool,
                by: .administrator
            )
        }
    }

    @Test("an administrator may leave required attributes to the first sign-in")
    func requiredLater() throws {
        let pool = try makePool(#""Schema":[{"Name":"name","Required":true}]"#)
        let user = try NewUser(named: pool.name("alice"), sub: Self.sub, attributes: [], in: pool, by: .administrator)
        #expect(user.attributes.list.isEmpty)
    }

    @Test("an attribute that never changes may be set at the beginning")
    func immutable() throws {
        let pool = try makePool(#""Schema":[{"Name":"a","AttributeDataType":"String","Mutable":false}]"#)
        let user = try NewUser(
            named: pool.name("alice"),
            sub: Self.sub,
            attributes: parseAttributes("custom:a=1"),
            in: pool,
            by: .client(makeClient(in: pool))
        )
        #expect(user.attributes["custom:a"] == "1")
    }
}
