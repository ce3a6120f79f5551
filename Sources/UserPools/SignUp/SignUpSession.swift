import CognitoModel
import Cryptography
import Domain
import Storage

/// The `Session` that leads from SignUp through ConfirmSignUp to a first sign-in by USER_AUTH without a second code.
enum SignUpStep: String {
    case signedUp = "SIGN_UP"
    case confirmed = "CONFIRM_SIGN_UP"
}

extension Services {
    /// A session for the step; nil where the client has no USER_AUTH to use it in.
    func signUpSession(_ step: SignUpStep, for user: User, client: AppClient, now: Timestamp) throws -> String? {
        guard client.allows(.userAuth) else { return nil }
        return try ChallengeSession(
            poolID: user.poolID,
            clientID: client.id,
            username: user.username,
            sub: user.sub,
            challenge: ChallengeNameType(rawValue: step.rawValue),
            flow: .userAuth,
            nonce: try identifiers.uuid(),
            expiresAt: now.adding(seconds: client.authSessionValidity)
        ).sealed(by: store.vault)
    }

    /// Opens a session of the step for that user. Throws `NotAuthorizedException` for any other.
    func openSignUpSession(
        _ text: String,
        _ step: SignUpStep,
        for user: User,
        client: AppClient,
        now: Timestamp
    ) throws -> ChallengeSession {
        let session = try ChallengeSession.open(text, client: client, vault: store.vault, now: now)
        guard session.challenge == step.rawValue, session.sub == user.sub else { throw CognitoError.invalidSession }
        return session
    }
}
