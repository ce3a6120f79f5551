import CognitoModel
import Operations
import SignIn

/// A challenge as a page asks it. It travels in hidden fields of the page's form, so that the page can be shown again
/// as it was; none of it is believed but by the driver, which looks at the sealed `session`.
struct Prompt: Sendable {
    let name: ChallengeNameType
    /// As it was typed.
    let username: String
    var session: String
    var parameters: [String: String]
    /// The first factors to choose from.
    let available: [ChallengeNameType]

    init(_ challenge: PresentedChallenge, to username: String) {
        name = challenge.name
        self.username = username
        session = challenge.session ?? ""
        parameters = challenge.parameters
        available = challenge.availableChallenges ?? []
    }

    /// The challenge that a form answers; nil for one that answers none.
    init?(_ form: FormParameters) {
        guard let name = form[Field.name], let username = form[FieldName.username], let session = form[Field.session]
        else { return nil }
        self.name = ChallengeNameType(rawValue: name)
        self.username = username
        self.session = session
        available = (form[Field.available] ?? "").split(separator: " ").map { ChallengeNameType(rawValue: String($0)) }
        let document = form[Field.parameters].flatMap { text in
            try? RequestDecoder.document(JSONValue.self, from: text)
        }
        guard case .object(let members) = document else {
            parameters = [:]
            return
        }
        parameters = members.compactMapValues(\.stringValue)
    }

    /// What the form of its page carries.
    var hidden: [(name: String, value: String)] {
        [
            (FieldName.username, username), (Field.name, name.rawValue), (Field.session, session),
            (
                Field.parameters,
                String(decoding: JSONValue.object(parameters.mapValues(JSONValue.string)).jsonBytes, as: UTF8.self)
            ),
            (Field.available, available.map(\.rawValue).joined(separator: " ")),
        ]
    }

    /// A parameter that is a list, as JSON.
    func list(_ name: String) -> [String] {
        let document = parameters[name].flatMap { try? RequestDecoder.document(JSONValue.self, from: $0) }
        guard case .array(let elements) = document else { return [] }
        return elements.compactMap(\.stringValue)
    }

    private enum Field {
        static let name = "challenge_name"
        static let session = "session"
        static let parameters = "challenge_parameters"
        static let available = "available_challenges"
    }
}
