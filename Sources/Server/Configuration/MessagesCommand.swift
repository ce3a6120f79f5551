import CognitoModel
import Cryptography
import Delivery
import Domain
import Messaging
import NetworkClient

/// `martlet mail test` and `martlet texts test`: sends one message as the server would, so that operators see whether
/// what they have set up works.
package struct MessagesCommand: Sendable {
    /// The flags of both.
    package static let flags =
        MessageConfiguration.flags + FunctionConfiguration.flags.filter { $0.name == "aws-credentials" }

    private let channel: Message.Channel
    private let address: String
    private let configuration: MessageConfiguration

    /// Reads `test`, an address and flags, for `mail` or `texts`. Throws `UsageError`.
    package init(_ command: String, _ arguments: [String], environment: [String: String]) throws {
        channel = command == "mail" ? .email : .sms
        let kind = channel == .email ? "ADDRESS" : "NUMBER"
        guard arguments.count >= 2, arguments[0] == "test", !arguments[1].hasPrefix("--") else {
            throw UsageError("\(command): say test \(kind)")
        }
        address = arguments[1]
        guard channel == .email ? Mailbox(address: address) != nil : ContactFormat.isPhoneNumber(address) else {
            let needed = channel == .email ? "a mail address" : "a number as +15550100"
            throw UsageError("\(command): \(address) isn't \(needed)")
        }
        let values = try FlagValues(Array(arguments.dropFirst(2)), flags: Self.flags, environment: environment)
        _ = try values.required(command)
        configuration = try MessageConfiguration(values, environment: environment)
    }

    /// Sends it, and prints who took it and what they said. Throws where nobody did.
    package func run(_ print: (String) -> Void) async throws {
        let message = Message(
            id: try IdentifierGenerator(random: .system).uuid(),
            poolID: "test",
            to: address,
            channel: channel,
            subject: channel == .email ? "A test of Martlet" : nil,
            body: channel == .email
                ? "<p>Martlet sent this mail to see whether it can: <b>it can</b>. ✓</p>" : "A test of Martlet.",
            code: nil,
            sentAt: WallClock.system.now()
        )
        let client = NetworkClient()
        let outcome: Result<String, any Error>
        do {
            outcome = .success(try await send(message, client))
        } catch {
            outcome = .failure((error as? DeliveryFailure)?.cause ?? error)
        }
        await client.close()
        print(try outcome.get())
    }

    private func send(_ message: Message, _ client: NetworkClient) async throws -> String {
        if channel == .email, case .smtp(let relays, let sender) = configuration.mail {
            let (place, reply) = try await SMTPDelivery(servers: relays, sender: sender, client: client).submit(message)
            return "\(place) took it: \(reply.line)"
        }
        try await configuration.delivery(inbox: nil, client: client, clock: .system) { _ in }.deliver(message)
        return "taken"
    }
}
