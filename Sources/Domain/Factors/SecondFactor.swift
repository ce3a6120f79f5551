package import CognitoModel

/// A factor that may be asked for after a password. In the order in which a choice lists them; the raw value is the
/// challenge that asks for it, and is stored.
package enum SecondFactor: String, CaseIterable, Sendable {
    case sms = "SMS_MFA"
    case softwareToken = "SOFTWARE_TOKEN_MFA"
    case email = "EMAIL_OTP"

    /// What asks for it.
    package var challenge: ChallengeNameType { ChallengeNameType(rawValue: rawValue) }

    /// What a right answer proves.
    package var factor: Factor {
        switch self {
        case .sms: .smsMFA
        case .softwareToken: .softwareToken
        case .email: .emailMFA
        }
    }

    /// Whether MFA_SETUP can be answered by setting it up: for texts the telephone has to be given elsewhere.
    package var isSetUpAtSignIn: Bool { self != .sms }

    /// The address that it is sent to; nil where nothing is sent.
    package var attribute: String? {
        switch self {
        case .sms: "phone_number"
        case .softwareToken: nil
        case .email: "email"
        }
    }
}

extension User {
    /// Whether the pool has the factor, and the user what it needs: an address, or a token that was verified.
    package func canTake(_ factor: SecondFactor, in pool: UserPool) -> Bool {
        guard pool.secondFactors.contains(factor) else { return false }
        return factor.attribute.map { attributes[$0] != nil } ?? (factors.softwareToken != nil)
    }
}
