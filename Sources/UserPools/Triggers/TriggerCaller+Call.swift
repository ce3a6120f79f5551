import CognitoModel
import Domain
import Operations

extension TriggerCaller {
    /// Whoever makes the call, for the functions that are called along.
    init(clientID: String?, _ request: RequestContext, clientMetadata: [String: String]? = nil) {
        self.init(clientID: clientID, userAgent: request.userAgent, clientMetadata: clientMetadata)
    }
}

extension [AttributeType] {
    /// `ValidationData`, as functions see it. Of two of the same name the later one counts.
    var validationData: [String: String] {
        Dictionary(map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { _, later in later })
    }
}
