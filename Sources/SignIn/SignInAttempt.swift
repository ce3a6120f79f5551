import CognitoModel
import Domain
import Storage

/// One call of a sign-in on its way: how far it has come, and what is to be written when it has come further.
struct SignInAttempt: Sendable {
    let driver: SignInDriver
    let request: SignInRequest
    private(set) var subject: SignInSubject
    private(set) var state: SignInState
    private(set) var step = SessionRepository.Step()
    /// Whether the password that was given is known to others.
    private(set) var isCompromised = false
    /// What threat protection says of it, once nothing else stands in its way.
    var verdict = RiskVerdict()
    /// Spent with the first proof: the nonce of the session that the call came with.
    private var nonce: Nonce?

    /// The first call of a sign-in.
    init(
        driver: SignInDriver,
        request: SignInRequest,
        subject: SignInSubject,
        flow: AuthFlowType,
        name: String,
        target: SignInTarget?
    ) {
        self.driver = driver
        self.request = request
        self.subject = subject
        // Nothing can be replayed of a state that nobody was given.
        state = SignInState(
            of: subject.user,
            named: name,
            client: request.client,
            flow: flow,
            surface: request.surface,
            target: target,
            nonce: "",
            expiresAt: request.sessionExpiry
        )
    }

    /// A call that answers a challenge.
    init(driver: SignInDriver, request: SignInRequest, subject: SignInSubject, state: SignInState) {
        self.driver = driver
        self.request = request
        self.subject = subject
        self.state = state
        nonce = state.spendableNonce
    }

    /// Takes down who it is that signs in, whom the name had been nobody's before.
    mutating func become(_ migrated: SignInSubject) {
        guard subject.isSimulated, !migrated.isSimulated else { return }
        subject = migrated
        state.become(migrated.user)
    }

    /// The user, as what was proven leaves them.
    var user: User { subject.user }
    var pool: UserPool { request.pool }
    var client: AppClient { request.client }

    /// What comes next.
    var next: SignInPolicy.Step {
        SignInPolicy.next(state, user: user, pool: pool, client: client, now: request.now)
    }

    /// The first factors that the user may choose from.
    var availableFactors: [ChallengeNameType] { SignInPolicy.choices(state, user, pool) }

    /// The second factors that the user may choose from.
    var secondFactors: [SecondFactor] { SignInPolicy.secondFactors(state, user, pool) }

    /// What tokens say about how the user signed in: nothing where the app didn't ask.
    var context: AuthenticationContext? {
        state.targetLevels.isEmpty ? nil : state.allProven.context(in: pool)
    }

    /// What is asked of the user beside their first factor.
    var demand: SignInPolicy.Demand {
        SignInPolicy.secondFactor(of: user, in: pool, isRequired: state.needsSecondFactor)
    }

    /// Whether wrong passwords or codes were counted that a right one makes forgotten.
    var hadFailures: Bool {
        subject.lockout != nil && (state.hasProven(.password) || state.hasProven(.softwareToken))
    }

    /// Throws `SignInFailure` where the client may not use the flow any more, or the pool allows the factor no more.
    func checkSettings() throws {
        guard request.allows(state.flow) else { throw SignInFailure.flowNotAllowed(state.flow) }
        if case .refuse(.unavailableFactor) = next { throw SignInFailure.unavailableFactor }
    }

    /// Lets the challenge check its answer in the call's parameters, and takes down what that proves.
    mutating func answer(_ challenge: any Challenge) async throws {
        switch try await challenge.verify(in: self) {
        case .chosen(let factor):
            state.choose(factor)
            state.noteAnswer(isRight: true)
        case .given(let email): state.setUp(email: email)
        case .judged(let isRight): state.noteAnswer(isRight: isRight)
        case .proven(let proof):
            state.noteAnswer(isRight: true)
            state.prove(proof.factor, at: request.now, isRoaming: proof.passkey?.isRoaming ?? false)
            step.nonce = nonce
            step.passkey = proof.passkey ?? step.passkey
            if step.change == nil { step.epoch = user.credentialEpoch }
            step.clearsFailures = step.clearsFailures || proof.clearsFailures
            isCompromised = isCompromised || proof.isCompromised
            if let change = proof.change {
                let before = user
                try change(&subject.user)
                subject.user.noteChange(from: before)
                let earlier = step.change
                step.change = { user in
                    try earlier?(&user)
                    try change(&user)
                }
            }
        }
    }

    /// Takes down that threat protection asks for a second factor.
    mutating func requireSecondFactor() { state.requireSecondFactor() }

    /// Takes down that the app of a custom sign-in proves the password first.
    mutating func beginWithPassword() { state.beginWithPassword() }

    /// Takes down what a pool's function has decided.
    mutating func decide(_ decision: CustomAuthentication.Decision) {
        state.decide(decision, at: request.now)
        if step.change == nil { step.epoch = user.credentialEpoch }
    }

    /// Takes down that what was proven is written.
    mutating func noteWritten() {
        step = SessionRepository.Step()
        step.epoch = user.credentialEpoch
        nonce = nil
    }

    /// Takes down the device that the app has named.
    mutating func recognize(_ device: UserDevice) { state.recognize(device) }

    /// Takes the session of a ConfirmSignUp for the code that was given there.
    mutating func proveSignUp(_ text: String) throws {
        guard !subject.isSimulated else { throw SignInFailure.invalidSession }
        let session = try SignUpSession.open(
            text,
            .confirmed,
            of: user,
            client: client,
            vault: driver.store.vault,
            now: request.now
        )
        state.prove(.signUpCode, at: request.now)
        nonce = session.spendableNonce
        step.nonce = nonce
        step.epoch = user.credentialEpoch
    }

    /// The state that awaits the answer to the challenge.
    func awaiting(_ challenge: ChallengeNameType, codeHash: [UInt8]? = nil) throws -> SignInState {
        state.awaiting(
            challenge,
            of: user,
            codeHash: codeHash,
            nonce: try driver.identifiers.uuid(),
            expiresAt: request.sessionExpiry
        )
    }

    /// A `Session` for the answer to the challenge, which may be a code of that hash.
    func session(awaiting challenge: ChallengeNameType, codeHash: [UInt8]? = nil) throws -> String {
        try awaiting(challenge, codeHash: codeHash).sealed(by: driver.store.vault)
    }
}
