import CognitoModel
import Domain
import Operations

extension TriggerCaller {
    /// Whoever makes the call, for the functions that are called along.
    init(clientID: String?, _ request: RequestContext, clientMetadata: [String: String]? = nil) {
        self.init(clientID: clientID, userAgent: request.userAgent, clientMetadata: clientMetadata)
    }
}
