import Delivery
import Domain
import Messaging
import NetworkClient
import OperatingSystem

/// Where messages to users go.
package struct MessageConfiguration: Sendable {
    private(set) var mail = MailConfiguration.none
    private(set) var texts = TextConfiguration.none

    static let flags = MailConfiguration.flags + TextConfiguration.flags

    /// Nowhere is said.
    package init() {}

    init(_ values: FlagValues, environment: [String: String]) throws {
        mail = try MailConfiguration(values, environment: environment)
        texts = try TextConfiguration(values, environment: environment)
    }

    /// What the operator should know before it starts, a line each.
    var warnings: [String] { [mail.warning, texts.warning].compactMap(\.self) }

    /// What takes the messages. `inbox` takes those of which nothing is said; without it they fail. `observer` is told
    /// of mail servers that are passed over from then on.
    func delivery(
        inbox: MessageInbox?,
        client: NetworkClient,
        clock: WallClock,
        observer: @escaping @Sendable (TransportFailure) -> Void
    ) -> any MessageDelivery {
        ChannelDelivery(
            mail: mailDelivery(client: client, clock: clock, observer: observer)
                ?? inbox ?? NoDelivery(flag: "--mail"),
            texts: textDelivery(client: client, clock: clock) ?? inbox ?? NoDelivery(flag: "--texts")
        )
    }

    private func mailDelivery(
        client: NetworkClient,
        clock: WallClock,
        observer: @escaping @Sendable (TransportFailure) -> Void
    ) -> (any MessageDelivery)? {
        switch mail {
        case .none: nil
        case .output: OutputDelivery(stream: .output)
        case .smtp(let relays, let sender):
            SMTPDelivery(servers: relays, sender: sender, client: client, observer: observer)
        case .ses(let service, let sender, let place, let policy, let trust):
            HTTPDelivery(
                SESSendEmail(service, sender: sender),
                place: place,
                client: client,
                addressPolicy: policy,
                trust: trust,
                clock: clock
            )
        }
    }

    private func textDelivery(client: NetworkClient, clock: WallClock) -> (any MessageDelivery)? {
        switch texts {
        case .none: nil
        case .output: OutputDelivery(stream: .output)
        case .service(let service, let place, let policy, let trust):
            HTTPDelivery(service, place: place, client: client, addressPolicy: policy, trust: trust, clock: clock)
        }
    }
}
