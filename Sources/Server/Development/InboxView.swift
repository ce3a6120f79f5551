import CognitoModel
import Domain
import HTML
import ManagedLogin

/// The page that shows what dev "sent", as it would appear. Its script only asks for it anew where something has come.
struct InboxView {
    /// So many messages are listed.
    private static let longestList = 200

    /// What is listed, the newest first.
    let entries: [MessageInbox.Entry]
    /// The text that addresses are to have in them.
    let filter: String?
    /// The message that was chosen; nil for the newest.
    let chosen: MessageInbox.Entry?

    static let path: StaticString = "/_martlet/inbox"

    /// Whether there is something that this page doesn't show yet.
    var state: String { "\(entries.count)-\(entries.first?.number ?? 0)" }

    private var shown: MessageInbox.Entry? { chosen ?? entries.first }

    var html: HTML {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>Inbox · Martlet</title>
        <link rel="icon" type="image/svg+xml"\(href: StaticAssets.favicon.url)>
        <link rel="stylesheet"\(href: InboxAssets.stylesheet.url)>
        <script\(src: InboxAssets.script.url) defer></script>
        </head>
        <body data-state="\(state)">
        <header class="bar">
        <h1>Inbox</h1>
        <form method="get" role="search"\(action: LinkURL(path: Self.path))>
        <input type="search" name="to" value="\(filter ?? "")" placeholder="Address" aria-label="Filter by address" \
        autocomplete="off" spellcheck="false">
        <button>Filter</button>
        </form>
        <p id="count" role="status">\(count)</p>
        </header>
        <main>
        \(list)
        \(shown.map(detail) ?? nothing)
        </main>
        </body>
        </html>

        """
    }

    private var count: String { entries.count == 1 ? "1 message" : "\(entries.count) messages" }

    private var nothing: HTML {
        """
        <section id="detail" class="empty" data-number="0">
        <h2>\(filter == nil ? "Nothing was sent yet" : "Nothing was sent there")</h2>
        <p>Mails and texts to users appear here as soon as Martlet “sends” them.</p>
        </section>
        """
    }

    private var list: HTML {
        """
        <nav id="list" aria-label="Messages">
        \(entries.prefix(Self.longestList).map(item))
        </nav>
        """
    }

    private func link(_ entry: MessageInbox.Entry) -> LinkURL {
        let query = [("to", filter), ("message", String(entry.number))]
        return LinkURL(path: Self.path, query: query.compactMap { name, value in value.map { (name, $0) } })
    }

    private func item(_ entry: MessageInbox.Entry) -> HTML {
        let message = entry.message
        let current = entry.number == shown?.number ? "true" : nil
        return """
            <a\(href: link(entry))\(attribute: "aria-current", current)>
            <span class="kind">\(message.channel == .email ? "Mail" : "Text")</span>
            <strong>\(message.to)</strong>
            \(time(message.sentAt))
            <span class="about">\(message.subject ?? message.text)</span>
            </a>

            """
    }

    private func detail(_ entry: MessageInbox.Entry) -> HTML {
        let message = entry.message
        return """
            <article id="detail" data-number="\(entry.number)" aria-labelledby="subject">
            <h2 id="subject">\(message.subject ?? "Text message")</h2>
            <p class="to">To <strong>\(message.to)</strong>, \(time(message.sentAt))</p>
            \(message.code.map(codeBox))
            \(message.channel == .email ? mail(entry) : "<p class=\"bubble\">\(message.body)</p>")
            </article>
            """
    }

    private func codeBox(_ code: String) -> HTML {
        """
        <div class="code"><output id="code" aria-label="Code">\(code)</output>\
        <button type="button" data-copies="code">Copy</button></div>
        """
    }

    /// The mail stands in a frame that runs no script and is of no origin, behind a policy that says so as well.
    private func mail(_ entry: MessageInbox.Entry) -> HTML {
        let source = LinkURL(path: Self.path).appending(String(entry.number)).appending("mail")
        return """
            <iframe title="The mail as it appears" sandbox="allow-popups allow-popups-to-escape-sandbox" \
            loading="lazy"\(src: source)></iframe>
            <details><summary>As text</summary><pre>\(entry.message.text)</pre></details>
            """
    }

    private func time(_ moment: Timestamp) -> HTML {
        "<time datetime=\"\(moment.inWords(separator: "T"))Z\">\(moment.inWords(separator: " ")) UTC</time>"
    }
}

extension Timestamp {
    /// `2026-11-22 04:05:06`.
    fileprivate func inWords(separator: String) -> String {
        let digits = Array(self.digits).map(String.init)
        func part(_ range: Range<Int>) -> String { digits[range].joined() }
        return
            "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))\(separator)\(part(8..<10)):\(part(10..<12)):\(part(12..<14))"
    }
}
