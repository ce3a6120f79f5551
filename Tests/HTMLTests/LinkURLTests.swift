import HTML
import Testing

@Suite struct LinkURLTests {
    @Test func pathsOfOurOwn() {
        #expect(LinkURL(path: "/login").text == "/login")
        #expect(LinkURL(path: "/login", query: [("a b", "&=?"), ("é", "~")]).text == "/login?a%20b=%26%3D%3F&%C3%A9=~")
        #expect(LinkURL(ownPath: "/login?x=%20&y=\"")?.text == "/login?x=%20&y=\"")
        #expect(LinkURL(ownPath: "/") != nil)
    }

    @Test func pathsAreAddedTo() {
        let path = LinkURL(path: "/static")
        #expect(path.appending("a/b?c\"").text == "/static/a%2Fb%3Fc%22")
        #expect(LinkURL(path: "/").appending("x").text == "/x")
        #expect(path.asking([("v", "1 2")]).text == "/static?v=1%202")
        #expect(path.asking([("v", "1")]).asking([("w", "&")]).text == "/static?v=1&w=%26")
        #expect(path.asking([]).text == "/static")
    }

    @Test(arguments: [
        "", "login", "//evil.example", "/\\evil.example", "\\\\evil.example", "/a b", "/a\tb", "/\n/evil.example",
        "https://evil.example", "javascript:alert(1)", "/\u{0}", "/a\\b",
    ])
    func whatIsNoPathOfOurOwn(_ text: String) { #expect(LinkURL(ownPath: text) == nil) }

    @Test(arguments: [
        "https://example.com", "HTTPS://example.com/a?b=c#d", "http://localhost:3000/", "http://[::1]/",
        "com.example.app:/callback", "myapp://callback", "mailto:ada@example.com",
    ])
    func absoluteOnes(_ text: String) { #expect(LinkURL(absolute: text)?.text == text) }

    @Test(arguments: [
        "javascript:alert(1)", "JavaScript:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)",
        "\u{1}javascript:alert(1)", "javascript&colon;alert(1)", "vbscript:x", "data:text/html,<script>", "blob:x",
        "file:///etc/passwd", "about:blank", "view-source:https://example.com", "https:", "https:example.com",
        "https:/example.com", "https:///example.com", "https:\\\\example.com", "http://a b", ":x", "1a:x", "a_b:x",
        "//example.com", "/path", "", "https://example.com\n", "x:",
    ])
    func whatIsNone(_ text: String) { #expect(LinkURL(absolute: text) == nil) }

    @Test func inItsAttributes() throws {
        let url = try #require(LinkURL(ownPath: "/a?b=c&d=\"><script>"))
        let escaped = "/a?b=c&amp;d=&quot;&gt;&lt;script&gt;"
        let html: HTML = "<a\(href: url)></a><img\(src: url)><form\(action: url)><button\(formaction: url)>"
        #expect(
            html.text
                == "<a href=\"\(escaped)\"></a><img src=\"\(escaped)\"><form action=\"\(escaped)\">"
                + "<button formaction=\"\(escaped)\">"
        )
        let none: HTML = "<a\(href: nil)>"
        #expect(none.text == "<a>")
    }
}
