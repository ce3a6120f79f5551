import CognitoModel
import Testing

/// The error with which a body is refused, or nil where it is read.
func rejection<Request: JSONDecodable>(_ type: Request.Type, _ body: String) -> CognitoError? {
    rejection(type, bytes: Array(body.utf8))
}

func rejection<Request: JSONDecodable>(_ type: Request.Type, bytes: [UInt8]) -> CognitoError? {
    do {
        _ = try RequestDecoder.request(type, from: bytes)
        return nil
    } catch let error as CognitoError {
        return error
    } catch {
        Issue.record("not a CognitoError: \(error)")
        return nil
    }
}

/// The text of `InvalidParameterException` for one violation.
func violation(_ text: String) -> String { "1 validation error detected: \(text)" }
