import CognitoModel

/// A moment at which a pool calls a function of its owner's, by its name in `LambdaConfig`.
package enum Trigger: String, Sendable, CaseIterable {
    case preSignUp = "PreSignUp"
    case postConfirmation = "PostConfirmation"
    case preAuthentication = "PreAuthentication"
    case postAuthentication = "PostAuthentication"
    case defineAuthChallenge = "DefineAuthChallenge"
    case createAuthChallenge = "CreateAuthChallenge"
    case verifyAuthChallengeResponse = "VerifyAuthChallengeResponse"
    case preTokenGeneration = "PreTokenGeneration"
    case userMigration = "UserMigration"
    case customMessage = "CustomMessage"
    case customEmailSender = "CustomEmailSender"
    case customSMSSender = "CustomSMSSender"
}

/// The function that a pool calls for a trigger.
package struct TriggerFunction: Hashable, Sendable {
    package let trigger: Trigger
    package let arn: String
    /// The version of the event: `1`, of PreTokenGeneration also `2` and `3`.
    package let eventVersion: String

    package init(_ trigger: Trigger, arn: String, eventVersion: String = "1") {
        self.trigger = trigger
        self.arn = arn
        self.eventVersion = eventVersion
    }
}

extension UserPool {
    /// The function that the pool calls for the trigger; nil where it has none.
    package func function(for trigger: Trigger) -> TriggerFunction? {
        guard let triggers = configuration.lambdaConfig else { return nil }
        if trigger == .preTokenGeneration, let versioned = triggers.preTokenGenerationConfig {
            let version = Self.eventVersions[versioned.lambdaVersion]
            return TriggerFunction(trigger, arn: versioned.lambdaArn, eventVersion: version ?? "1")
        }
        let arn =
            switch trigger {
            case .preSignUp: triggers.preSignUp
            case .postConfirmation: triggers.postConfirmation
            case .preAuthentication: triggers.preAuthentication
            case .postAuthentication: triggers.postAuthentication
            case .defineAuthChallenge: triggers.defineAuthChallenge
            case .createAuthChallenge: triggers.createAuthChallenge
            case .verifyAuthChallengeResponse: triggers.verifyAuthChallengeResponse
            case .preTokenGeneration: triggers.preTokenGeneration
            case .userMigration: triggers.userMigration
            case .customMessage: triggers.customMessage
            case .customEmailSender: triggers.customEmailSender?.lambdaArn
            case .customSMSSender: triggers.customSMSSender?.lambdaArn
            }
        return arn.map { TriggerFunction(trigger, arn: $0) }
    }

    private static let eventVersions: [PreTokenGenerationLambdaVersionType: String] = [
        .v10: "1", .v20: "2", .v30: "3",
    ]
}
