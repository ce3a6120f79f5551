import CognitoModel
import Domain
import Testing

@Suite struct NameTests {
    private static let folding = #""UsernameConfiguration":{"CaseSensitive":false}"#

    @Test("a name is what was typed, in Unicode's composed form, and a key to compare it by")
    func forms() throws {
        let typed = "Zoe\u{308}@B.C"
        let name = try makePool().name(typed)
        #expect(Array(name.text.utf8) == Array("Zo\u{EB}@B.C".utf8))
        #expect(Array(name.key.utf8) == Array("Zo\u{EB}@B.C".utf8))
        let folded = try makePool(Self.folding).name(typed)
        #expect(Array(folded.text.utf8) == Array("Zo\u{EB}@B.C".utf8))
        #expect(Array(folded.key.utf8) == Array("zo\u{EB}@b.c".utf8))
    }

    @Test(
        "names that look the same are the same",
        arguments: [
            ("e\u{301}", "\u{E9}"), ("\u{212B}", "\u{C5}"), ("\u{1112}\u{1161}\u{11AB}", "\u{D55C}"),
            ("a\u{323}\u{307}", "a\u{307}\u{323}"),
        ]
    )
    func composed(first: String, second: String) throws {
        for pool in [try makePool(), try makePool(Self.folding)] {
            let (one, other) = (try pool.name(first), try pool.name(second))
            #expect(one == other)
            #expect(Array(one.key.utf8) == Array(other.key.utf8))
        }
    }

    /// Unicode composes the small letter with its mark and not the capital one.
    @Test(
        "a key is composed after its letters were made small",
        arguments: [("J\u{30C}", "\u{1F0}"), ("H\u{331}", "\u{1E96}")]
    )
    func composedWhenSmall(capital: String, small: String) throws {
        let pool = try makePool(Self.folding)
        #expect(Array(try pool.name(capital).key.utf8) == Array(small.utf8))
        #expect(Array(try pool.name(small).key.utf8) == Array(small.utf8))
    }

    @Test(
        "what no user can be called",
        arguments: ["", " ", "a b", "a\n", "\u{0}", "a\u{7F}", String(repeating: "a", count: 129)]
    )
    func malformed(text: String) throws {
        let pool = try makePool()
        #expect(throws: UsernameFailure.malformed) { try pool.name(text) }
    }

    @Test("what some users are called", arguments: ["a", "日本", "🔑", "<a>", String(repeating: "a", count: 128)])
    func wellFormed(text: String) throws {
        #expect(try makePool().name(text).text == text)
    }
}
