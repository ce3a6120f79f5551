package import CognitoModel
package import Domain

/// What a call of a sign-in comes to: at last to tokens, for the API, or to a browser's session, for the pages.
package enum SignInOutcome<Completion: Sendable>: Sendable {
    case challenged(PresentedChallenge)
    case signedIn(Completion)
}

/// A sign-in at the pages: what the browser's cookie stands for, and the cookie's secret.
package struct BrowserSignIn: Sendable {
    package let session: SSOSession
    package let cookie: String
    /// The user, as what was proven leaves them.
    package let user: User
}

/// A challenge as the caller sees it.
package struct PresentedChallenge: Sendable {
    package let name: ChallengeNameType
    /// Nil for USER_SRP_AUTH, whose secret block is its session.
    package let session: String?
    package let parameters: [String: String]
    /// The first factors to choose from; nil where there is no choice.
    package let availableChallenges: [ChallengeNameType]?

    init(
        _ name: ChallengeNameType,
        session: String?,
        parameters: [String: String],
        availableChallenges: [ChallengeNameType]? = nil
    ) {
        self.name = name
        self.session = session
        self.parameters = parameters
        self.availableChallenges = availableChallenges
    }
}

extension JSONEncodable {
    /// A structure inside a challenge's parameters, which are texts.
    var jsonText: String { String(decoding: jsonBytes, as: UTF8.self) }
}

/// What came of a call of a sign-in, for those who count or record it.
package struct SignInEvent: Sendable {
    package enum Result: String, Sendable {
        case challenged, succeeded, failed
    }

    /// The flow that began, the challenge that was answered, or the operation.
    package let step: String
    package let result: Result
    package let poolID: String
    package let clientID: String
    /// As the caller typed it; nil where they named nobody.
    package let username: String?
    package let context: SignInContext
}

/// Is told of every call of a sign-in.
package typealias SignInObserver = @Sendable (SignInEvent) -> Void
