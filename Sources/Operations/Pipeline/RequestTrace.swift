package import CognitoModel

/// What the log line and the metrics say of a request. Nothing of its body.
package struct RequestTrace: Sendable {
    /// The operation, or the route's name; nil if the request reached none.
    package var name: String?
    /// The errors that the operation's model declares.
    package var declaredErrors: [ErrorCode]?
    /// The pool that the request is about.
    package var poolID: String?
    /// The type of the error that was answered.
    package var errorType: String?
    /// What went wrong underneath, for the log alone.
    package var cause: String?

    /// Nothing is known yet.
    package init() {}
}
