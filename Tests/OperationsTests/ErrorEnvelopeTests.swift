import CognitoModel
import Testing

@testable import Operations

@Suite("The words of an error")
struct ErrorEnvelopeTests {
    @Test("a message that could not be sent is told where the operation declares it, and else is a failure of ours")
    func delivery() {
        let failure = CognitoError(.codeDeliveryFailure, "The line is down")
        #expect(
            ErrorEnvelope.wireError(failure, declared: [.notAuthorized, .codeDeliveryFailure]).code == failure.code
        )
        #expect(ErrorEnvelope.wireError(failure).code == failure.code)
        #expect(ErrorEnvelope.wireError(failure, declared: [.notAuthorized]).code == .internalError)
    }
}
