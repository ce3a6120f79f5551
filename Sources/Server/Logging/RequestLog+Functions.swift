import CognitoModel
import Domain
import OperatingSystem
import Triggers

extension RequestLog {
    /// One JSON line for a function that wasn't reached, with what users aren't told. Nothing of the event.
    func write(_ call: FunctionCall, at now: Timestamp) {
        guard let stream else { return }
        var json = JSONWriter(capacity: 320)
        json.beginObject()
        json.member("time", now)
        json.member("message", "a function couldn't be called")
        json.member("function", call.arn)
        json.member("tries", call.tries)
        if case .unreachable(let code) = call.outcome { json.member("error", code) }
        json.member("cause", call.detail)
        json.endObject()
        stream.write(json.bytes)
    }
}

extension FunctionCall.Outcome {
    /// For metrics.
    var name: String {
        switch self {
        case .answered: "answered"
        case .failed: "failed"
        case .unreachable: "unreachable"
        }
    }
}
