package import CognitoModel
package import Cryptography

/// What a challenge's `Session` carries: for whom it is, what was proven, and what is asked next.
package struct ChallengeSession: SealedState {
    package static let purpose = Vault.Purpose.session

    package let poolID: String
    package let clientID: String
    /// The username; for a user who doesn't exist the name that was typed.
    package let username: String
    /// Absent for a user who doesn't exist, whose sign-in is only simulated.
    package let sub: String?
    /// The challenge to answer.
    package let challenge: String
    /// The flow that the sign-in began with.
    package let flow: String
    /// Spent when the session is used.
    package let nonce: String
    /// Milliseconds since 1970.
    package let expiresAt: Int64

    package init(
        poolID: String,
        clientID: String,
        username: String,
        sub: String?,
        challenge: ChallengeNameType,
        flow: AuthFlowType,
        nonce: String,
        expiresAt: Timestamp
    ) {
        self.poolID = poolID
        self.clientID = clientID
        self.username = username
        self.sub = sub
        self.challenge = challenge.rawValue
        self.flow = flow.rawValue
        self.nonce = nonce
        self.expiresAt = expiresAt.milliseconds
    }

    package init(from value: ModelValue) throws {
        let members = try MemberDecoder(value)
        poolID = try members.required("poolID")
        clientID = try members.required("clientID")
        username = try members.required("username")
        sub = try members.stringIfPresent("sub")
        challenge = try members.required("challenge")
        flow = try members.required("flow")
        nonce = try members.required("nonce")
        expiresAt = try members.required("expiresAt")
    }

    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.member("poolID", poolID)
        json.member("clientID", clientID)
        json.member("username", username)
        json.member("sub", sub)
        json.member("challenge", challenge)
        json.member("flow", flow)
        json.member("nonce", nonce)
        json.member("expiresAt", expiresAt)
        json.endObject()
    }

    /// The session as text.
    package func sealed(by vault: Vault) throws -> String { Base64URL.encode(try vault.sealState(self)) }

    /// Reads a `Session`. Throws `NotAuthorizedException` where it isn't one of this pool and client, or is expired.
    package static func open(
        _ text: String,
        client: AppClient,
        vault: Vault,
        now: Timestamp
    ) throws -> ChallengeSession {
        guard let sealed = Base64URL.decode(text), let session = try vault.openState(Self.self, from: sealed),
            session.poolID == client.poolID, session.clientID == client.id
        else { throw CognitoError.invalidSession }
        guard now.milliseconds < session.expiresAt else { throw CognitoError.sessionExpired }
        return session
    }
}
