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

/// The responses of the four operations of a sign-in: they have the same members.
protocol SignInResponse {
    init(
        challengeName: ChallengeNameType?,
        session: String?,
        challengeParameters: [String: String]?,
        authenticationResult: AuthenticationResultType?,
        availableChallenges: [ChallengeNameType]?
    )
}

extension SignInResponse {
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

extension InitiateAuthResponse: SignInResponse {}
extension AdminInitiateAuthResponse: SignInResponse {}
extension RespondToAuthChallengeResponse: SignInResponse {}
extension AdminRespondToAuthChallengeResponse: SignInResponse {}
