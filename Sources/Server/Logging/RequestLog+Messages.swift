import Accounts
import CognitoModel
import Domain
import OperatingSystem

extension RequestLog {
    /// One JSON line for a message that couldn't be delivered, as whoever asked for it may not have been told. Nothing of
    /// the user or the message.
    func write(_ failure: DeliveryFailure, at now: Timestamp) {
        guard let stream else { return }
        var json = JSONWriter(capacity: 320)
        json.beginObject()
        json.member("time", now)
        json.member("message", "a message couldn't be delivered")
        json.member("channel", failure.channel.rawValue)
        json.member("cause", "\(failure.cause)")
        json.endObject()
        stream.write(json.bytes)
    }
}
