import CognitoModel
import Testing

extension Cognito {
    /// Holds the newest event, byte for byte, against what is expected: its parts, whose ids are written as `<pool>`,
    /// `<client>` and, of that user, `<sub>`.
    func expectEvent(
        sub: String = "",
        _ parts: String...,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let expected = parts.joined()
            .replacing("<pool>", with: pool).replacing("<client>", with: client.id).replacing("<sub>", with: sub)
        #expect(functions.payloads.last == expected, sourceLocation: sourceLocation)
    }
}

/// What functions that don't help are answered with, in Cognito's words.
extension Refusal {
    static func unreachable(_ trigger: String, _ code: String = "ResourceNotFoundException") -> Refusal {
        Refusal("UnexpectedLambdaException", "\(trigger) invocation failed due to error \(code).")
    }
    static func invalidAnswer(_ text: String) -> Refusal { Refusal("InvalidLambdaResponseException", text) }
    static let unrecognizable = invalidAnswer("Unrecognizable lambda output")
    static let invalidJSON = invalidAnswer("Invalid lambda function output : Invalid JSON")
}
