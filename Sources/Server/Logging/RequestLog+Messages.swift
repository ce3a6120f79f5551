import CognitoModel
import Domain
import Messaging
import OperatingSystem

extension RequestLog {
    /// One JSON line for a message that couldn't be handed over, as whoever asked for it may not have been told. Nothing of
    /// the user or what it says.
    func write(_ event: MessageEvent, at now: Timestamp) {
        guard let stream, let failure = event.failure else { return }
        var json = JSONWriter(capacity: 320)
        json.beginObject()
        json.member("time", now)
        json.member("message", "a message couldn't be delivered")
        json.member("id", event.id)
        json.member("userPoolId", event.poolID)
        json.member("channel", failure.channel.rawValue)
        json.member("outcome", event.outcome.rawValue)
        json.member("cause", "\(failure.cause)")
        json.endObject()
        stream.write(json.bytes)
    }
}
