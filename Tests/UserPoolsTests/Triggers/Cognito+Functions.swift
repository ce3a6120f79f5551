import CognitoModel
import Testing
import Triggers
import UserPools

extension Cognito {
    /// The ARN of a function of that name.
    static func arn(_ name: String) -> String { "arn:aws:lambda:us-east-1:123456789012:function:\(name)" }

    /// `LambdaConfig` with a function for each of the triggers, named after it.
    static func calling(_ triggers: String...) -> Members {
        ["LambdaConfig": Dictionary(uniqueKeysWithValues: triggers.map { ($0, arn($0)) })]
    }

    /// Lets the function of a trigger return its event with these members of `response` set.
    func answer(_ trigger: String, with response: [String: JSONValue] = [:]) {
        functions.answer(Self.arn(trigger), with: response)
    }

    /// Lets the function of a trigger do that.
    func set(_ trigger: String, _ body: @escaping Functions.Body) { functions.set(Self.arn(trigger), body) }

    /// Lets the function of a trigger refuse.
    func refuse(_ trigger: String, _ message: String = "No way") {
        set(trigger) { _ in throw FunctionFailure.failed(message: message) }
    }

    /// The events that a trigger's function was called with, in order.
    func events(of trigger: String) -> [JSONValue] {
        functions.events.filter { $0["triggerSource"]?.stringValue?.hasPrefix("\(trigger)_") == true }
    }
}

extension Refusal {
    static func function(_ trigger: String, said message: String = "No way") -> Refusal {
        Refusal("UserLambdaValidationException", "\(trigger) failed with error \(message).")
    }
}

extension JSONValue {
    /// The value at a path such as `request.userAttributes`.
    func at(_ path: String) -> JSONValue? {
        path.split(separator: ".").reduce(self) { $0?[String($1)] }
    }
}
