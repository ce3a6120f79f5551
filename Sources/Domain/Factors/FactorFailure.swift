/// Why a second factor can't be set up, or turned on.
package enum FactorFailure: Error, Hashable, Sendable {
    /// The pool has no software tokens.
    case softwareTokenUnavailable
    case softwareTokenNotSetUp
    /// A token was begun, and its first code hasn't come.
    case softwareTokenNotVerified
    /// The first code of a token isn't right.
    case wrongFirstCode
    case tokenNameTooLong(limit: Int)
    /// The pool doesn't have the factor, or the user not what it needs.
    case cannotTurnOn(SecondFactor)
    /// In this pool a passkey doesn't count for both factors.
    case passkeysAreSingleFactor
    /// Passkeys may not be all that a user has.
    case passkeysNeedAnother
    case severalPreferred
    /// Settings of an earlier time know no factor but texts.
    case onlyTexts
    /// A factor that is off can't be preferred.
    case preferredIsOff(SecondFactor)
}
