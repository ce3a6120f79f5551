/// What AWS answers to a body that can't be read: the wording is that of its JSON protocol, not of Cognito.
enum SerializationFault {
    static let notJSON = CognitoError(.serialization, "Unable to parse the request body as JSON")

    /// A value of another kind than `expected`; `found` as `MemberDecoder` saw it.
    static func mismatch(expected: ExpectedKind, found: FoundKind) -> CognitoError {
        switch (expected, found) {
        case (.list, _): CognitoError(.serialization, "Expected list or null")
        case (.structure, _): CognitoError(.serialization, "Expected map or null")
        case (_, .object):
            CognitoError(.serialization, "Start of structure or map found where not expected.")
        case (_, .array): CognitoError(.serialization, "Start of list found where not expected")
        case (_, .null): CognitoError(.serialization, "NULL_VALUE can not be converted to a \(expected.rawValue)")
        case (_, .value(let kind)):
            CognitoError(.serialization, "\(kind) can not be converted to \(expected.article) \(expected.rawValue)")
        }
    }

    enum ExpectedKind: String {
        case string = "String"
        case integer = "Integer"
        case boolean = "Boolean"
        case timestamp = "Timestamp"
        case list, structure

        var article: String { self == .integer ? "an" : "a" }
    }

    enum FoundKind {
        case object, array, null
        /// AWS's name of a scalar's token, such as `NUMBER_VALUE`.
        case value(String)
    }
}
