import CognitoModel
import Domain
import Testing

@Suite struct SignInNamesTests {
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
        ] as [(String, String, String?, UsernameFailure?)]
    )
    func usernameAttributes(
        list: String,
        name: String,
        attribute: String?,
        expected: UsernameFailure?
    ) throws {
        let pool = try makePool(#""UsernameAttributes":\#(list)"#)
        let typed = try pool.name(name)
        var found: String?
        let failure = failure(of: UsernameFailure.self) {
            found = try pool.signInNames.attribute(forUsername: typed)
        }
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
        let pool = try makePool(#""AliasAttributes":\#(aliases)"#)
        let typed = try pool.name(name)
        #expect(failure(of: UsernameFailure.self) { try pool.signInNames.checkPlainUsername(typed) } == expected)
    }

    @Test(
        "names differ in case only where the pool says so",
        arguments: [
            ("", "Alice", "Alice"), (#""UsernameConfiguration":{"CaseSensitive":true}"#, "Alice", "Alice"),
            (#""UsernameConfiguration":{"CaseSensitive":false}"#, "Alice", "alice"),
            (#""UsernameConfiguration":{"CaseSensitive":false}"#, "ÄÖÉ@B.C", "äöé@b.c"),
            ("", "E\u{301}", "\u{C9}"), (#""UsernameConfiguration":{"CaseSensitive":false}"#, "E\u{301}", "\u{E9}"),
        ]
    )
    func keys(settings: String, name: String, key: String) throws {
        let pool = try makePool(settings)
        // Texts are equal that only look the same; bytes aren't.
        for folded in [pool.signInNames.key(of: name), try pool.name(name).key] {
            #expect(Array(folded.utf8) == Array(key.utf8))
        }
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
