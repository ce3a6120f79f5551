/// Why there is no such passkey, or can't be one.
package enum PasskeyFailure: Error, Hashable, Sendable {
    /// The pool lets nobody in by passkeys.
    case notEnabled
    /// The pool has neither a relying party's id nor a domain.
    case relyingPartyMissing
    /// What came isn't what browsers send.
    case malformed
    /// What was asked for isn't what this answers, or not any more.
    case challengeNotFound
    /// It was asked for through another client.
    case otherClient
    case originNotAllowed
    case otherRelyingParty
    /// The authenticator doesn't do what is asked of it.
    case unsupported
    /// Somebody of the pool has it.
    case exists
    /// The user has all that they may have.
    case tooMany
    case notFound
}
