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
    /// What pools' functions keep here needs more: all that there is.
    private static let customSize = 2944
    package var room: Int { flow == .customAuth ? Self.customSize : Self.size }

    package let poolID: String
    package let clientID: String
    /// The user; of a name that nobody has, the one who is simulated.
    package private(set) var sub: String
    /// The epoch of the user's credentials that it relies on.
    package private(set) var epoch: Int64
    /// The name that was typed: of a name that nobody has, all that is known.
    package let name: String
    /// The flow that the sign-in began with, and where.
    package let flow: AuthFlowType
    package let surface: SignInSurface
    /// The first factor that the user chose, where the flow lets them choose.
    package var chosenFactor: ChallengeNameType?
    /// The second factor that the user chose, where they have several.
    package private(set) var chosenSecondFactor: ChallengeNameType?
    /// The secret of the software token that is being set up.
    package private(set) var softwareTokenSecret: [UInt8]?
    /// The mail address that is being set up as a second factor.
    package private(set) var emailToSetUp: String?
    /// Whether threat protection asks for a second factor, where nothing else does.
    package private(set) var needsSecondFactor = false
    /// The confirmed device that the app has named, and whether it may be asked for a proof.
    package private(set) var deviceKey: String?
    package private(set) var deviceCanProve = false
    /// Whether the device's proof was begun, so that its second half comes next.
    package private(set) var deviceProofBegan = false
    /// The levels that the app wants the user to reach; empty where it doesn't ask.
    package let targetLevels: [AuthenticationLevel]
    /// What counts as proven by an earlier sign-in.
    package let credit: SignInTarget.Credit?
    /// Of CUSTOM_AUTH: what the pool's functions know, and want.
    package private(set) var custom = CustomAuthentication()
    /// What was proven so far, in order.
    package private(set) var proven: [ProvenFactor]
    /// The challenge to be answered; nil before the first.
    package private(set) var challenge: ChallengeNameType?
    /// The keyed hash of the one-time code that answers it, where it is one that is sent: bound to this state, so that
    /// nobody who begins another sign-in of the user makes it void.
    package private(set) var codeHash: [UInt8]?
    /// Spent in the transaction that acts on a proof given for this state.
    package private(set) var nonce: String
    /// When it can't be answered any more, in milliseconds since 1970.
    package private(set) var expiresAt: Int64

    /// The state at the beginning of a sign-in.
    package init(
        of user: User,
        named name: String,
        client: AppClient,
        flow: AuthFlowType,
        surface: SignInSurface = .api,
        target: SignInTarget? = nil,
        nonce: String,
        expiresAt: Timestamp
    ) {
        poolID = client.poolID
        clientID = client.id
        sub = user.sub
        epoch = user.credentialEpoch
        self.name = name
        self.flow = flow
        self.surface = surface
        targetLevels = target?.levels ?? []
        credit = target?.credit
        proven = []
        self.nonce = nonce
        self.expiresAt = expiresAt.milliseconds
    }

    /// Takes down who the user is, whom the name had been nobody's before.
    package mutating func become(_ user: User) {
        sub = user.sub
        epoch = user.credentialEpoch
    }

    /// Takes down that a factor was proven.
    package mutating func prove(_ factor: Factor, at time: Timestamp, isRoaming: Bool = false) {
        proven.append(ProvenFactor(factor: factor, provenAt: time, isRoaming: isRoaming))
    }

    /// What was proven, now or before, in order.
    package var allProven: [ProvenFactor] { (credit?.proven ?? []) + proven }

    /// The methods that these stand for.
    package var methods: Set<AuthenticationMethod> { allProven.methods }

    /// Takes down the device that the app has named.
    package mutating func recognize(_ device: UserDevice) {
        deviceKey = device.key
        deviceCanProve = device.canProve
    }

    /// Takes down what the user chose: the first factor, or the second once the first is proven; or that the device
    /// began its proof.
    package mutating func choose(_ challenge: ChallengeNameType) {
        if challenge == .devicePasswordVerifier {
            deviceProofBegan = true
        } else if provesFirstFactor {
            chosenSecondFactor = challenge
        } else {
            chosenFactor = challenge
        }
    }

    /// Whether it is told who the user is.
    package var provesFirstFactor: Bool { credit != nil || proven.contains(where: \.factor.isFirstFactor) }

    /// Whether a password was proven, now or before.
    var provesPassword: Bool {
        hasProven(.password) || credit?.methods.contains(.password) == true
    }

    /// Whether the factor was proven after a password, now or before.
    func hasProvenSecond(_ factor: SecondFactor) -> Bool {
        hasProven(factor.factor) || credit?.methods.isSuperset(of: [.password, factor.method]) == true
    }

    /// The state in which a software token of that secret is being set up.
    package func settingUp(_ secret: [UInt8]) -> SignInState {
        var next = self
        next.softwareTokenSecret = secret
        return next
    }

    /// Takes down that threat protection asks for a second factor.
    package mutating func requireSecondFactor() { needsSecondFactor = true }

    /// Takes down the mail address that is to become a second factor.
    package mutating func setUp(email: String) { emailToSetUp = email }

    /// Takes down that the app of a custom sign-in sends `SRP_A` along.
    package mutating func beginWithPassword() { custom.beginWithPassword() }

    /// Takes down what a pool's function has decided: that tokens are issued is a proof like others.
    package mutating func decide(_ decision: CustomAuthentication.Decision, at time: Timestamp) {
        custom.decide(decision)
        if decision == .issueTokens { prove(.customChallenge, at: time) }
    }

    /// Takes down what a pool's function asks.
    package mutating func ask(_ question: CustomAuthentication.Question) { custom.ask(question) }

    /// Takes down what came of the challenge that was answered, for the functions of a custom sign-in.
    package mutating func noteAnswer(isRight: Bool) {
        if flow == .customAuth, let challenge { custom.note(challenge, isRight: isRight) }
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
        var next = self
        next.epoch = user.credentialEpoch
        next.challenge = challenge
        next.codeHash = codeHash
        next.nonce = nonce
        next.expiresAt = expiresAt.milliseconds
        return next
    }

    package init(from value: ModelValue) throws {
        let members = try MemberDecoder(value)
        poolID = try members.required("poolID")
        clientID = try members.required("clientID")
        sub = try members.required("sub")
        epoch = try members.required("epoch")
        name = try members.required("name")
        flow = AuthFlowType(rawValue: try members.required("flow"))
        surface = try members.stringIfPresent("surface").flatMap(SignInSurface.init(rawValue:)) ?? .api
        chosenFactor = try members.stringIfPresent("chosenFactor").map(ChallengeNameType.init(rawValue:))
        chosenSecondFactor = try members.stringIfPresent("chosenSecondFactor").map(ChallengeNameType.init(rawValue:))
        softwareTokenSecret = try members.stringIfPresent("softwareTokenSecret").flatMap(Base64.decode)
        emailToSetUp = try members.stringIfPresent("emailToSetUp")
        needsSecondFactor = try members.ifPresent("needsSecondFactor") ?? false
        deviceKey = try members.stringIfPresent("deviceKey")
        deviceCanProve = try members.ifPresent("deviceCanProve") ?? false
        deviceProofBegan = try members.ifPresent("deviceProofBegan") ?? false
        let levels: [Int64]? = try members.ifPresent("targetLevels")
        targetLevels = (levels ?? []).compactMap { AuthenticationLevel(rawValue: Int($0)) }
        let credited: [String]? = try members.ifPresent("credited")
        let creditedAt: Int64? = try members.ifPresent("creditedAt")
        let user = sub
        credit = creditedAt.map { time in
            SignInTarget.Credit(
                of: user,
                methods: Set((credited ?? []).compactMap(AuthenticationMethod.init(rawValue:))),
                at: Timestamp(milliseconds: time)
            )
        }
        custom = try members.ifPresent("custom") ?? CustomAuthentication()
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
        json.member("surface", surface == .api ? nil : surface.rawValue)
        json.member("chosenFactor", chosenFactor?.rawValue)
        json.member("chosenSecondFactor", chosenSecondFactor?.rawValue)
        json.member("softwareTokenSecret", softwareTokenSecret.map(Base64.encode))
        json.member("emailToSetUp", emailToSetUp)
        json.member("needsSecondFactor", needsSecondFactor ? true : nil)
        json.member("deviceKey", deviceKey)
        json.member("deviceCanProve", deviceCanProve ? true : nil)
        json.member("deviceProofBegan", deviceProofBegan ? true : nil)
        json.member("targetLevels", targetLevels.isEmpty ? nil : targetLevels.map { Int64($0.rawValue) })
        json.member("credited", credit?.methods.map(\.rawValue))
        json.member("creditedAt", credit?.at.milliseconds)
        json.member("custom", flow == .customAuth ? custom : nil)
        json.member("proven", proven)
        json.member("challenge", challenge?.rawValue)
        json.member("codeHash", codeHash.map(Base64.encode))
        json.member("nonce", nonce)
        json.member("expiresAt", expiresAt)
        json.endObject()
    }

    /// The state as a `Session`. Throws `TriggerFailure` where what a pool's functions keep there is too much for one:
    /// the model takes no `Session` of more than 4,096 characters.
    package func sealed(by vault: Vault) throws -> String {
        if flow == .customAuth, jsonBytes.count > room {
            throw TriggerFailure.malformed(.createAuthChallenge, .unusable("The challenges don't fit into a session."))
        }
        return Base64URL.encode(try vault.sealState(self))
    }

    /// Reads a `Session`. Throws `SignInFailure` unless it is one of this client, not expired, and awaits the
    /// challenge.
    package static func open(
        _ text: String,
        awaiting challenge: ChallengeNameType,
        client: AppClient,
        vault: Vault,
        now: Timestamp
    ) throws -> SignInState {
        let state = try open(text, vault: vault)
        try state.check(for: client, at: now)
        guard state.challenge == challenge else { throw SignInFailure.unexpectedChallenge }
        return state
    }

    /// Reads a `Session` of whatever client and challenge, which is yet to be checked. Throws `SignInFailure` unless it
    /// is one.
    package static func open(_ text: String, vault: Vault) throws -> SignInState {
        guard let sealed = Base64URL.decode(text), let state = try vault.openState(Self.self, from: sealed) else {
            throw SignInFailure.invalidSession
        }
        return state
    }

    /// Throws `SignInFailure` where the state is another client's, or expired.
    package func check(for client: AppClient, at now: Timestamp) throws {
        guard poolID == client.poolID, clientID == client.id else { throw SignInFailure.invalidSession }
        guard now.milliseconds < expiresAt else { throw SignInFailure.sessionExpired }
    }
}

