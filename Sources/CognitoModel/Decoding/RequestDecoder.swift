import FoundationEssentials

/// Reads JSON into the generated structures.
package enum RequestDecoder {
    /// Reads the body of a request and checks every constraint of the model.
    ///
    /// An empty body counts as `{}`. Throws `SerializationException` for what isn't JSON or has a value of the wrong
    /// type, and `InvalidParameterException` naming every violated constraint.
    package static func request<Request: Decodable>(_ type: Request.Type, from body: [UInt8]) throws -> Request {
        guard String(validating: body, as: UTF8.self) != nil else { throw SerializationFault.notJSON }
        let violations = Violations()
        let decoder = JSONDecoder()
        if let key = CodingUserInfoKey.violations { decoder.userInfo[key] = violations }
        do {
            let request = try decoder.decode(type, from: body.isEmpty ? Data("{}".utf8) : Data(body))
            if let error = violations.error { throw error }
            return request
        } catch is MissingStructure {
            throw violations.error ?? SerializationFault.notJSON
        } catch is DecodingError {
            throw SerializationFault.notJSON
        }
    }

    /// Reads a document that was stored as JSON. No constraint is checked.
    package static func document<Document: Decodable>(_ type: Document.Type, from text: [UInt8]) throws -> Document {
        try JSONDecoder().decode(type, from: Data(text))
    }

    /// As above, from a text.
    package static func document<Document: Decodable>(_ type: Document.Type, from text: String) throws -> Document {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}

/// A required structure is absent, so the value that holds it can't be built; the violation is recorded already.
struct MissingStructure: Error {}
