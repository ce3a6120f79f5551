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
    case unreadableAttributes(while: Change)
    case unwritableAttributes(while: Change)

    /// What is being done to the client.
    package enum Change: String, Hashable, Sendable {
        case creating, updating
    }
}
