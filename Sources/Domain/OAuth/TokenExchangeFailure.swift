package import CognitoModel

/// Why a token can't be exchanged for another (RFC 8693).
package enum TokenExchangeFailure: Error, Hashable, Sendable {
    /// The client may not exchange tokens so.
    case notEnabled(ExplicitAuthFlowsType)
    /// Somebody else's, or of another kind.
    case foreignToken
    /// The subject's token is for one service, and another is asked for.
    case anotherAudience
    /// Only one of them can be asked for.
    case audiencesAndResources
    case noResourceServer(String)
    /// An actor's token came without its type.
    case actorTokenTypeMissing
}
