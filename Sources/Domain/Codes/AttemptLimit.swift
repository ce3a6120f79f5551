/// What is counted, how often it may happen, and in which time (developer guide, quotas). The raw value is stored.
package enum AttemptLimit: String, Sendable {
    case confirmSignUp = "confirm_sign_up"
    case resendConfirmationCode = "resend_confirmation_code"
    case forgotPassword = "forgot_password"
    case confirmForgotPassword = "confirm_forgot_password"
    case changePassword = "change_password"
    /// Counted for each session, not for each user: else anybody could use up a user's attempts.
    case signInCode = "sign_in_code"
    case sendSignInCode = "send_sign_in_code"
    case verifyUserAttribute = "verify_user_attribute"
    case sendAttributeCode = "send_attribute_code"
    /// How often a pool's function is asked for somebody who has forgotten their password and isn't a user.
    case userMigration = "user_migration"
    /// How many wrong passkeys a user's history gets: no more are refused for it.
    case wrongPasskey = "wrong_passkey"
    /// Counted for each address, whoever asks: anybody may say that it is theirs.
    case unprovenAddressMessage = "unproven_address_message"
    /// Clients that register themselves without a token, from one network address.
    case openRegistration = "open_registration"
    /// The same of a whole pool, from wherever they are.
    case openRegistrationOfPool = "open_registration_of_pool"

    /// The most attempts in a window.
    package var attempts: Int {
        switch self {
        case .confirmSignUp, .confirmForgotPassword, .verifyUserAttribute: 15
        case .resendConfirmationCode, .forgotPassword, .changePassword, .signInCode, .sendAttributeCode,
            .userMigration:
            5
        case .sendSignInCode, .wrongPasskey, .unprovenAddressMessage, .openRegistration: 20
        case .openRegistrationOfPool: 200
        }
    }

    /// How long attempts count, from the first of them.
    package var window: AttemptWindow { .hour }
}

/// A time in which attempts are counted. It begins with the first of them.
package enum AttemptWindow: Sendable {
    case hour, day

    /// In milliseconds.
    package var length: Int64 {
        switch self {
        case .hour: 3600 * 1000
        case .day: 24 * 3600 * 1000
        }
    }
}

/// Against whom or what attempts are counted.
package enum AttemptSubject: Hashable, Sendable {
    /// A user, by `sub`; one who is simulated for a name that nobody has counts alike.
    case user(sub: String)
    /// A name in any case, by its keyed hash: what another store may take for one name.
    case name(hash: [UInt8])
    /// A session of a sign-in, by its nonce.
    case session(nonce: String)
    /// A code that was sent, by its keyed hash.
    case code(hash: [UInt8])
    /// A mail address or telephone, by its keyed hash.
    case address(hash: [UInt8])
    /// The network address that requests come from.
    case peer(address: String)
    /// All of the pool together.
    case pool
}
