import CognitoModel
package import Domain
package import Messaging
package import OperatingSystem

/// Writes messages to a stream as JSON lines: what `serve` does with them until mail delivery is built.
package struct OutputDelivery: MessageDelivery {
    private let stream: StandardStream

    /// Writes to that stream.
    package init(stream: StandardStream) { self.stream = stream }

    /// Writes the message.
    package func deliver(_ message: Message) async throws(DeliveryFailure) { stream.write(message.jsonBytes) }
}
