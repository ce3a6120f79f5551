package import Domain
package import Messaging

/// Mails one way, and texts another.
package struct ChannelDelivery: MessageDelivery {
    private let mail: any MessageDelivery
    private let texts: any MessageDelivery

    package init(mail: any MessageDelivery, texts: any MessageDelivery) {
        self.mail = mail
        self.texts = texts
    }

    package func deliver(_ message: Message) async throws(DeliveryFailure) {
        switch message.channel {
        case .email: try await mail.deliver(message)
        case .sms: try await texts.deliver(message)
        }
    }
}
