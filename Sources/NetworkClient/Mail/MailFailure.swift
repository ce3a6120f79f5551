/// Why a mail wasn't taken.
package enum MailFailure: Error, Equatable {
    /// The server refuses this mail for good: 5yz to its sender, a recipient or its text.
    case permanent(MailReply)
    /// The server refuses for now: 4yz.
    case transient(MailReply)
    /// The server takes no mail at all from us: it refuses the connection or the credentials, or offers no mechanism
    /// that we may use, which is a reply of code 0. The operator has to act; the mail is as good as any.
    case refusedClient(MailReply)
    /// The mail, or the server's description, can't be sent as it is, or not to a server without `SMTPUTF8`. With the
    /// reason.
    case malformed(String)
    /// No reply. Where `mayHaveBeenReceived` is true the server may have taken the mail.
    case network(NetworkFailure)

    /// Whether the server may have taken the mail nevertheless.
    package var mayHaveBeenReceived: Bool {
        if case .network(let failure) = self { failure.mayHaveBeenReceived } else { false }
    }
}

/// What a mail server said.
package struct MailReply: Equatable, Sendable {
    /// The three digits.
    package var code: Int
    /// The text behind them, of all lines, mostly with an enhanced status code (RFC 3463) first. The server's own
    /// words: addresses may be in them.
    package var text: String

    /// A reply of these parts.
    package init(code: Int, text: String) {
        self.code = code
        self.text = text
    }
}
