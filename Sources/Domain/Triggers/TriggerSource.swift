/// What makes a pool call a function: the `triggerSource` of its event (developer guide, "User pool Lambda trigger
/// sources").
package struct TriggerSource: Hashable, Sendable {
    package let trigger: Trigger
    /// What the source says after the trigger.
    private let occasion: String

    private init(_ trigger: Trigger, _ occasion: String) {
        self.trigger = trigger
        self.occasion = occasion
    }

    /// As the event has it.
    package var name: String {
        let prefix = trigger == .preTokenGeneration ? "TokenGeneration" : trigger.rawValue
        return "\(prefix)_\(occasion)"
    }

    package static let preSignUpSignUp = Self(.preSignUp, "SignUp")
    package static let preSignUpAdminCreateUser = Self(.preSignUp, "AdminCreateUser")
    package static let postConfirmationConfirmSignUp = Self(.postConfirmation, "ConfirmSignUp")
    package static let postConfirmationConfirmForgotPassword = Self(.postConfirmation, "ConfirmForgotPassword")
    package static let preAuthentication = Self(.preAuthentication, "Authentication")
    package static let postAuthentication = Self(.postAuthentication, "Authentication")
    package static let defineAuthChallenge = Self(.defineAuthChallenge, "Authentication")
    package static let createAuthChallenge = Self(.createAuthChallenge, "Authentication")
    package static let verifyAuthChallengeResponse = Self(.verifyAuthChallengeResponse, "Authentication")
    package static let userMigrationAuthentication = Self(.userMigration, "Authentication")
    package static let userMigrationForgotPassword = Self(.userMigration, "ForgotPassword")
    package static let tokensHostedAuth = Self(.preTokenGeneration, "HostedAuth")
    package static let tokensAuthentication = Self(.preTokenGeneration, "Authentication")
    package static let tokensNewPasswordChallenge = Self(.preTokenGeneration, "NewPasswordChallenge")
    package static let tokensAuthenticateDevice = Self(.preTokenGeneration, "AuthenticateDevice")
    package static let tokensRefreshTokens = Self(.preTokenGeneration, "RefreshTokens")
    package static let tokensClientCredentials = Self(.preTokenGeneration, "ClientCredentials")

    /// What words or sends a message that is sent for that: `trigger` is CustomMessage, or a custom sender.
    package static func message(_ trigger: Trigger, _ occasion: MessageOccasion) -> TriggerSource {
        Self(trigger, occasion.rawValue)
    }
}

/// What a message is sent for: what the sources of its three triggers end with.
package enum MessageOccasion: String, Sendable, CaseIterable {
    case signUp = "SignUp"
    case adminCreateUser = "AdminCreateUser"
    case resendCode = "ResendCode"
    case forgotPassword = "ForgotPassword"
    case updateUserAttribute = "UpdateUserAttribute"
    case verifyUserAttribute = "VerifyUserAttribute"
    case authentication = "Authentication"
    /// Only CustomEmailSender is told of these.
    case accountTakeOverNotification = "AccountTakeOverNotification"
}
