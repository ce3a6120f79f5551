package import CognitoModel

/// What stands between a proven factor and tokens.
package enum SignInGuard {
    package enum Next: Sendable {
        case tokens
        case newPassword
    }

    /// Decides what follows once the user has proven who they are. Throws what Cognito answers to those who may not
    /// sign in now; it says so only after the proof, so that a guess learns nothing.
    package static func next(
        for user: User,
        client: AppClient,
        now: Timestamp
    ) throws -> Next {
        guard user.isEnabled else { throw CognitoError.userDisabled }
        switch user.status {
        case .unconfirmed: throw CognitoError.userNotConfirmed
        case .resetRequired:
            throw client.preventsUserExistenceErrors
                ? CognitoError.incorrectUsernameOrPassword : CognitoError.passwordResetRequired
        case .forceChangePassword:
            if let expiry = user.temporaryPasswordExpiresAt, now >= expiry {
                throw CognitoError.temporaryPasswordExpired
            }
            return .newPassword
        default: return .tokens
        }
    }
}
