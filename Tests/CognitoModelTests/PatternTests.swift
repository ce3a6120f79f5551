import CognitoModel
import Testing

@Suite struct PatternTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let constraint: StringConstraint
        let accepted: [String]
        let refused: [String]
        let testDescription: String

        init(_ name: String, _ constraint: StringConstraint, accepted: [String], refused: [String]) {
            testDescription = name
            self.constraint = constraint
            self.accepted = accepted
            self.refused = refused
        }
    }

    static let cases = [
        Case(
            "user pool id",
            .userPoolIdType,
            accepted: ["us-east-1_aBc123", "a_b", "_b_c", "a__b", "local_1"],
            refused: ["", "us-east-1", "_b", "a_", "a_b-c", "a_é", "a_b\n", " a_b", "é_b"]
        ),
        Case(
            "username",
            .usernameType,
            accepted: ["a", "a@b.c", "+4915112345", "日本語", "e\u{301}", "🔑", "a$b", "<>", "€"],
            refused: ["", "a b", "a\tb", "\n", "a\u{0}", "\u{A0}", "\u{2003}", "a\u{200B}b", "\u{E000}", "\u{AD}"]
        ),
        Case(
            "password",
            .passwordType,
            accepted: ["a", "päss", "🔑", "\u{A0}", "\u{0}", "\u{200B}", String(repeating: "x", count: 256)],
            refused: ["", " ", "a b", "a\tb", "a\n", "\r", "\u{B}", "\u{C}", String(repeating: "x", count: 257)]
        ),
        Case(
            "client id",
            .clientIdType,
            accepted: ["abc123", "A_b+c", "+"],
            refused: ["", "a-b", "a b", "é", "a.b"]
        ),
        Case(
            "client name",
            .clientNameType,
            accepted: ["my app", "a\tb", "a=b,c.d@e-f+g_h", "a\u{B}b"],
            refused: ["", "a/b", "é", "a:b", "a\u{A0}b", "a!"]
        ),
        Case(
            "attribute name",
            .attributeNameType,
            accepted: ["email", "custom:a b", "a\tb", "ä", "dev:custom:x"],
            refused: ["", "a\u{B}b", "a\u{A0}", "\u{0}", String(repeating: "x", count: 33)]
        ),
        Case(
            "verification mail",
            .emailVerificationMessageType,
            accepted: ["{####}", "code {####}.", "a\nb {####}\n", "{####}{####}", "{{####}}", "*{####}*"],
            refused: ["", "######", "{###}", "{#####}", "code", "{####}\u{0}", "\u{200B}{####}"]
        ),
        Case(
            "verification text message",
            .smsVerificationMessageType,
            accepted: ["{####}", "Code: {####}", "🔑 {####}\t"],
            refused: ["code", "{####}\n", "a\r{####}", "{### #}", String(repeating: "x", count: 135) + "{####}"]
        ),
        Case(
            "mail with a link",
            .emailVerificationMessageByLinkType,
            accepted: ["{##Verify##}", "{####}", "Click {##here, please##} now", "{##a##}{##b##}", "{##\n##}"],
            refused: ["{##Verify}", "Verify##}", "{#a##}", "##", "{##a##}\u{0}", "{##\u{200B}##}"]
        ),
        Case(
            "ARN",
            .arnType,
            accepted: [
                "arn:aws:iam::123456789012:role/x", "arn:aws:lambda:eu-west-1:123456789012:function:f",
                "arn:aws:lambda:eu-west-1:123456789012:function:f:1", "arn:a:b:c:123456789:d/e,f=g@h.i",
            ],
            refused: [
                "arn:aws:iam::role/xxxxxxxxxxxxx", "arn:aws:iam::123456789012:", "xarn:aws:iam::123456789012:role/x",
                "arn:aws:lambda:r:123456789012:a:b:c:d", "arn:aws:iam::12345678901x:role", "arn::iam::123456789012:rol",
            ]
        ),
        Case(
            "domain",
            .domainType,
            accepted: ["a", "ab", "a-b", "a.b", "0a9", "a--b", "a" + String(repeating: "-", count: 61) + "b"],
            refused: ["", "-a", "a-", "A", "a_b", "a.", ".a", "a" + String(repeating: "-", count: 62) + "b", "é"]
        ),
        Case(
            "device key",
            .deviceKeyType,
            accepted: ["us-east-1_0123-abcd", "a_f", "a__-"],
            refused: ["a_g", "a_", "_a", "a_A", "a-a"]
        ),
        Case(
            "session id",
            .sessionIdType,
            accepted: ["tkn" + String(repeating: "a", count: 25), "sso" + String(repeating: "9", count: 25)],
            refused: [
                "tkn" + String(repeating: "a", count: 24), "abc" + String(repeating: "a", count: 25),
                "tkn" + String(repeating: "A", count: 25), "tkn" + String(repeating: "a", count: 26),
            ]
        ),
        Case(
            "version 4 UUID",
            .termsIdType,
            accepted: ["00000000-0000-4000-8000-000000000000", "ABCDEFab-cdef-4abc-Bdef-0123456789ab"],
            refused: [
                "00000000-0000-1000-8000-000000000000", "00000000-0000-4000-7000-000000000000",
                "00000000000040008000000000000000", "0000000-00000-4000-8000-000000000000",
                "00000000-0000-4000-8000-0000000000000", "g0000000-0000-4000-8000-000000000000",
            ]
        ),
        Case(
            "provider name without underscores",
            .providerNameTypeV2,
            accepted: ["abc", "Google", "a_c", "a\u{0}c".replacing("\u{0}", with: "-")],
            refused: ["", "ab", "_bc", "ab_", " bc", "ab ", "a c", "abc_d", "abc\u{A0}"]
        ),
        Case(
            "language",
            .languageIdType,
            accepted: ["cognito:default", "cognito:chinese-simplified", "cognito:portuguese-brazil"],
            refused: [
                "cognito:", "default", "cognito:chinese", "cognito:chinese-", "cognito:defaultx", "Cognito:default",
            ]
        ),
        Case(
            "role",
            .roleType,
            accepted: ["authenticated", "unauthenticated"],
            refused: ["un", "ununauthenticated", ""]
        ),
        Case(
            "software token",
            .softwareTokenMFAUserCodeType,
            accepted: ["012345"],
            refused: ["12345", "1234567", "١٢٣٤٥٦"]
        ),
        Case("hexadecimal", .hexStringType, accepted: ["0", "aF9"], refused: ["", "g", "0x1", "0\n"]),
        Case(
            "bucket",
            .s3BucketType,
            accepted: ["abc", "a.b-c_d", "A.b.c"],
            refused: ["ab.", "a/b", "...", "ab", "aé-c"]
        ),
        Case(
            "scope",
            .scopeType,
            accepted: ["openid", "a/b", "!", "[a]"],
            refused: ["", "a b", "\"", "a\\b", "é", "\u{7F}"]
        ),
    ]

    @Test("each pattern takes what it should", arguments: cases)
    func accepted(test: Case) {
        for text in test.accepted { #expect(test.constraint.isMet(by: text), "\(text.debugDescription)") }
    }

    @Test("each pattern refuses what it should", arguments: cases)
    func refused(test: Case) {
        for text in test.refused { #expect(!test.constraint.isMet(by: text), "\(text.debugDescription)") }
    }

    static let hostile: [(String, StringConstraint, String)] = [
        ("mail", .emailVerificationMessageType, String(repeating: "{####", count: 4000)),
        ("mail that ends badly", .emailVerificationMessageType, String(repeating: "x", count: 19_999) + "\u{0}"),
        ("link", .emailVerificationMessageByLinkType, String(repeating: "{##", count: 6600)),
        ("link that ends badly", .emailVerificationMessageByLinkType, String(repeating: "{##x", count: 4999) + "\u{1}"),
        ("address", .emailAddressType, String(repeating: "x", count: 20_000)),
        ("address of many signs", .emailAddressType, String(repeating: "@", count: 20_000) + "\u{1}"),
        ("user pool id", .userPoolIdType, String(repeating: "_", count: 20_000)),
        ("device key", .deviceKeyType, String(repeating: "_", count: 20_000)),
        ("ARN", .arnType, "arn:" + String(repeating: "a:", count: 1000)),
        ("session", .tokenModelType, String(repeating: ".", count: 20_000) + " "),
    ]

    @Test("20,000 hostile characters are answered quickly", arguments: hostile.indices)
    func answeredQuickly(index: Int) {
        let (name, constraint, text) = Self.hostile[index]
        let elapsed = processorTime { #expect(!constraint.isMet(by: text)) }
        #expect(elapsed < .seconds(1), "\(name)")
    }
}
