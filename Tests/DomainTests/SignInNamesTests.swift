import CognitoModel
import Domain
import Testing

@Suite struct SignInNamesTests {
    @Test(
        "what is a mail address",
        arguments: [
            ("a@b.c", true), ("alice+tag@sub.example.com", true), ("ü@ö.de", true), ("a.b@c-d.ef", true), ("", false),
            ("a", false), ("@b.c", false), ("a@", false), ("a@b", false), ("a@b.", false), ("a@.c", false),
            ("a@b..c", false), ("a@@b.c", false), ("a@b@c.d", false), ("a b@c.d", false), ("a@b.c ", false),
            ("a@b.c\n", false), (" a@b.c", false), ("a\u{0}@b.c", false), ("a@b.\u{A0}", false),
            (String(repeating: "a", count: 2044) + "@b.c", true), (String(repeating: "a", count: 2045) + "@b.c", false),
        ]
    )
    func email(text: String, isEmail: Bool) {
        #expect(ContactFormat.isEmail(text) == isEmail)
    }

    @Test(
        "what is a telephone number in E.164",
        arguments: [
            ("+4915112345678", true), ("+12", true), ("+123456789012345", true), ("+1234567890123456", false),
            ("+1", false),
            ("", false), ("+", false), ("4915112345678", false), ("+0123456", false), ("+49 151", false),
            ("+49-151", false), ("++49151", false), ("+49151a", false), ("+١٢٣٤٥", false), ("+4915112345678\n", false),
            ("\u{FF0B}4915112345", false),
        ]
    )
    func phoneNumber(text: String, isPhoneNumber: Bool) {
        #expect(ContactFormat.isPhoneNumber(text) == isPhoneNumber)
    }

    @Test(
        "the attribute that a sign-up name stands for",
        arguments: [
            (#"[]"#, "alice", nil, nil), (#"[]"#, "a@b.c", nil, nil),
            (#"["email"]"#, "a@b.c", "email", nil), (#"["email"]"#, "alice", nil, .mustBeEmail),
            (#"["email"]"#, "+4915112345", nil, .mustBeEmail),
            (#"["phone_number"]"#, "+4915112345", "phone_number", nil),
            (#"["phone_number"]"#, "a@b.c", nil, .mustBePhoneNumber),
            (#"["phone_number","email"]"#, "+4915112345", "phone_number", nil),
            (#"["phone_number","email"]"#, "a@b.c", "email", nil),
            (#"["phone_number","email"]"#, "alice", nil, .mustBeEmailOrPhoneNumber),
            (#"["email"]"#, "", nil, .mustBeEmail),
        ] as [(String, String, String?, UsernameFailure?)]
    )
    func usernameAttributes(
        list: String,
        name: String,
        attribute: String?,
        expected: UsernameFailure?
    ) throws {
        let names = try makePool(#""UsernameAttributes":\#(list)"#).signInNames
        var found: String?
        let failure = failure(of: UsernameFailure.self) { found = try names.attribute(forUsername: name) }
        #expect(found == attribute)
        #expect(failure == expected)
    }

    @Test(
        "a plain username may not look like somebody's alias",
        arguments: [
            ("[]", "a@b.c", nil), (#"["email"]"#, "alice", nil), (#"["email"]"#, "+4915112345", nil),
            (#"["email"]"#, "a@b.c", .looksLikeEmail), (#"["phone_number"]"#, "+4915112345", .looksLikePhoneNumber),
            (#"["preferred_username"]"#, "a@b.c", nil),
        ] as [(String, String, UsernameFailure?)]
    )
    func plainUsername(aliases: String, name: String, expected: UsernameFailure?) throws {
        let names = try makePool(#""AliasAttributes":\#(aliases)"#).signInNames
        #expect(failure(of: UsernameFailure.self) { try names.checkPlainUsername(name) } == expected)
    }

    @Test(
        "names differ in case only where the pool says so",
        arguments: [
            ("", "Alice", "Alice"), (#""UsernameConfiguration":{"CaseSensitive":true}"#, "Alice", "Alice"),
            (#""UsernameConfiguration":{"CaseSensitive":false}"#, "Alice", "alice"),
            (#""UsernameConfiguration":{"CaseSensitive":false}"#, "ÄÖÉ@B.C", "äöé@b.c"),
        ]
    )
    func keys(settings: String, name: String, key: String) throws {
        #expect(try makePool(settings).signInNames.key(of: name) == key)
    }

    @Test("an alias counts once it is verified, a preferred username and a username's address at once")
    func aliases() throws {
        let attributes = UserAttributes([
            UserAttribute("email", "A@b.c"), UserAttribute("phone_number", "+491"),
            UserAttribute("phone_number_verified", "true"), UserAttribute("preferred_username", "Al"),
        ])
        let aliasPool = try makePool(
            #""AliasAttributes":["email","phone_number","preferred_username"],"UsernameConfiguration":{"CaseSensitive":false}"#
        )
        #expect(
            aliasPool.signInNames.aliases(of: attributes) == [
                Alias(attribute: "phone_number", key: "+491"), Alias(attribute: "preferred_username", key: "al"),
            ]
        )
        var verified = attributes
        verified["email_verified"] = "true"
        #expect(aliasPool.signInNames.aliases(of: verified).first == Alias(attribute: "email", key: "a@b.c"))
        let usernamePool = try makePool(#""UsernameAttributes":["email"]"#)
        #expect(usernamePool.signInNames.aliases(of: attributes) == [Alias(attribute: "email", key: "A@b.c")])
        #expect(try makePool().signInNames.aliases(of: verified).isEmpty)
    }
}
