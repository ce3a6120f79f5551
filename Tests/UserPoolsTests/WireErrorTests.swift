import CognitoModel
import Database
import Domain
import Testing

@testable import Operations

/// What becomes of errors that no feature words.
@Suite struct WireErrorTests {
    private struct Unworded: Error {}

    @Test("what nobody worded is an internal failure, whose cause stays inside")
    func internalFailure() {
        let error = ErrorEnvelope.wireError(Unworded())
        #expect(error.code == .internalError)
        #expect(error.message == "Something went wrong")
        #expect(error.cause is Unworded)
    }

    @Test(
        "what the database says",
        arguments: [
            (.overloaded, "TooManyRequestsException", "Rate exceeded"),
            (.invalidText, "InvalidParameterException", "A value holds a character that can't be stored."),
            (.other, "InternalErrorException", "Something went wrong"),
        ] as [(DatabaseError.Code, String, String)]
    )
    func database(code: DatabaseError.Code, name: String, message: String) {
        let error = ErrorEnvelope.wireError(DatabaseError(code, "secret"))
        #expect(error.code.name == name)
        #expect(error.message == message)
        #expect((error.cause as? DatabaseError)?.code == code)
    }

    @Test("an error that is worded already stays as it is")
    func worded() {
        let error = ErrorEnvelope.wireError(CognitoError(.expiredCode, "x"))
        #expect(error.code == .expiredCode && error.message == "x")
    }
}
