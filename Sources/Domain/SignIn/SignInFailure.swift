package import CognitoModel

/// Why a sign-in goes no further.
package enum SignInFailure: Error, Hashable, Sendable {
    /// The password, or the proof of one, isn't the user's; or there is no such user, and the client hides it.
    case wrongUsernameOrPassword
    /// Too many wrong passwords came in a row.
    case locked
    case userDisabled
    case userNotConfirmed
    case passwordResetRequired
    case temporaryPasswordExpired
    /// The flow isn't one of the operation.
    case flowNotSupported
    /// The client may not sign in by the flow any more.
    case flowNotAllowed(AuthFlowType)
    case customAuthenticationNotConfigured
    /// A parameter of the step is absent or empty.
    case missingParameter(String)
    /// `SRP_A` isn't a number that an honest client sends.
    case invalidPublicKey
    /// `Session` wasn't sealed here, or is for another client or user.
    case invalidSession
    case sessionExpired
    /// `Session` was used before.
    case sessionUsed
    /// The challenge isn't the one that the session awaits.
    case unexpectedChallenge
    /// The challenge isn't one that can be answered.
    case unsupportedChallenge(ChallengeNameType)
    /// The user can't take the factor that was chosen, or has none to choose from.
    case unavailableFactor
    /// The one-time code isn't the one that was sent.
    case wrongCode
    /// The passkey isn't one of the user's, or what it signed isn't what was asked for.
    case wrongPasskey
    /// The code of the software token was used before.
    case usedSoftwareToken
    /// A second factor is required that the user neither has nor can set up.
    case noSecondFactor
    /// The app wants a level of authentication, and the pool's plan has none.
    case levelsUnavailableInTier
    /// None of the levels that the app wants is one of the pool's, or what it says about them is malformed.
    case invalidTarget
    /// The user has no factors for any of the levels that the app wants.
    case levelUnreachable
    /// The access token shows the level that the app wants.
    case levelReached
    /// Required attributes came neither with the new password nor before.
    case missingAttributes([String])
    /// The address is one from which nobody may sign in.
    case addressBlocked
    /// Threat protection takes it for a stranger's.
    case riskBlocked
    /// The password is known to others, and has to be reset.
    case passwordCompromised
    /// A required attribute that has a value already came with the new password.
    case attributeAlreadySet(String)
}
