package import JSON

/// Reads JSON into the generated structures.
package enum RequestDecoder {
    /// Reads the body of a request and checks every constraint of the model.
    ///
    /// An empty body counts as `{}`. Throws `SerializationException` for what isn't JSON or has a value of the wrong
    /// type, and `InvalidParameterException` naming the violated constraints. What it costs is bounded by the body's
    /// size: see `Violations`.
    package static func request<Request: JSONDecodable>(_ type: Request.Type, from body: [UInt8]) throws -> Request {
        guard let element = try? JSONElement(parsing: body.isEmpty ? Array("{}".utf8) : body) else {
            throw SerializationFault.notJSON
        }
        let violations = Violations()
        violations.checkClientMetadata(of: element)
        do {
            let request = try Request(from: ModelValue(element: element, place: .root, violations: violations))
            if let error = violations.error { throw error }
            return request
        } catch is OverElementBudget {
            throw violations.error ?? SerializationFault.notJSON
        } catch is MissingStructure {
            throw violations.error ?? SerializationFault.notJSON
        } catch is WrongKind {
            throw SerializationFault.notJSON
        }
    }

    /// Reads a document that was stored as JSON. No constraint is checked. Throws for what isn't the document.
    package static func document<Document: JSONDecodable>(
        _ type: Document.Type,
        from text: [UInt8]
    ) throws -> Document {
        try document(type, from: JSONElement(parsing: text))
    }

    /// As above, from what was parsed already.
    package static func document<Document: JSONDecodable>(
        _ type: Document.Type,
        from element: JSONElement
    ) throws -> Document {
        try Document(from: ModelValue(element: element, place: .root, violations: nil))
    }

    /// As above, from a text.
    package static func document<Document: JSONDecodable>(
        _ type: Document.Type,
        from text: String
    ) throws -> Document {
        try document(type, from: Array(text.utf8))
    }
}

/// A required structure is absent, so the value that holds it can't be built; the violation is recorded already.
struct MissingStructure: Error {}
