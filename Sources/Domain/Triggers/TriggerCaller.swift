/// Who made the call for which functions are called, and what they said for them.
package struct TriggerCaller: Hashable, Sendable {
    /// The client through which the call was made; nil where administrators act without one.
    package let clientID: String?
    /// The `User-Agent` of the call, by which an AWS SDK tells its version.
    package let userAgent: String?
    /// `ClientMetadata`: handed on, never kept or checked. Nil where the call has none.
    package let clientMetadata: [String: String]?

    package init(clientID: String?, userAgent: String? = nil, clientMetadata: [String: String]? = nil) {
        self.clientID = clientID
        self.userAgent = userAgent
        self.clientMetadata = clientMetadata
    }

    /// The same, for functions that what was said isn't meant for.
    package var withoutMetadata: TriggerCaller { TriggerCaller(clientID: clientID, userAgent: userAgent) }
}
