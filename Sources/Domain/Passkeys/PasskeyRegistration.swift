package import CognitoModel
package import Cryptography

/// The challenge of a registration: sealed, so that nothing is kept until it is answered. The authenticator signs over
/// it, and it comes back in what the browser says.
package struct PasskeyRegistration: SealedState {
    package static let purpose = Vault.Purpose.passkeyRegistration
    package static let size = 256
    /// How long it may be answered, in seconds: browsers are told one minute, and a user may be asked for a PIN.
    package static let lifetime: Int64 = 300

    private let poolID: String
    private let clientID: String
    private let sub: String
    private let nonce: String
    private let expiresAt: Int64

    package init(of user: User, client: AppClient, nonce: String, now: Timestamp) {
        poolID = user.poolID
        clientID = client.id
        sub = user.sub
        self.nonce = nonce
        expiresAt = now.adding(seconds: Self.lifetime).milliseconds
    }

    package init(from value: ModelValue) throws {
        let members = try MemberDecoder(value)
        poolID = try members.required("p")
        clientID = try members.required("c")
        sub = try members.required("s")
        nonce = try members.required("n")
        expiresAt = try members.required("e")
    }

    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.member("p", poolID)
        json.member("c", clientID)
        json.member("s", sub)
        json.member("n", nonce)
        json.member("e", expiresAt)
        json.endObject()
    }

    /// What is to be spent with the answer. Throws `PasskeyFailure` for a challenge that wasn't made here for the user,
    /// or has expired, and for one of another client.
    package static func nonce(
        of challenge: [UInt8],
        user: User,
        client: AppClient,
        vault: Vault,
        now: Timestamp
    ) throws -> Nonce {
        guard let opened = try vault.openState(Self.self, from: challenge),
            opened.poolID == user.poolID, opened.sub == user.sub, now.milliseconds < opened.expiresAt
        else { throw PasskeyFailure.challengeNotFound }
        guard opened.clientID == client.id else { throw PasskeyFailure.otherClient }
        return Nonce(value: opened.nonce, expiresAt: Timestamp(milliseconds: opened.expiresAt))
    }
}

extension Vault {
    /// The challenge that a session asks a passkey to sign: spent with the session's nonce, which nobody can tell.
    package func passkeyChallenge(of state: SignInState) throws -> [UInt8] {
        try keyedHash("\(state.poolID) \(state.nonce)", for: .passkeyChallenge)
    }
}
