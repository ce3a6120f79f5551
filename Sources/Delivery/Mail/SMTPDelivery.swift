package import Domain
package import Messaging
package import NetworkClient

/// Submits mails by SMTP, to the first of several servers that takes them.
///
/// A server that isn't there, or takes nothing from us, is passed over for a while. A mail that a server may have taken
/// goes to no other one at the same try.
package struct SMTPDelivery: MessageDelivery {
    /// For a try with all its servers: less than `MessageSender.longestTry`, so that the reason is told.
    package static let longestTry = Duration.seconds(20)

    private let servers: [Relay]
    private let sender: Mailbox
    private let client: NetworkClient
    private let health: RelayHealth
    private let time: Duration

    /// `sender` is whom mails come from whose pool doesn't say, and who hears of those that can't be delivered.
    /// `observer` is told when a server is passed over from now on.
    package init(
        servers: [Relay],
        sender: Mailbox,
        client: NetworkClient,
        within time: Duration = Self.longestTry,
        observer: @escaping @Sendable (TransportFailure) -> Void = { _ in }
    ) {
        self.servers = servers
        self.sender = sender
        self.client = client
        self.time = time
        health = RelayHealth(count: servers.count, observer: observer)
    }

    package func deliver(_ message: Message) async throws(DeliveryFailure) {
        do throws(TransportFailure) {
            _ = try await submit(message)
        } catch {
            throw error.failure(.email)
        }
    }

    /// Submits a mail; returns who took it and what they said.
    package func submit(_ message: Message) async throws(TransportFailure) -> (place: String, reply: MailReply) {
        guard let mail = MailMessage(message, from: sender) else {
            throw TransportFailure(.refused, at: "mail", "it goes to no address")
        }
        let submission = MailSubmission(from: sender.address, to: [mail.to.address], message: mail.bytes)
        let deadline = ContinuousClock.now + time
        var last: TransportFailure?
        for index in health.order() {
            let relay = servers[index]
            var server = relay.server
            server.authentication = relay.authentication()
            server.timeout = deadline - .now
            guard server.timeout > .zero else { break }
            do throws(MailFailure) {
                let reply = try await client.submit(submission, to: server)
                health.note(index, nil)
                return (relay.place, reply)
            } catch {
                let failure = TransportFailure(error, at: relay.place).concealing(message.code)
                guard error.isOfServer else { throw failure }
                health.note(index, failure)
                guard !error.mayHaveBeenReceived else { throw failure }
                last = failure
            }
        }
        throw last ?? TransportFailure(.unreachable, at: "mail", "no answer in time")
    }
}

/// A server that takes mails, and how we say to it who we are.
package struct Relay: Sendable {
    package let server: MailServer
    /// Asked for every mail, so that a token or a password can be changed.
    package let authentication: @Sendable () -> MailAuthentication

    package init(_ server: MailServer, authentication: @escaping @Sendable () -> MailAuthentication) {
        self.server = server
        self.authentication = authentication
    }

    /// For the log.
    var place: String { "\(server.host):\(server.port)" }
}

extension MailFailure {
    /// Whether it says something of the server rather than of the mail.
    fileprivate var isOfServer: Bool {
        switch self {
        case .permanent(let reply): reply.asksForCredentials
        case .malformed, .network(.overloaded), .network(.cancelled): false
        // 421: it closes the connection; 454: credentials can't be checked now (RFC 5321, 4954).
        case .transient(let reply): reply.code == 421 || reply.code == 454
        case .refusedClient, .network: true
        }
    }
}

extension TransportFailure {
    init(_ failure: MailFailure, at place: String) {
        switch failure {
        case .permanent(let reply):
            self.init(reply.asksForCredentials ? .misconfigured : .refused, at: place, reply.line)
        case .transient(let reply): self.init(.delayed, at: place, reply.line)
        case .refusedClient(let reply): self.init(.misconfigured, at: place, reply.line)
        case .malformed(let reason): self.init(.refused, at: place, reason)
        case .network(let failure): self.init(failure, at: place)
        }
    }
}

extension MailReply {
    package var line: String { code == 0 ? text : "\(code) \(text)" }

    /// Whether it wants to know first who we are, or otherwise than we say it (RFC 4954, 6).
    fileprivate var asksForCredentials: Bool { [530, 534, 535, 538].contains(code) }
}
