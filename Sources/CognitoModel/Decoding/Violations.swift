import JSON
import Synchronization

/// Collects what a request violates of the model's constraints while it is decoded, so that one message names all; and
/// holds the request to what decoding it may cost.
final class Violations: Sendable {
    /// Elements of lists and members of maps that one request may have. The models' own limits come to 4,010 for the
    /// largest request (`SetIdentityPoolRoles`: 10 providers with 400 rules each).
    static let elementBudget = 5_000
    /// Bytes of the keys and values of `ClientMetadata` together.
    private static let longestClientMetadata = 131_072
    /// How many violations a message names. It counts all.
    private static let namedLimit = 50

    private struct State {
        var messages: [String] = []
        var count = 0
        var elements = 0
    }

    private let state = Mutex(State())

    /// Records a violation. `message` is made only if it will be named.
    func add(_ message: () -> String) {
        let isNamed = state.withLock { state in
            state.count += 1
            return state.count <= Self.namedLimit
        }
        guard isNamed else { return }
        let message = message()
        state.withLock { $0.messages.append(message) }
    }

    /// Counts the elements of a list or map that is about to be decoded. Throws `OverElementBudget`, having recorded a
    /// violation, if the request has too many.
    func spend(_ elements: Int, at place: ModelValue.Place) throws(OverElementBudget) {
        let isWithinBudget = state.withLock { state in
            state.elements += elements
            return state.elements <= Self.elementBudget
        }
        guard isWithinBudget else {
            add {
                "Value at '\(place)' failed to satisfy constraint: Lists and maps of a request must have length less than "
                    + "or equal to \(Self.elementBudget) together"
            }
            throw OverElementBudget()
        }
    }

    /// Holds `ClientMetadata`, of which the model bounds each text alone, to what one of them may be: it is kept with messages,
    /// and while functions are waited for.
    func checkClientMetadata(of request: JSONElement) {
        // One of more members than a request may have is refused for that, where the operation has it.
        guard let metadata = request["ClientMetadata"], metadata.count ?? 0 <= Self.elementBudget,
            let members = metadata.members
        else { return }
        let size = members.reduce(0) { $0 + $1.name.utf8.count + ($1.value.string?.utf8.count ?? 0) }
        guard size > Self.longestClientMetadata else { return }
        add {
            "Value at 'clientMetadata' failed to satisfy constraint: Map must have keys and values of length less than or "
                + "equal to \(Self.longestClientMetadata) together"
        }
    }

    /// `InvalidParameterException` with AWS's words for what was found, or nil.
    var error: CognitoError? {
        let (messages, found) = state.withLock { ($0.messages, $0.count) }
        guard found > 0 else { return nil }
        let count = "\(found) validation error\(found == 1 ? "" : "s") detected: "
        return CognitoError(.invalidParameter, count + messages.joined(separator: "; "))
    }
}

/// A request has more elements than may be decoded; the violation is recorded already.
struct OverElementBudget: Error {}
