import CognitoModel
import Cryptography
import Domain
import SRP
import Storage

extension SignIn {
    /// USER_SRP_AUTH: answers the client's public key with the server's half of the exchange. 1 read, nothing
    /// written; one modular power.
    func srp(_ parameters: SignInParameters) async throws -> SignInAnswer {
        let name = try parameters.required("USERNAME")
        let clientKey = try clientPublicKey(parameters)
        try client.checkSecretHash(parameters["SECRET_HASH"], usernames: name)
        return try passwordVerifierChallenge(try await subject(named: name), clientPublicKey: clientKey)
    }

    /// `SRP_A`. Throws `InvalidParameterException` for what is no number, or one that an honest client can't send.
    func clientPublicKey(_ parameters: SignInParameters) throws -> BigNumber {
        let text = try parameters.required("SRP_A")
        guard let bytes = Hex.decode(text), let key = try services.passwords.group.clientPublicKey(bytes) else {
            throw CognitoError.invalidSRPValue
        }
        return key
    }

    /// The challenge PASSWORD_VERIFIER. A user who doesn't exist, or has no password, gets one that looks the same.
    func passwordVerifierChallenge(_ subject: Subject, clientPublicKey: BigNumber) throws -> SignInAnswer {
        let identity = SRPIdentity(poolID: pool.id, userID: subject.username)
        let salt: [UInt8]
        let verifier: BigNumber
        if let password = subject.user?.password {
            salt = password.salt
            verifier = try services.passwords.verifier(password, of: identity)
        } else {
            (salt, verifier) = try services.passwords.simulatedPassword(of: identity)
        }
        let ephemeral = BigNumber(try services.random.bytes(CognitoSRP.ephemeralSize))
        let serverKey = try services.passwords.group.serverPublicKey(verifier: verifier, ephemeral: ephemeral)
        let exchange = SRPExchange(
            client: client,
            username: subject.username,
            sub: subject.user?.sub,
            keys: (clientPublicKey, ephemeral, serverKey),
            flow: flow,
            nonce: try services.identifiers.uuid(),
            expiresAt: now.adding(seconds: client.authSessionValidity)
        )
        return SignInAnswer(
            challenge: .passwordVerifier,
            session: flow == .userAuth ? try session(.passwordVerifier, for: subject) : nil,
            parameters: [
                // A number, so without leading zeros: some clients hash its text as it comes, others its value.
                "SALT": Hex.encode(BigNumber(salt).bytes),
                "SECRET_BLOCK": Base64.encode(try services.store.vault.sealState(exchange)),
                "SRP_B": Hex.encode(serverKey.bytes),
                "USERNAME": subject.username,
                "USER_ID_FOR_SRP": subject.username,
            ]
        )
    }
}
