/// One mail with its envelope.
package struct MailSubmission: Sendable {
    /// The envelope's sender, who is told what can't be delivered; empty for nobody.
    package var from: String
    /// The envelope's recipients. The mail goes to all of them or, as far as the server says, to none.
    package var to: [String]
    /// The text as RFC 5322 and MIME have it, its lines ended by CR LF. Dots need no doubling.
    package var message: [UInt8]

    /// A mail of these parts.
    package init(from: String, to: [String], message: [UInt8]) {
        self.from = from
        self.to = to
        self.message = message
    }

    /// Throws `MailFailure.malformed` for what could be read as a command, or as the end of the text, by any server.
    func check() throws(MailFailure) {
        guard !to.isEmpty else { throw .malformed("there is no recipient") }
        guard from.isEmpty || from.isEnvelopeAddress else { throw .malformed("the sender is no address") }
        guard to.allSatisfy(\.isEnvelopeAddress) else { throw .malformed("a recipient is no address") }
        var last: UInt8 = 0
        for byte in message {
            // Servers differ in what they take for a line's end: a mail with another one could end, to some, too early.
            guard (byte == 10) == (last == 13), byte != 0 else {
                throw .malformed("the text has a NUL, or a line that doesn't end by CR LF")
            }
            last = byte
        }
        guard last != 13 else { throw .malformed("the text ends amid a line's end") }
    }

    /// Whether an address has characters that need a server with `SMTPUTF8` (RFC 6531).
    var needsUTF8: Bool { ([from] + to).contains { address in address.utf8.contains { $0 >= 0x80 } } }
}

extension String {
    /// Whether it can stand between `<` and `>` in a command.
    fileprivate var isEnvelopeAddress: Bool {
        // 64 of the local part, 255 of the domain (RFC 5321, 4.5.3.1).
        (1...320).contains(utf8.count) && utf8.contains(UInt8(ascii: "@"))
            && unicodeScalars.allSatisfy { scalar in
                switch scalar.value {
                case 0...0x20, 0x7F...0xA0, 0x3C, 0x3E, 0x2028, 0x2029: false
                default: true
                }
            }
    }
}
