import Domain
import Testing

@Suite struct PlainTextTests {
    @Test(
        "a mail's HTML as a text",
        arguments: [
            ("Your code is 123456. ", "Your code is 123456."), ("one\ntwo &amp; three", "one\ntwo & three"),
            ("<p>Hello,</p><p>your code\n is <b>12</b>.</p>", "Hello,\n\nyour code is 12."),
            ("a<br>b<br/>c<BR />d", "a\nb\nc\nd"), ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
            (
                #"Follow <a class=x href="https://a.b/c?d=1&amp;e=2">this link</a>."#,
                "Follow this link (https://a.b/c?d=1&e=2)."
            ),
            ("<a href='https://a.b'>https://a.b</a>", "https://a.b"), ("<a href=https://a.b></a>", "https://a.b"),
            (#"<a href="mailto:a@b.c">a@b.c</a>"#, "a@b.c"), (#"<a href="u">open"#, "open (u)"),
            ("1 < 2 && 3 > 2", "1 < 2 && 3 > 2"),
            ("&lt;b&gt;&#39;&#x41;&nbsp;&eacute;&unknown;&#0;&#xD800;", "<b>'A\u{A0}é&unknown;&#0;&#xD800;"),
            ("a<!-- <b>no</b> -->b", "ab"), ("<style>p{a:b}</style><SCRIPT>x()</SCRIPT>seen", "seen"),
            ("<html><head><title>T</title></head><body>B</body></html>", "B"),
            ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
            ("<pre>one\n  two</pre>three", "one\n  two\n\nthree"), (#"<img alt=">" src="x">y"#, "y"), ("<p", ""),
            ("<a href=\"", ""),
            ("<h1>Title</h1>text", "Title\n\ntext"), ("", ""), ("&", "&"), ("<script>never ends", ""),
            ("x <!-- never ends", "x"),
        ]
    )
    func rendered(html: String, text: String) {
        #expect(PlainText(html: html).text == text)
    }

    @Test("long and deep HTML costs no more than its length, and has an end")
    func bounded() {
        for piece in ["<pre>", "<a href='u'>", "<", "&", "<!--", "<div ", "</p>", "{##", "<a href=\"", "<script>"] {
            let html = String(repeating: piece, count: 400_000 / piece.utf8.count)
            var text = ""
            let time = ContinuousClock().measure { text = PlainText(html: html).text }
            #expect(text.utf8.count <= 200_000 && time < .seconds(20), "\(piece)")
        }
    }
}
