package import Accounts
package import CognitoModel
import Cryptography
package import Domain
package import Messaging
package import Storage
package import Triggers

/// Drives sign-ins, for the API's operations and for whoever else lets users in: asks the policy what comes next, lets
/// the challenges ask and check, and issues tokens at the end. No rule of a sign-in stands here.
///
/// Shared by all requests, so a class: a value of so many members would be copied at every call.
package final class SignInDriver: Sendable {
    let store: Store
    let passwords: PasswordService
    let codes: CodeService
    let messages: MessageSender
    let simulatedUsers: SimulatedUsers
    let identifiers: IdentifierGenerator
    let accessTokens: AccessTokenVerifier
    let triggers: TriggerService
    let migrator: UserMigrator
    private let tokens: TokenService
    private let observer: SignInObserver

    package init(
        store: Store,
        passwords: PasswordService,
        codes: CodeService,
        messages: MessageSender,
        simulatedUsers: SimulatedUsers,
        tokens: TokenService,
        accessTokens: AccessTokenVerifier,
        identifiers: IdentifierGenerator,
        triggers: TriggerService,
        migrator: UserMigrator,
        observer: @escaping SignInObserver
    ) {
        self.store = store
        self.passwords = passwords
        self.codes = codes
        self.messages = messages
        self.simulatedUsers = simulatedUsers
        self.tokens = tokens
        self.accessTokens = accessTokens
        self.identifiers = identifiers
        self.triggers = triggers
        self.migrator = migrator
        self.observer = observer
    }

    /// Begins a sign-in by a flow that the client may use. `signUpSession` is the session of a ConfirmSignUp, whose
    /// code counts as a factor of USER_AUTH. What it costs is said at each challenge.
    package func begin(
        _ flow: AuthFlowType,
        _ request: SignInRequest,
        signUpSession: String? = nil
    ) async throws -> SignInOutcome<IssuedTokens> {
        try await observing(flow.rawValue, request) {
            if [.refreshTokenAuth, .refreshToken].contains(flow) {
                return .signedIn(
                    try await RefreshTokens(store: store, tokens: tokens, triggers: triggers).refresh(request)
                )
            }
            var attempt = try await attempt(flow, request, signUpSession: signUpSession)
            return try await proceed(&attempt, to: issueTokens)
        }
    }

    /// Begins a sign-in at the pages, which ends with a browser's session.
    package func beginInBrowser(
        _ flow: AuthFlowType,
        _ request: SignInRequest,
        signUpSession: String? = nil
    ) async throws -> SignInOutcome<BrowserSignIn> {
        try await observing(flow.rawValue, request) {
            var attempt = try await attempt(flow, request, signUpSession: signUpSession)
            return try await proceed(&attempt, to: openInBrowser)
        }
    }

    /// Answers a challenge. Those of SRP need no `Session`, as their secret block is one, and for DEVICE_SRP_AUTH it
    /// may be kept here; every other does. What it costs is said at each challenge.
    package func respond(
        to name: ChallengeNameType,
        _ request: SignInRequest,
        session: String?
    ) async throws -> SignInOutcome<IssuedTokens> {
        try await observing(name.rawValue, request) {
            var attempt = try await answered(name, request, session: session)
            return try await proceed(&attempt, to: issueTokens)
        }
    }

    /// Answers a challenge of a sign-in at the pages.
    package func respondInBrowser(
        to name: ChallengeNameType,
        _ request: SignInRequest,
        session: String?
    ) async throws -> SignInOutcome<BrowserSignIn> {
        try await observing(name.rawValue, request) {
            var attempt = try await answered(name, request, session: session)
            return try await proceed(&attempt, to: openInBrowser)
        }
    }

    /// The first call of a sign-in, of whoever it names.
    private func attempt(
        _ flow: AuthFlowType,
        _ request: SignInRequest,
        signUpSession: String?
    ) async throws -> SignInAttempt {
        if let refusal = SignInPolicy.refusal(of: flow, in: request.pool) { throw refusal }
        try checkAddress(of: request)
        for name in Self.requiredParameters[flow] ?? [] { _ = try request.parameters.required(name) }
        let typed = try request.parameters.required("USERNAME")
        try request.checkSecretHash(username: typed)
        let name = try request.pool.name(typed)
        let subject = try await subject(of: name, request, flow)
        guard !subject.isSimulated || request.client.preventsUserExistenceErrors else { throw UserFailure.notFound }
        let target = try await target(of: request, flow: flow, by: subject)
        var attempt = SignInAttempt(
            driver: self,
            request: request,
            subject: subject,
            flow: flow,
            name: name.text,
            target: target
        )
        if flow == .userAuth, let signUpSession { try attempt.proveSignUp(signUpSession) }
        if flow == .customAuth, request.parameters["CHALLENGE_NAME"] == "SRP_A" {
            _ = try request.parameters.required("SRP_A")
            attempt.beginWithPassword()
        }
        try await preAuthenticate(attempt)
        return attempt
    }

    /// A call that answers a challenge, once the answer is checked.
    private func answered(
        _ name: ChallengeNameType,
        _ request: SignInRequest,
        session: String?
    ) async throws -> SignInAttempt {
        guard let challenge = Challenges.table[name] else { throw SignInFailure.unsupportedChallenge(name) }
        try checkAddress(of: request)
        let username = try request.parameters.required("USERNAME")
        try request.checkSecretHash(username: username)
        let state = try await challenge.state(of: session, request, driver: self)
        guard state.surface == request.surface else { throw SignInFailure.invalidSession }
        let subject = try await subject(of: state, request)
        guard subject.user.credentialEpoch == state.epoch,
            try await isName(username, of: subject, answering: challenge, request)
        else { throw challenge.mismatch }
        var attempt = SignInAttempt(driver: self, request: request, subject: subject, state: state)
        try attempt.checkSettings()
        if name.takesPassword(request) {
            attempt.become(try await migrated(attempt, request.pool.name(state.name), beginningWith: nil))
        }
        try await attempt.answer(challenge)
        return attempt
    }

    /// New tokens for a refresh token: GetTokensFromRefreshToken, and OAuth's `refresh_token`, which the observer is
    /// told by the same name.
    package func rotate(_ refreshToken: String, _ request: SignInRequest) async throws -> IssuedTokens {
        let outcome: SignInOutcome<IssuedTokens> = try await observing("GetTokensFromRefreshToken", request) {
            .signedIn(
                try await RefreshTokens(store: store, tokens: tokens, triggers: triggers).rotate(refreshToken, request)
            )
        }
        guard case .signedIn(let tokens) = outcome else { throw TokenFailure.invalidRefreshToken }
        return tokens
    }

    /// What a flow's first call can't do without, beside `USERNAME`.
    private static let requiredParameters: [AuthFlowType: [String]] = [
        .userPasswordAuth: ["USERNAME", "PASSWORD"], .adminUserPasswordAuth: ["USERNAME", "PASSWORD"],
        .adminNoSrpAuth: ["USERNAME", "PASSWORD"], .userSrpAuth: ["USERNAME", "SRP_A"],
    ]

    /// Goes on until there are tokens, or something is to be asked that wasn't answered along. What was proven is
    /// written together with the session that is opened, or before the next challenge is asked. Before the first of
    /// these a sign-in is judged, which costs what `judge` says.
    private func proceed<Completion: Sendable>(
        _ attempt: inout SignInAttempt,
        to complete: (SignInAttempt) async throws -> Completion
    ) async throws -> SignInOutcome<Completion> {
        while true {
            try await recognizeDevice(&attempt)
            switch attempt.next {
            case .refuse(let failure):
                try await recordRefusal(of: attempt)
                throw failure
            case .issue:
                attempt.verdict = try await judge(attempt)
                if attempt.verdict.response == .askedForSecondFactor, attempt.canGiveSecondFactor {
                    attempt.requireSecondFactor()
                    continue
                }
                return .signedIn(try await complete(attempt))
            case .define: try await define(&attempt)
            case .challenge(let name):
                guard let challenge = Challenges.table[name] else { throw SignInFailure.unsupportedChallenge(name) }
                if challenge.isAnswered(in: attempt) {
                    try await attempt.answer(challenge)
                    continue
                }
                try await write(&attempt)
                return .challenged(try await challenge.present(in: attempt))
            }
        }
    }

    /// Opens a session and issues its tokens, as the pool's function wants them: where it fails, nothing is written. 1
    /// write; two RSA signatures.
    private func issueTokens(_ attempt: SignInAttempt) async throws -> IssuedTokens {
        let request = attempt.request
        let device = try device(of: attempt)
        let session = TokenSession(
            id: try identifiers.sessionID(at: request.now),
            poolID: request.pool.id,
            sub: attempt.user.sub,
            clientID: request.client.id,
            originJTI: try identifiers.uuid(),
            deviceKey: device?.key,
            authTime: request.now,
            expiresAt: request.now.adding(seconds: try TokenValidity(request.client.configuration).refresh),
            context: attempt.context
        )
        let refreshToken = try tokens.refreshToken()
        let refreshHash = try store.vault.refreshTokenHash(refreshToken)
        var customization: TokenCustomization?
        let changed = try await conclude(attempt, sessionID: session.id, onNewDevice: device?.isNew ?? false) { step in
            customization = try await self.customization(of: attempt)
            if let device, !device.isNew { step.device = (device.key, request.context.ipAddress) }
            step.opening = (session, refreshHash)
        }
        return try await tokens.issue(
            TokenService.Grant(
                user: changed ?? attempt.user,
                groups: attempt.subject.groups,
                client: request.client,
                poolWithKeys: request.poolWithKeys,
                session: session,
                refreshToken: refreshToken,
                customization: customization,
                isNewDevice: device?.isNew ?? false,
                context: request.context,
                now: request.now
            )
        )
    }

    /// Opens a browser's session. 1 write.
    private func openInBrowser(_ attempt: SignInAttempt) async throws -> BrowserSignIn {
        let request = attempt.request
        let cookie = Base64URL.encode(try identifiers.random.bytes(32))
        let session = SSOSession(
            id: try identifiers.sessionID(at: request.now),
            poolID: request.pool.id,
            sub: attempt.user.sub,
            clientID: request.client.id,
            epoch: attempt.user.credentialEpoch,
            proven: attempt.state.allProven,
            authTime: request.now
        )
        let cookieHash = try store.vault.ssoCookieHash(cookie)
        let changed = try await conclude(attempt, sessionID: session.id) { step in
            step.openingInBrowser = (session, cookieHash)
        }
        let user = changed ?? attempt.user
        return BrowserSignIn(session: session.of(epoch: user.credentialEpoch), cookie: cookie, user: user)
    }

    /// Writes the last step of a sign-in, unless it was judged a stranger's, or the pool's function wants none; returns
    /// the user where the step changes them.
    private func conclude(
        _ attempt: SignInAttempt,
        sessionID: String,
        onNewDevice isNewDevice: Bool = false,
        _ open: (inout SessionRepository.Step) async throws -> Void
    ) async throws -> User? {
        let request = attempt.request
        let verdict = attempt.verdict
        if verdict.response == .blocked { try await refuse(attempt, by: verdict) }
        try await postAuthenticate(attempt, onNewDevice: isNewDevice)
        var step = attempt.step
        // Whoever has the user's access token must not have guesses at the password forgotten.
        step.clearsFailures =
            (step.clearsFailures || attempt.hadFailures)
            && (attempt.state.credit == nil || attempt.state.hasProven(.password))
        step.tracking = request.activity.map { ($0, request.pool.sessions.mostPerUser) }
        try await open(&step)
        step.event = try attempt.event(.pass, id: sessionID, verdict: verdict)
        let changed = try await store.sessions.advance(attempt.user.sub, by: step, in: request.pool)
        await notify(attempt, verdict, step.event)
        return changed
    }

    /// Runs a call and tells the observer what came of it.
    private func observing<Completion: Sendable>(
        _ step: String,
        _ request: SignInRequest,
        _ call: () async throws -> SignInOutcome<Completion>
    ) async throws -> SignInOutcome<Completion> {
        func tell(_ result: SignInEvent.Result) {
            observer(
                SignInEvent(
                    step: step,
                    result: result,
                    poolID: request.pool.id,
                    clientID: request.client.id,
                    username: request.parameters["USERNAME"],
                    context: request.context
                )
            )
        }
        do {
            let outcome = try await call()
            if case .signedIn = outcome { tell(.succeeded) } else { tell(.challenged) }
            return outcome
        } catch {
            tell(.failed)
            throw error
        }
    }
}
