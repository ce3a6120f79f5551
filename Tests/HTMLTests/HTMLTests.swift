import HTML
import Testing

@Suite struct HTMLTests {
    @Test func literalsAreMarkupAndTextsAreNot() {
        let name = "<b>&\"'"
        let html: HTML = "<p title=\"\(name)\">\(name)</p>"
        #expect(html.text == "<p title=\"&lt;b&gt;&amp;&quot;&#39;\">&lt;b&gt;&amp;&quot;&#39;</p>")
    }

    @Test func markupInMarkupStaysMarkup() {
        let inner: HTML = "<b>\("<i>")</b>"
        let none: HTML? = nil
        let html: HTML = "<p>\(inner)\([inner, inner])\(none)\(Optional<String>.none)\(3)</p>"
        let b = "<b>&lt;i&gt;</b>"
        #expect(html.text == "<p>\(b)\(b)\(b)3</p>")
    }

    @Test func attributesVanishWithTheirValue() {
        let html: HTML = """
            <input\(attribute: "value", "a\"b")\(attribute: "pattern", nil)\(flag: "required", true)\(flag: "hidden", false)>
            """
        #expect(html.text == "<input value=\"a&quot;b\" required>")
    }

    @Test func controlCharactersAreReplaced() {
        let html: HTML = "\("a\u{0}b\u{1B}c\u{7F}d\te\nf")"
        #expect(html.text == "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\te\nf")
    }

    @Test func bytesAreTheTextInUTF8() {
        let html: HTML = "<p>\("日本 & é")</p>"
        #expect(html.bytes == Array("<p>日本 &amp; é</p>".utf8))
    }

    @Test func emptiness() {
        #expect(HTML.empty.isEmpty)
        #expect(("\(HTML.empty)\("")" as HTML).isEmpty)
        #expect(!("\(HTML.empty) " as HTML).isEmpty)
    }

    /// Every ASCII text of two characters, in an element and in an attribute: none brings in a character that means
    /// something there.
    @Test func noTextBecomesMarkup() {
        for first in UInt8(0)..<128 {
            for second in UInt8(0)..<128 {
                let text = String(decoding: [first, second], as: UTF8.self)
                let html: HTML = "\(text)"
                #expect(!html.bytes.contains { "<>\"'".utf8.contains($0) })
                let ampersands = html.text.split(separator: "&", omittingEmptySubsequences: false).dropFirst()
                #expect(
                    ampersands.allSatisfy { after in
                        ["amp;", "lt;", "gt;", "quot;", "#39;"].contains { after.hasPrefix($0) }
                    }
                )
            }
        }
    }
}
