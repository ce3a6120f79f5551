import CognitoModel

/// What the log line and the metrics say of a request. Nothing of its body.
struct RequestTrace: Sendable {
    /// The operation, or the endpoint's path pattern; nil where the request named none.
    var operation: String?
    /// The errors that the operation's model declares.
    var declaredErrors: [ErrorCode]?
    var pool: String?
    var errorType: String?
    /// What went wrong underneath, for the log alone.
    var cause: String?
}
