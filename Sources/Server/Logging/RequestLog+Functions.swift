import CognitoModel
import Domain
import Triggers

extension RequestLog {
    /// One JSON line for a function that wasn't reached, with what users aren't told. Nothing of the event.
    func write(_ call: FunctionCall, at now: Timestamp) {
        write("a function couldn't be called", at: now) { json in
            json.member("function", call.arn)
            json.member("tries", call.tries)
            if case .unreachable(let code) = call.outcome { json.member("error", code) }
            json.member("cause", call.detail)
        }
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
