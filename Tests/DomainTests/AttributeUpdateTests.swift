import CognitoModel
import Domain
import Testing

@Suite struct AttributeUpdateTests {
    private let current = UserAttributes([
        UserAttribute("email", "old@b.c"), UserAttribute("email_verified", "true"), UserAttribute("name", "Al"),
        UserAttribute("custom:fixed", "1"),
    ])

    private static let schema =
        #""Schema":[{"Name":"fixed","AttributeDataType":"String","Mutable":false},"#
        + #"{"Name":"admin","AttributeDataType":"String","DeveloperOnlyAttribute":true},{"Name":"name","Required":true}]"#
    private static let auto = #""AutoVerifiedAttributes":["email"]"#
    private static let before =
        auto
        + #","UserAttributeUpdateSettings":{"AttributesRequireVerificationBeforeUpdate":["email"]}"#

    /// `changes` as `name=value` joined by `&`; `result` as the attributes after it.
    @Test(
        "what becomes of changes by an administrator",
        arguments: [
            ("", "name=Bo", "email=old@b.c&email_verified=true&name=Bo&custom:fixed=1", ""),
            ("", "nickname=x", "email=old@b.c&email_verified=true&name=Al&custom:fixed=1&nickname=x", ""),
            ("", "email=new@b.c", "email=new@b.c&email_verified=false&name=Al&custom:fixed=1", ""),
            ("", "email=old@b.c", "email=old@b.c&email_verified=true&name=Al&custom:fixed=1", ""),
            ("", "email=", "name=Al&custom:fixed=1", ""),
            ("", "email=new@b.c&email_verified=true", "email=new@b.c&email_verified=true&name=Al&custom:fixed=1", ""),
            ("", "email_verified=true&email=new@b.c", "email=new@b.c&email_verified=true&name=Al&custom:fixed=1", ""),
            ("", "email_verified=false", "email=old@b.c&email_verified=false&name=Al&custom:fixed=1", ""),
            ("", "custom:fixed=1", "email=old@b.c&email_verified=true&name=Al&custom:fixed=1", ""),
            (
                "", "dev:custom:admin=x", "email=old@b.c&email_verified=true&name=Al&custom:fixed=1&dev:custom:admin=x",
                ""
            ),
            (auto, "email=new@b.c", "email=new@b.c&email_verified=false&name=Al&custom:fixed=1", "email=new@b.c"),
            (auto, "email=old@b.c", "email=old@b.c&email_verified=true&name=Al&custom:fixed=1", ""),
            (auto, "email=new@b.c&email_verified=true", "email=new@b.c&email_verified=true&name=Al&custom:fixed=1", ""),
            (
                auto, "phone_number=+4912",
                "email=old@b.c&email_verified=true&name=Al&custom:fixed=1&phone_number=+4912&phone_number_verified=false",
                ""
            ),
            (before, "email=new@b.c", "email=old@b.c&email_verified=true&name=Al&custom:fixed=1", "email=new@b.c"),
            (
                before, "email=new@b.c&name=Bo", "email=old@b.c&email_verified=true&name=Bo&custom:fixed=1",
                "email=new@b.c"
            ),
            (before, "email=", "name=Al&custom:fixed=1", ""),
            (
                before, "email=new@b.c&email_verified=true", "email=new@b.c&email_verified=true&name=Al&custom:fixed=1",
                ""
            ),
        ]
    )
    func administrator(settings: String, changes: String, result: String, toVerify: String) throws {
        let outcome = try AttributeUpdate.apply(
            parseAttributes(changes),
            to: current,
            in: pool(settings),
            by: .administrator
        )
        #expect(outcome.attributes.list == parseAttributes(result))
        #expect(outcome.toVerify == parseAttributes(toVerify))
    }

    @Test("a first address takes effect at once even where changes wait")
    func firstAddress() throws {
        let bare = UserAttributes([UserAttribute("name", "Al")])
        let outcome = try AttributeUpdate.apply(
            parseAttributes("email=new@b.c"),
            to: bare,
            in: pool(Self.before),
            by: .administrator
        )
        #expect(outcome.attributes.list == parseAttributes("name=Al&email=new@b.c&email_verified=false"))
        #expect(outcome.toVerify == parseAttributes("email=new@b.c"))
    }

    @Test(
        "what a client may not do",
        arguments: [
            ("email_verified=true", .unauthorized), ("dev:custom:admin=x", .unauthorized), ("sub=x", .immutable("sub")),
            ("identities=x", .immutable("identities")), ("custom:fixed=2", .immutable("custom:fixed")),
            ("custom:fixed=", .immutable("custom:fixed")),
            ("name=", .violations([AttributeViolation("name", .required)])), ("email=bad", .invalidEmail),
            ("x=y", .violations([AttributeViolation("x", .unknown)])),
        ] as [(String, AttributeFailure)]
    )
    func client(changes: String, failure: AttributeFailure) throws {
        let pool = try pool("")
        let client = try makeClient(in: pool)
        #expect(throws: failure) {
            try AttributeUpdate.apply(parseAttributes(changes), to: current, in: pool, by: .client(client))
        }
    }

    @Test(
        "an administrator can't write what the pool alone writes, nor what never changes",
        arguments: [
            ("sub=x", "sub"), ("identities=x", "identities"), ("custom:fixed=2", "custom:fixed"),
            ("custom:fixed=", "custom:fixed"),
        ]
    )
    func immutable(changes: String, attribute: String) {
        #expect(throws: AttributeFailure.immutable(attribute)) {
            try AttributeUpdate.apply(parseAttributes(changes), to: current, in: pool(""), by: .administrator)
        }
    }

    @Test("an administrator's `True` verifies as `true` does, and is kept so")
    func truthValues() throws {
        let outcome = try AttributeUpdate.apply(
            parseAttributes("email=new@b.c&email_verified=True"),
            to: current,
            in: pool(Self.auto),
            by: .administrator
        )
        #expect(outcome.attributes["email_verified"] == "true")
        #expect(outcome.toVerify.isEmpty)
    }

    @Test("a client's own list decides")
    func writeAttributes() throws {
        let pool = try pool("")
        let client = try makeClient(#""WriteAttributes":["name"]"#, in: pool)
        func authorize(_ changes: String, by author: AttributeUpdate.Author) throws {
            try AttributeUpdate.authorize(parseAttributes(changes), by: author, in: pool)
        }
        #expect(throws: Never.self) { try authorize("name=x", by: .client(client)) }
        #expect(throws: AttributeFailure.unauthorized) { try authorize("name=x&email=a@b.c", by: .client(client)) }
        #expect(throws: Never.self) { try authorize("email=a@b.c", by: .administrator) }
    }

    private func pool(_ settings: String) throws -> UserPool {
        try makePool(Self.schema + (settings.isEmpty ? "" : ",\(settings)"))
    }
}
