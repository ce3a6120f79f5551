import CognitoModel
import Delivery
import Domain
import Messaging

extension RequestLog {
    /// One JSON line for a mail server that takes nothing, and is tried after the others for a while.
    func write(passedOver failure: TransportFailure, at now: Timestamp) {
        write("a mail server is passed over", at: now) { json in
            json.member("server", failure.place)
            json.member("cause", "\(failure)")
        }
    }

    /// One JSON line for a message that couldn't be handed over, as whoever asked for it may not have been told.
    /// Nothing of the user or what it says.
    func write(_ event: MessageEvent, at now: Timestamp) {
        guard let failure = event.failure else { return }
        write("a message couldn't be delivered", at: now) { json in
            json.member("id", event.id)
            json.member("userPoolId", event.poolID)
            json.member("channel", failure.channel.rawValue)
            json.member("outcome", event.outcome.rawValue)
            json.member("cause", "\(failure.cause)")
        }
    }
}
