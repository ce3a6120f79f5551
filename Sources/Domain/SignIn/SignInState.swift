package import CognitoModel
package import Cryptography

/// How far a sign-in has come: whose it is, what was proven, and which challenge is to be answered next.
///
/// It travels through the client, sealed, as `Session` and inside SRP's `SECRET_BLOCK`: until a factor is proven the
/// database holds nothing of it.
package struct SignInState: SealedState {
    package static let purpose = Vault.Purpose.session
    /// Room for the longest name, and below the model's 4,096 characters once sealed.
    package static let size = 1536

    package let poolID: String
    package let clientID: String
    /// The user; of a name that nobody has, the one who is simulated.
    package let sub: String
    /// The epoch of the user's credentials that it relies on.
    package let epoch: Int64
    /// The name that was typed: of a name that nobody has, all that is known.
    package let name: String
    /// The flow that the sign-in began with.
    package let flow: AuthFlowType
    /// The first factor that the user chose, where the flow lets them choose.
    package var chosenFactor: ChallengeNameType?
    /// What was proven so far, in order.
    package private(set) var proven: [ProvenFactor]
    /// The challenge to be answered; nil before the first.
    package private(set) var challenge: ChallengeNameType?
    /// The keyed hash of the one-time code that answers it, where it is one that is sent: bound to this state, so that
    /// nobody who begins another sign-in of the user makes it void.
    package private(set) var codeHash: [UInt8]?
    /// Spent in the transaction that acts on a proof given for this state.
    package let nonce: String
    /// When it can't be answered any more, in milliseconds since 1970.
    package let expiresAt: Int64

    /// The state at the beginning of a sign-in.
    package init(
        of user: User,
        named name: String,
        client: AppClient,
        flow: AuthFlowType,
        nonce: String,
        expiresAt: Timestamp
    ) {
        poolID = client.poolID
        clientID = client.id
        sub = user.sub
        epoch = user.credentialEpoch
        self.name = name
        self.flow = flow
        proven = []
        self.nonce = nonce
        self.expiresAt = expiresAt.milliseconds
    }

    /// Takes down that a factor was proven.
    package mutating func prove(_ factor: Factor, at time: Timestamp) {
        proven.append(ProvenFactor(factor: factor, provenAt: time))
    }

    package func hasProven(_ factor: Factor) -> Bool { proven.contains { $0.factor == factor } }

    /// The state of the user as they are now, that awaits the answer to a challenge, under a nonce of its own.
    package func awaiting(
        _ challenge: ChallengeNameType,
        of user: User,
        codeHash: [UInt8]?,
        nonce: String,
        expiresAt: Timestamp
    ) -> SignInState {
        SignInState(
            self,
            awaiting: challenge,
            codeHash: codeHash,
            epoch: user.credentialEpoch,
            nonce: nonce,
            expiresAt: expiresAt.milliseconds
        )
    }

    private init(
        _ state: SignInState,
        awaiting challenge: ChallengeNameType,
        codeHash: [UInt8]?,
        epoch: Int64,
        nonce: String,
        expiresAt: Int64
    ) {
        poolID = state.poolID
        clientID = state.clientID
        sub = state.sub
        self.epoch = epoch
        name = state.name
        flow = state.flow
        chosenFactor = state.chosenFactor
        proven = state.proven
        self.challenge = challenge
        self.codeHash = codeHash
        self.nonce = nonce
        self.expiresAt = expiresAt
    }

    package init(from value: ModelValue) throws {
        let members = try MemberDecoder(value)
        poolID = try members.required("poolID")
        clientID = try members.required("clientID")
        sub = try members.required("sub")
        epoch = try members.required("epoch")
        name = try members.required("name")
        flow = AuthFlowType(rawValue: try members.required("flow"))
        chosenFactor = try members.stringIfPresent("chosenFactor").map(ChallengeNameType.init(rawValue:))
        proven = try members.required("proven")
        challenge = try members.stringIfPresent("challenge").map(ChallengeNameType.init(rawValue:))
        codeHash = try members.stringIfPresent("codeHash").flatMap(Base64.decode)
        nonce = try members.required("nonce")
        expiresAt = try members.required("expiresAt")
    }

    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.member("poolID", poolID)
        json.member("clientID", clientID)
        json.member("sub", sub)
        json.member("epoch", epoch)
        json.member("name", name)
        json.member("flow", flow.rawValue)
        json.member("chosenFactor", chosenFactor?.rawValue)
        json.member("proven", proven)
        json.member("challenge", challenge?.rawValue)
        json.member("codeHash", codeHash.map(Base64.encode))
        json.member("nonce", nonce)
        json.member("expiresAt", expiresAt)
        json.endObject()
    }

    /// The state as a `Session`.
    package func sealed(by vault: Vault) throws -> String { Base64URL.encode(try vault.sealState(self)) }

    /// Reads a `Session`. Throws `SignInFailure` unless it is one of this client, not expired, and awaits the challenge.
    package static func open(
        _ text: String,
        awaiting challenge: ChallengeNameType,
        client: AppClient,
        vault: Vault,
        now: Timestamp
    ) throws -> SignInState {
        guard let sealed = Base64URL.decode(text), let state = try vault.openState(Self.self, from: sealed) else {
            throw SignInFailure.invalidSession
        }
        try state.check(for: client, at: now)
        guard state.challenge == challenge else { throw SignInFailure.unexpectedChallenge }
        return state
    }

    /// Throws `SignInFailure` where the state is another client's, or expired.
    package func check(for client: AppClient, at now: Timestamp) throws {
        guard poolID == client.poolID, clientID == client.id else { throw SignInFailure.invalidSession }
        guard now.milliseconds < expiresAt else { throw SignInFailure.sessionExpired }
    }
}

/// What a user can prove on the way to tokens.
package enum Factor: String, Sendable {
    case password
    case emailCode = "email_code"
    case smsCode = "sms_code"
    /// The code of a sign-up, which counts for the sign-in that follows at once.
    case signUpCode = "sign_up_code"
    /// A password of the user's own in place of a temporary one: no factor by itself, but asked for once.
    case newPassword = "new_password"

    /// Whether it tells who the user is, so that the sign-in may go on to what comes after the first factor.
    package var isFirstFactor: Bool { self != .newPassword }
}

/// A factor, and when it was proven.
package struct ProvenFactor: Hashable, Sendable, JSONDecodable, JSONEncodable {
    package let factor: Factor
    package let provenAt: Timestamp

    package init(factor: Factor, provenAt: Timestamp) {
        self.factor = factor
        self.provenAt = provenAt
    }

    package init(from value: ModelValue) throws {
        let members = try MemberDecoder(value)
        guard let factor = Factor(rawValue: try members.required("factor")) else { throw WrongKind() }
        self.factor = factor
        provenAt = Timestamp(milliseconds: try members.required("provenAt"))
    }

    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.member("factor", factor.rawValue)
        json.member("provenAt", provenAt.milliseconds)
        json.endObject()
    }
}
