import CognitoModel
import Database
import Domain
import HTTPTransport

/// Turns errors into answers. The one place where a cause is told apart from what the caller may see.
enum ErrorEnvelope {
    /// The error that the caller sees. What isn't one of Cognito's is an internal failure, or too much at once.
    static func wireError(_ error: any Error) -> CognitoError {
        switch error {
        case let error as CognitoError: error
        case let error as DatabaseError where error.code == .overloaded:
            CognitoError(.tooManyRequests, CognitoError.rateExceeded.message, cause: error)
        case let error as DatabaseError where error.code == .invalidText:
            CognitoError(.invalidParameter, "A value holds a character that can't be stored.", cause: error)
        default:
            CognitoError(
                .internalError,
                CognitoError.internalFailure.message,
                cause: error
            )
        }
    }

    /// The answer: status 400 (500 for a server fault), `__type` and `message` in the body, both in headers too.
    static func response(_ error: CognitoError) -> HTTPResponse {
        var headers: HTTPHeaders = ["Content-Type": "application/x-amz-json-1.1"]
        headers.append("x-amzn-ErrorType", "\(error.code.name):")
        headers.append("x-amzn-ErrorMessage", headerText(error.message))
        return HTTPResponse(status: error.code.isServerFault ? 500 : 400, headers: headers, body: error.body)
    }

    /// A header takes printable ASCII alone.
    private static func headerText(_ message: String) -> String {
        let scalars = message.unicodeScalars.map { scalar -> Character in
            if scalar == "\n" || scalar == "\r" { return " " }
            return scalar.isASCII && scalar.value >= 0x20 && scalar.value != 0x7F ? Character(scalar) : "?"
        }
        let text = String(scalars.prefix(1024))
        return String(text.reversed().drop { $0 == " " }.reversed())
    }
}
