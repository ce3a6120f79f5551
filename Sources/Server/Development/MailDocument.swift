import Domain

/// A mail as readers of mail show it: in their letters where it names none, and with links that open elsewhere.
struct MailDocument {
    /// Before the mail's own markup, which may bring a document's head of its own and wins where it says otherwise.
    private static let head = """
        <!DOCTYPE html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light"><base target="_blank">
        <title>Mail</title><style>body{font:16px/1.5 system-ui,sans-serif;margin:20px;overflow-wrap:anywhere}</style>

        """

    let bytes: [UInt8]

    init(_ message: Message) {
        bytes = Array((message.isHTML ? Self.head + message.body : message.body).utf8)
    }
}
