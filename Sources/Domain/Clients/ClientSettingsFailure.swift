/// Why an app client can't be configured so.
package enum ClientSettingsFailure: Error, Hashable, Sendable {
    /// Flow names with and without the prefix `ALLOW_` don't mix.
    case mixedFlowNames
    case choiceBasedSignInUnavailable
    case tokenValidityOutOfRange
    case unknownProvider(String, poolID: String)
    case clientCredentialsBesideOtherFlows
    case clientCredentialsWithoutSecret
    case unknownScope(String)
    case redirectNotACallback(String)
    /// OAuth is on, and no flow or no scope is allowed.
    case oauthWithoutFlowsOrScopes
    /// A flow that sends the browser back has nowhere to send it.
    case callbackMissing
    case redirectWithoutTLS(String)
    case redirectHasFragment(String)
    /// The flow keeps the refresh token that rotation replaces.
    case rotationBesideRefreshFlow
    /// A client that gets tokens of its own lets no users in.
    case clientTokenFlowBesideOthers
    case unreadableAttributes(while: Change)
    case unwritableAttributes(while: Change)

    /// What is being done to the client.
    package enum Change: String, Hashable, Sendable {
        case creating, updating
    }
}
