/// What became of a call of a function, for log and metrics. Nothing of the event or the answer.
package struct FunctionCall: Sendable {
    package enum Outcome: Hashable, Sendable {
        /// It answered.
        case answered
        /// It ended with an error.
        case failed
        /// It wasn't reached, or not in time: what users are told.
        case unreachable(code: String)
    }

    /// Of the function.
    package let arn: String
    /// How often it was tried.
    package internal(set) var tries = 0
    /// What is known beyond what users are told; nil where nothing is.
    package internal(set) var detail: String?
    /// How it ended.
    package private(set) var outcome = Outcome.answered
    /// How long it took, with all that it waited for.
    package private(set) var duration = Duration.zero

    init(arn: String) { self.arn = arn }

    /// The call as it ended.
    func over(_ outcome: Outcome, since start: ContinuousClock.Instant) -> FunctionCall {
        var call = self
        call.outcome = outcome
        call.duration = .now - start
        return call
    }
}
