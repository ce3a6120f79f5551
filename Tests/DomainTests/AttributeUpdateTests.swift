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
        let outcome = try AttributeUpdate.apply(parse(changes), to: current, in: pool(settings), by: .administrator)
        #expect(outcome.attributes.list == parse(result))
        #expect(outcome.toVerify == parse(toVerify))
    }

    @Test("a first address takes effect at once even where changes wait")
    func firstAddress() throws {
        let bare = UserAttributes([UserAttribute("name", "Al")])
        let outcome = try AttributeUpdate.apply(
            parse("email=new@b.c"),
            to: bare,
            in: pool(Self.before),
            by: .administrator
        )
        #expect(outcome.attributes.list == parse("name=Al&email=new@b.c&email_verified=false"))
        #expect(outcome.toVerify == parse("email=new@b.c"))
    }

    @Test(
        "what a client may not do",
        arguments: [
            ("email_verified=true", "A client attempted to write unauthorized attribute"),
            ("dev:custom:admin=x", "A client attempted to write unauthorized attribute"),
            ("sub=x", "user.sub: Attribute cannot be updated."),
            ("identities=x", "user.identities: Attribute cannot be updated."),
            ("custom:fixed=2", "user.custom:fixed: Attribute cannot be updated."),
            ("custom:fixed=", "user.custom:fixed: Attribute cannot be updated."),
            ("name=", "Attributes did not conform to the schema: name: The attribute is required\n"),
            ("email=bad", "Invalid email address format."),
            ("x=y", "Attributes did not conform to the schema: x: Attribute does not exist in the schema.\n"),
        ]
    )
    func client(changes: String, message: String) throws {
        let pool = try pool("")
        let client = try makeClient(in: pool)
        let error = refusal {
            _ = try AttributeUpdate.apply(parse(changes), to: current, in: pool, by: .client(client))
        }
        #expect(error?.message == message)
    }

    @Test(
        "an administrator can't write what the pool alone writes, nor what never changes",
        arguments: [
            "sub=x", "identities=x", "custom:fixed=2", "custom:fixed=",
        ]
    )
    func immutable(changes: String) {
        let error = refusal {
            _ = try AttributeUpdate.apply(parse(changes), to: current, in: pool(""), by: .administrator)
        }
        #expect(error?.message.hasSuffix(": Attribute cannot be updated.") == true)
    }

    @Test("a client's own list decides")
    func writeAttributes() throws {
        let pool = try pool("")
        let client = try makeClient(#""WriteAttributes":["name"]"#, in: pool)
        #expect(refusal { try AttributeUpdate.authorize(parse("name=x"), by: .client(client), in: pool) } == nil)
        #expect(
            refusal { try AttributeUpdate.authorize(parse("name=x&email=a@b.c"), by: .client(client), in: pool) }?.code
                == .notAuthorized
        )
        #expect(refusal { try AttributeUpdate.authorize(parse("email=a@b.c"), by: .administrator, in: pool) } == nil)
    }

    private func pool(_ settings: String) throws -> UserPool {
        try makePool(Self.schema + (settings.isEmpty ? "" : ",\(settings)"))
    }

    private func parse(_ text: String) -> [UserAttribute] {
        text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return UserAttribute(String(parts[0]), String(parts[1]))
        }
    }
}
