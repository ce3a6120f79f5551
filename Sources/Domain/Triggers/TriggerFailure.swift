/// Why a call that needs a pool's function can't go on.
package enum TriggerFailure: Error, Hashable, Sendable {
    /// The function refused, or crashed: what it said.
    case refused(Trigger, message: String)
    /// The function couldn't be called, or didn't answer in time: Lambda's code for it, or a description.
    case unreachable(Trigger, code: String)
    /// What the function returned isn't the event: what is wrong with it.
    case malformed(Trigger, InvalidOutput)

    package enum InvalidOutput: Hashable, Sendable {
        /// It isn't JSON, or `null`.
        case notJSON
        /// It is JSON, but not the event with an answer that the trigger may give.
        case unrecognizable
        /// It is the event, but its answer can't be followed.
        case unusable(String)
    }
}

/// For logs: nothing that a function said, as that may be about a user.
extension TriggerFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .refused(let trigger, _): "the \(trigger.rawValue) function failed"
        case .unreachable(let trigger, let code): "the \(trigger.rawValue) function wasn't reached: \(code)"
        case .malformed(let trigger, _): "the \(trigger.rawValue) function answered what can't be followed"
        }
    }
}
