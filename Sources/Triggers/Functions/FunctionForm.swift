package import CognitoModel
import JSON
package import NetworkClient

/// A way to call functions over HTTP: what is sent, and what answers mean.
package protocol FunctionForm: Sendable {
    /// The request that calls the function, with neither limits nor policy; nil where the ARN is of none that can be
    /// called this way.
    func request(for invocation: FunctionInvocation) throws(NetworkFailure) -> HTTPClientRequest?

    /// What the function answered.
    func answer(in response: HTTPClientResponse, to invocation: FunctionInvocation) throws(FunctionFailure) -> [UInt8]
}

/// One call of a function, however often it is tried.
package struct FunctionInvocation: Sendable {
    /// Of the function, as `LambdaConfig` has it.
    package let arn: String
    /// What it is called with.
    package let event: [UInt8]
    /// Unique to the call.
    package let id: String
    /// When it was called.
    package let moment: Timestamp
}

/// A function's name for errors that aren't its own.
enum FunctionError {
    static let timedOut = "Socket timeout while invoking Lambda function"
    static let notConnected = "Connection failure while invoking Lambda function"
    static let notFound = "ResourceNotFoundException"
    static let tooManyRequests = "TooManyRequestsException"
    static let tooLarge = "Response payload size exceeded maximum allowed payload size (6291556 bytes)."
}

/// What a function says when it fails: `errorMessage`, and `errorType` beside it.
struct FunctionErrorBody {
    let message: String?
    let type: String?

    /// What a body says of it; nil where it isn't a JSON object that has either.
    init?(_ body: [UInt8]) {
        guard let value = try? JSONElement(parsing: body), value.kind == .object else { return nil }
        // Users are shown it.
        message = (value["errorMessage"]?.string).map { String($0.bounded(toUTF8: Self.longestMessage)) }
        type = value["errorType"]?.string
        guard message != nil || type != nil else { return nil }
        isWhole = message != nil && type != nil && value["version"] == nil
    }

    /// Whether it can't be an event with an answer.
    let isWhole: Bool

    private static let longestMessage = 4096
}
