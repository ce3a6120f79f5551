/// An error that the caller sees: a code of the service model and Cognito's message. The cause stays in the log.
package struct CognitoError: Error, Sendable, CustomStringConvertible {
    /// The longest message in bytes. Longer ones, which hold what the caller sent, are cut.
    package static let longestMessage = 8192

    /// What the caller sees: the error's type, and its text.
    package let code: ErrorCode
    package let message: String
    /// Only `InvalidParameterException` has one.
    package let reasonCode: String?
    /// What went wrong underneath. Never on the wire.
    package let cause: (any Error)?

    package init(_ code: ErrorCode, _ message: String, reasonCode: String? = nil, cause: (any Error)? = nil) {
        self.code = code
        self.message =
            message.utf8.count > Self.longestMessage ? "\(message.bounded(toUTF8: Self.longestMessage))…" : message
        self.reasonCode = reasonCode
        self.cause = cause
    }

    package var description: String { "\(code.name): \(message)" }

    /// The body of the answer.
    package var body: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.member("__type", code.name)
        json.member("message", message)
        json.member("reasonCode", reasonCode)
        json.endObject()
        return json.bytes
    }
}