/// Where a user signs in. What began at one can't go on at the other.
package enum SignInSurface: String, Sendable {
    /// The API, in an app's own pages.
    case api
    /// The pages of the pool's domain.
    case pages
}

/// What a user can prove on the way to tokens.
package enum Factor: String, Sendable {
    case password
    case emailCode = "email_code"
    case smsCode = "sms_code"
    /// The code of a sign-up, which counts for the sign-in that follows at once.
    case signUpCode = "sign_up_code"
    /// A passkey, and one by which the user was verified, which may count for both factors.
    case passkey
    case verifiedPasskey = "verified_passkey"
    /// Second factors: a code that was sent, or one of a software token.
    case emailMFA = "email_mfa"
    case smsMFA = "sms_mfa"
    case softwareToken = "software_token"
    /// What a pool's functions asked, to their satisfaction.
    case customChallenge = "custom_challenge"
    /// The password of a remembered device: no factor by itself, but it may stand for a second one.
    case device
    /// The first code of a software token: no factor by itself, but what MFA_SETUP asks for.
    case softwareTokenSetup = "software_token_setup"
    /// A password of the user's own in place of a temporary one: no factor by itself, but asked for once.
    case newPassword = "new_password"

    /// Whether it tells who the user is, so that the sign-in may go on to what comes after the first factor.
    package var isFirstFactor: Bool {
        switch self {
        case .password, .emailCode, .smsCode, .signUpCode, .passkey, .verifiedPasskey, .customChallenge: true
        case .emailMFA, .smsMFA, .softwareToken, .softwareTokenSetup, .device, .newPassword: false
        }
    }
}

/// A factor, and when it was proven.
package struct ProvenFactor: Hashable, Sendable, JSONDecodable, JSONEncodable {
    package let factor: Factor
    package let provenAt: Timestamp
    /// Of a passkey: whether it is one that is carried about, and not the device's own.
    package let isRoaming: Bool

    package init(factor: Factor, provenAt: Timestamp, isRoaming: Bool = false) {
        self.factor = factor
        self.provenAt = provenAt
        self.isRoaming = isRoaming
    }

    package init(from value: ModelValue) throws {
        let members = try MemberDecoder(value)
        guard let factor = Factor(rawValue: try members.required("factor")) else { throw WrongKind() }
        self.factor = factor
        provenAt = Timestamp(milliseconds: try members.required("provenAt"))
        isRoaming = try members.ifPresent("isRoaming") ?? false
    }

    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.member("factor", factor.rawValue)
        json.member("provenAt", provenAt.milliseconds)
        json.member("isRoaming", isRoaming ? true : nil)
        json.endObject()
    }
}
