import CognitoModel
import Cryptography
import Domain
import Storage

extension SignIn {
    /// PASSWORD_VERIFIER: checks SRP's proof against the state in the secret block. 1 read, 1 write; two modular
    /// powers and two RSA signatures.
    func answerPasswordVerifier(_ parameters: SignInParameters) async throws -> SignInAnswer {
        let username = try parameters.required("USERNAME")
        let block = try parameters.required("PASSWORD_CLAIM_SECRET_BLOCK")
        let signature = try parameters.required("PASSWORD_CLAIM_SIGNATURE")
        let timestamp = try parameters.required("TIMESTAMP")
        guard let sealed = Base64.decode(block), let proof = Base64.decode(signature),
            let exchange = try services.store.vault.openState(SRPExchange.self, from: sealed),
            exchange.clientID == client.id, exchange.poolID == pool.id, exchange.username == username
        else { throw CognitoError.incorrectUsernameOrPassword }
        guard now.milliseconds < exchange.expiresAt else { throw CognitoError.sessionExpired }

        let subject = try await subject(sub: exchange.sub, username: exchange.username)
        let lockout = try await lockout(of: subject)
        let identity = SRPIdentity(poolID: pool.id, userID: subject.username)
        let verifier =
            try subject.user?.password.map { try services.passwords.verifier($0, of: identity) }
            ?? services.passwords.simulatedPassword(of: identity).verifier
        let expected = try exchange.expectedProof(
            verifier: verifier,
            secretBlock: sealed,
            timestamp: timestamp,
            group: services.passwords.group
        )
        guard let expected, constantTimeEqual(proof, expected), let user = subject.user, user.password != nil else {
            try await recordFailure(of: subject)
            throw CognitoError.incorrectUsernameOrPassword
        }
        let nonce = SessionRepository.Nonce(
            value: exchange.nonce,
            expiresAt: Timestamp(milliseconds: exchange.expiresAt)
        )
        return try await proceed(user, Admission(nonce: nonce, clearsFailures: lockout != nil))
    }
}
