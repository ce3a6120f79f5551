package import CognitoModel
import Database
import Domain
package import HTTPTransport

/// Turns errors into answers. The one place where a cause is told apart from what the caller may see.
package enum ErrorEnvelope {
    /// Of every answer of the API, errors too.
    static let contentType = "application/x-amz-json-1.1"

    /// The error that the caller sees. What nobody worded is an internal failure, and so is a message that couldn't be
    /// handed over where the operation declares no error for that.
    package static func wireError(_ error: any Error, declared: [ErrorCode]? = nil) -> CognitoError {
        let wireError = worded(error)
        guard wireError.code == .codeDeliveryFailure, let declared, !declared.contains(.codeDeliveryFailure) else {
            return wireError
        }
        return .internalFailure(error)
    }

    private static func worded(_ error: any Error) -> CognitoError {
        switch error {
        case let error as CognitoError: error
        case let error as any CognitoErrorConvertible: error.cognitoError
        case let error as DatabaseError where error.code == .overloaded: .rateExceeded(error)
        case let error as DatabaseError where error.code == .invalidText: .unstorableText(error)
        default: .internalFailure(error)
        }
    }

    /// The answer: status 400 (500 for a server fault), `__type` and `message` in the body, both in headers too.
    package static func response(_ error: CognitoError) -> HTTPResponse {
        var headers: HTTPHeaders = ["Content-Type": contentType]
        headers.append("x-amzn-ErrorType", "\(error.code.name):")
        headers.append("x-amzn-ErrorMessage", headerText(error.message))
        return HTTPResponse(status: error.code.isServerFault ? 500 : 400, headers: headers, body: error.body)
    }

    /// A header takes printable ASCII alone.
    private static func headerText(_ message: String) -> String {
        let scalars = message.unicodeScalars.prefix(1024).map { scalar -> Character in
            if scalar == "\n" || scalar == "\r" { return " " }
            return scalar.isASCII && scalar.value >= 0x20 && scalar.value != 0x7F ? Character(scalar) : "?"
        }
        let text = String(scalars)
        return String(text.reversed().drop { $0 == " " }.reversed())
    }
}
