package import CognitoModel

/// What the log line, the metrics and the audit trail say of a request. Nothing of its body.
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

    /// What the audit trail says of it; nil if it isn't part of that.
    package var audited: AuditedCall?

    /// Nothing is known yet.
    package init() {}
}
