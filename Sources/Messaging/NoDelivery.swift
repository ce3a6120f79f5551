package import Domain

/// What stands where the operator has said nothing of where messages go: each fails for good.
package struct NoDelivery: MessageDelivery {
    private let flag: String

    /// `flag` is what the operator has to give.
    package init(flag: String) { self.flag = flag }

    package func deliver(_ message: Message) async throws(DeliveryFailure) {
        throw DeliveryFailure(message.channel, isPermanent: true, cause: NoDeliveryConfigured(flag: flag))
    }
}

/// The operator has said nothing of where such messages go.
package struct NoDeliveryConfigured: Error, CustomStringConvertible {
    let flag: String

    package var description: String { "nothing sends such messages: \(flag) isn't given" }
}
