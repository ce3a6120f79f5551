import CognitoModel
import Domain
import Operations
import Storage

extension ServiceCall where Service == Services, Caller == PublicClient {
    /// A session of the step for the user; nil where the client has no USER_AUTH to use it in.
    func signUpSession(_ step: SignUpSession.Step, of user: User) throws -> String? {
        let client = caller.client
        guard client.allows(.userAuth) else { return nil }
        return try SignUpSession(
            step,
            of: user,
            client: client,
            nonce: service.identifiers.uuid(),
            expiresAt: now.adding(seconds: client.authSessionValidity)
        ).sealed(by: service.store.vault)
    }
}
