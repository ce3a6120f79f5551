import CognitoModel
import Domain

/// Reads the members of what a function answered. One that is absent, or `null`, says nothing. Each method throws
/// `TriggerFailure.malformed` for a value of another kind.
struct AnswerReader {
    let trigger: Trigger
    let response: JSONValue

    /// A member that is true or false; false where it says nothing.
    func flag(_ name: String) throws(TriggerFailure) -> Bool {
        switch response[name] {
        case nil, .null: return false
        case .boolean(let isSet): return isSet
        default: throw unrecognizable
        }
    }

    func text(_ name: String) throws(TriggerFailure) -> String? {
        switch response[name] {
        case nil, .null: return nil
        case .string(let text): return text
        default: throw unrecognizable
        }
    }

    func texts(_ name: String) throws(TriggerFailure) -> [String]? {
        switch response[name] {
        case nil, .null: return nil
        case .array(let elements):
            let texts = elements.compactMap(\.stringValue)
            guard texts.count == elements.count else { throw unrecognizable }
            return texts
        default: throw unrecognizable
        }
    }

    /// Texts by name. One that is `null` isn't there.
    func map(_ name: String) throws(TriggerFailure) -> [String: String]? {
        switch response[name] {
        case nil, .null: return nil
        case .object(let members):
            let present = members.filter { $0.value != .null }
            let texts = present.compactMapValues(\.stringValue)
            guard texts.count == present.count else { throw unrecognizable }
            return texts
        default: throw unrecognizable
        }
    }

    var unrecognizable: TriggerFailure { .malformed(trigger, .unrecognizable) }
}
