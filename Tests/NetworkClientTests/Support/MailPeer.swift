import NetworkClient

/// A mail server by RFC 5321, with an answer in place of its own where `replies` names the command, or the command with
/// its argument.
struct MailPeer: Sendable {
    var greeting = "220 mail.example ESMTP"
    /// Beside the name: what `EHLO` says that it offers.
    var offers = ["SIZE 1000000", "8BITMIME"]
    var replies: [String: String] = [:]
    /// After how many mails it closes the connection, with or without a word.
    var mailsPerConnection = Int.max
    var farewell = ""

    @Sendable func script(_ peer: Peer) throws {
        try peer.send(greeting + "\r\n")
        if !greeting.hasPrefix("2") { return }
        var mails = 0
        while mails < mailsPerConnection {
            let line = try peer.line()
            let command = line.split(separator: " ").first.map(String.init) ?? ""
            if let reply = replies[line] ?? replies[command] {
                if reply.isEmpty { return }
                try peer.send(reply + "\r\n")
                continue
            }
            switch command {
            case "EHLO":
                let lines = ["mail.example"] + offers
                try peer.send(lines.dropLast().map { "250-\($0)\r\n" }.joined() + "250 \(lines.last ?? "")\r\n")
            case "AUTH": try authenticate(peer, line)
            case "DATA":
                try peer.send("354 go on\r\n")
                while try peer.line() != "." {}
                try peer.send((replies["."] ?? "250 2.0.0 taken") + "\r\n")
                mails += 1
            case "QUIT":
                try peer.send("221 bye\r\n")
                return
            default: try peer.send("250 2.1.0 fine\r\n")
            }
        }
        if !farewell.isEmpty { try peer.send(farewell + "\r\n") }
    }

    private func authenticate(_ peer: Peer, _ line: String) throws {
        if line == "AUTH LOGIN" {
            try peer.send("334 VXNlcm5hbWU6\r\n")
            _ = try peer.line()
            try peer.send("334 UGFzc3dvcmQ6\r\n")
            _ = try peer.line()
        } else if line.split(separator: " ").count == 2 {
            try peer.send("334 \r\n")
            _ = try peer.line()
        }
        try peer.send("235 2.7.0 welcome\r\n")
    }
}

extension ScriptedServer {
    /// As a mail server that isn't encrypted.
    var mailServer: MailServer {
        var server = MailServer(host: "127.0.0.1", port: port, security: .none)
        server.clientName = "client.example"
        return server
    }
}

/// A mail to one recipient.
let plainMail = MailSubmission(
    from: "from@example.com",
    to: ["to@example.com"],
    message: Array("Subject: s\r\n\r\ntext\r\n".utf8)
)
