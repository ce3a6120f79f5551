import Domain
import Testing

@Suite struct ContactFormatTests {
    private static func letters(_ count: Int) -> String { String(repeating: "a", count: count) }

    @Test(
        "what is a mail address",
        arguments: [
            "a@b.c", "alice+tag@sub.example.com", "ü@ö.de", "a.b@c-d.ef", "日本@例え.jp", "o'hara@b.c", "a@1.2",
            "!#$%&'*+-/=?^_`{|}~@b.c", "\(letters(64))@b.c", "a@\(letters(63)).c",
            "\(letters(64))@\(letters(63)).\(letters(63)).\(letters(61))",
        ]
    )
    func email(text: String) {
        #expect(ContactFormat.isEmail(text))
    }

    @Test(
        "what is none",
        arguments: [
            "", "a", "@b.c", "a@", "a@b", "a@b.", "a@.c", "a@b..c", "a@@b.c", "a@b@c.d", "a b@c.d", "a@b.c ", "a@b.c\n",
            " a@b.c", "a\u{0}@b.c", "a@b.\u{A0}", ".a@b.c", "a.@b.c", "a..b@c.d", "a@-b.c", "a@b-.c", "a@b_c.d",
            // More than one address, and what a mail program would make more of.
            "a@b.c,d@e.f", "a,b@c.d", "a;b@c.d", "a<b@c.d>", "<a@b.c>", "\"a b\"@c.d", "a(b)@c.d", "a:b@c.d",
            "a@[127.0.0.1]", "a\\b@c.d", "a\r\nBcc:x@b.c", "a\u{202E}@b.c", "a\u{200B}@b.c", "a@b\u{2028}.c",
            // What isn't seen: a filler, a variation selector, a joiner of graphemes.
            "a\u{3164}@b.c", "a\u{FE0F}@b.c", "a@b\u{34F}.c",
            "\(letters(65))@b.c", "a@\(letters(64)).c", "\(letters(64))@\(letters(63)).\(letters(63)).\(letters(62))",
        ]
    )
    func noEmail(text: String) {
        #expect(!ContactFormat.isEmail(text))
    }

    @Test(
        "what is a telephone number in E.164",
        arguments: [
            ("+4915112345678", true), ("+12", true), ("+123456789012345", true), ("+1234567890123456", false),
            ("+1", false), ("", false), ("+", false), ("4915112345678", false), ("+0123456", false),
            ("+49 151", false), ("+49-151", false), ("++49151", false), ("+49151a", false), ("+١٢٣٤٥", false),
            ("+4915112345678\n", false), ("\u{FF0B}4915112345", false),
        ]
    )
    func phoneNumber(text: String, isPhoneNumber: Bool) {
        #expect(ContactFormat.isPhoneNumber(text) == isPhoneNumber)
    }
}
