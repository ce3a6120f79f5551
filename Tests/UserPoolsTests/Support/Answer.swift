import CognitoModel
import HTTPTransport
import Testing

/// What an operation answered.
struct Answer: Sendable, CustomStringConvertible {
    let status: Int
    /// Nil for an empty body.
    let json: JSONValue?
    private let text: String

    init(_ response: HTTPResponse) {
        status = response.status
        text = String(decoding: response.body, as: UTF8.self)
        json = try? RequestDecoder.document(JSONValue.self, from: response.body)
        guard let refusal else { return }
        let expected = refusal == .internalError ? 500 : 400
        #expect(status == expected && response.headers["x-amzn-ErrorType"] == "\(refusal.code):")
    }

    var description: String { "\(status) \(text)" }

    /// Type and text of an error; nil for an answer that is none.
    var refusal: Refusal? {
        status == 200 ? nil : Refusal(json?["__type"]?.stringValue ?? "", json?["message"]?.stringValue ?? "")
    }

    /// The value at a path such as `AuthenticationResult.AccessToken`.
    subscript(_ path: String) -> JSONValue? {
        path.split(separator: ".").reduce(json) { $0?[String($1)] }
    }

    /// The text at a path; nil where there is none.
    func string(_ path: String) -> String? { self[path]?.stringValue }

    /// The text at a path, which must be there.
    func text(_ path: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
        try #require(string(path), "\(path) of \(self)", sourceLocation: sourceLocation)
    }

    /// The elements of the list at a path.
    func list(_ path: String) -> [JSONValue] {
        if case .array(let elements) = self[path] { elements } else { [] }
    }

    /// The values of a list of attributes by name.
    func attributes(_ path: String = "UserAttributes") -> [String: String] {
        let pairs = list(path).map { ($0["Name"]?.stringValue ?? "", $0["Value"]?.stringValue ?? "") }
        return Dictionary(pairs) { first, _ in first }
    }
}

/// An error as the caller sees it.
struct Refusal: Hashable, Sendable, Error, CustomStringConvertible {
    let code: String
    let message: String

    init(_ code: String, _ message: String) {
        self.code = code
        self.message = message
    }

    var description: String { "\(code): \(message)" }
}
