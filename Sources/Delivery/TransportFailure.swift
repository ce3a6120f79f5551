import CognitoModel
package import Domain
package import Messaging
import NetworkClient

/// Why what takes messages didn't take one. Its description is for the log: nothing of the user is in it.
package struct TransportFailure: Error, CustomStringConvertible, Sendable {
    /// What is to be done about it.
    package enum Kind: String, Sendable, CaseIterable {
        /// This message is refused for good.
        case refused
        /// It is refused for now.
        case delayed
        /// Nobody answered, or not in time.
        case unreachable
        /// It takes nothing from us: the operator has to act. The message is tried again meanwhile.
        case misconfigured
    }

    package let kind: Kind
    /// Who that is: a host, with its port where it has one.
    package let place: String
    private let detail: String

    /// `detail` may have addresses in it, which are taken out.
    package init(_ kind: Kind, at place: String, _ detail: String) {
        self.kind = kind
        self.place = place
        self.detail = Self.withoutAddresses(detail)
    }

    package var description: String { "\(place): \(words): \(detail)" }

    /// Without the message's code, which an answer may quote.
    func concealing(_ code: String?) -> TransportFailure {
        guard let code, !code.isEmpty else { return self }
        return TransportFailure(kind, at: place, detail.replacing(code, with: "<code>"))
    }

    /// As whoever delivers tells it.
    package func failure(_ channel: Message.Channel) -> DeliveryFailure {
        DeliveryFailure(channel, isPermanent: kind == .refused, cause: self)
    }

    private var words: String {
        switch kind {
        case .refused: "refuses this message"
        case .delayed: "refuses for now"
        case .unreachable: "can't be reached"
        case .misconfigured: "refuses all of ours; the configuration must be mended"
        }
    }

    /// Without what has an `@` in it, and without telephone numbers.
    private static func withoutAddresses(_ text: String) -> String {
        text.split(separator: " ").map { word in
            let digits = word.filter(\.isNumber).count
            let isNumber = digits >= 7 && (word.contains("+") || digits >= 10)
            return word.contains("@") || isNumber ? "<address>" : String(word)
        }.joined(separator: " ")
    }
}

extension TransportFailure {
    /// What kept a request from being answered.
    init(_ failure: NetworkFailure, at place: String) {
        switch failure {
        case .malformed(let reason): self.init(.misconfigured, at: place, reason)
        case .refusedAddress: self.init(.misconfigured, at: place, "its address isn't open")
        case .tls(let reason): self.init(.misconfigured, at: place, "TLS: \(reason)")
        case .overloaded: self.init(.delayed, at: place, "too many messages wait for it")
        case .couldNotResolve: self.init(.unreachable, at: place, "its name has no address")
        case .couldNotConnect: self.init(.unreachable, at: place, "nobody takes the connection, or not in time")
        case .timedOut: self.init(.unreachable, at: place, "no answer in time")
        case .tooLarge: self.init(.unreachable, at: place, "its answer is too long")
        case .interrupted: self.init(.unreachable, at: place, "the connection ended without an answer")
        case .cancelled: self.init(.unreachable, at: place, "cut short")
        case .other(let reason): self.init(.unreachable, at: place, reason)
        }
    }
}
