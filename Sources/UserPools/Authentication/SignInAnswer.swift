import CognitoModel
import Domain

/// What a step of a sign-in answers: tokens, or the next challenge.
struct SignInAnswer: Sendable {
    var challenge: ChallengeNameType?
    var session: String?
    /// Empty where tokens are given, as Cognito shows it.
    var parameters: [String: String] = [:]
    var tokens: AuthenticationResultType?
    var availableChallenges: [ChallengeNameType]?
}

extension InitiateAuthResponse {
    init(_ answer: SignInAnswer) {
        self.init(
            challengeName: answer.challenge,
            session: answer.session,
            challengeParameters: answer.parameters,
            authenticationResult: answer.tokens,
            availableChallenges: answer.availableChallenges
        )
    }
}

extension AdminInitiateAuthResponse {
    init(_ answer: SignInAnswer) {
        self.init(
            challengeName: answer.challenge,
            session: answer.session,
            challengeParameters: answer.parameters,
            authenticationResult: answer.tokens,
            availableChallenges: answer.availableChallenges
        )
    }
}

extension RespondToAuthChallengeResponse {
    init(_ answer: SignInAnswer) {
        self.init(
            challengeName: answer.challenge,
            session: answer.session,
            challengeParameters: answer.parameters,
            authenticationResult: answer.tokens,
            availableChallenges: answer.availableChallenges
        )
    }
}

extension AdminRespondToAuthChallengeResponse {
    init(_ answer: SignInAnswer) {
        self.init(
            challengeName: answer.challenge,
            session: answer.session,
            challengeParameters: answer.parameters,
            authenticationResult: answer.tokens,
            availableChallenges: answer.availableChallenges
        )
    }
}
