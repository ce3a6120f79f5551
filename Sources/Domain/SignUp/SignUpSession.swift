package import CognitoModel
package import Cryptography

/// The `Session` that leads from SignUp through ConfirmSignUp to a first sign-in by USER_AUTH without a second code.
package struct SignUpSession: SealedState {
    package static let purpose = Vault.Purpose.signUpSession
    package static let size = 512

    /// What the session stands for.
    package enum Step: String, Sendable {
        /// The user signed up, and awaits the code.
        case signedUp = "signed_up"
        /// The user gave the code, which counts as a first factor.
        case confirmed
    }

    package let step: Step
    package let clientID: String
    package let poolID: String
    package let sub: String
    /// The epoch of the user's credentials that it relies on.
    package let epoch: Int64
    /// Spent by the sign-in that the session leads to.
    package let nonce: String
    /// In milliseconds since 1970.
    package let expiresAt: Int64

    package init(_ step: Step, of user: User, client: AppClient, nonce: String, expiresAt: Timestamp) {
        self.step = step
        clientID = client.id
        poolID = user.poolID
        sub = user.sub
        epoch = user.credentialEpoch
        self.nonce = nonce
        self.expiresAt = expiresAt.milliseconds
    }

    package init(from value: ModelValue) throws {
        let members = try MemberDecoder(value)
        guard let step = Step(rawValue: try members.required("step")) else { throw WrongKind() }
        self.step = step
        clientID = try members.required("clientID")
        poolID = try members.required("poolID")
        sub = try members.required("sub")
        epoch = try members.required("epoch")
        nonce = try members.required("nonce")
        expiresAt = try members.required("expiresAt")
    }

    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.member("step", step.rawValue)
        json.member("clientID", clientID)
        json.member("poolID", poolID)
        json.member("sub", sub)
        json.member("epoch", epoch)
        json.member("nonce", nonce)
        json.member("expiresAt", expiresAt)
        json.endObject()
    }

    /// The session as text.
    package func sealed(by vault: Vault) throws -> String { Base64URL.encode(try vault.sealState(self)) }

    /// Reads a session. Throws `SignInFailure` unless it is of that step, user and client, and not expired.
    package static func open(
        _ text: String,
        _ step: Step,
        of user: User,
        client: AppClient,
        vault: Vault,
        now: Timestamp
    ) throws -> SignUpSession {
        guard let sealed = Base64URL.decode(text), let session = try vault.openState(Self.self, from: sealed),
            session.step == step, session.poolID == client.poolID, session.clientID == client.id,
            session.sub == user.sub, session.epoch == user.credentialEpoch
        else { throw SignInFailure.invalidSession }
        guard now.milliseconds < session.expiresAt else { throw SignInFailure.sessionExpired }
        return session
    }
}
