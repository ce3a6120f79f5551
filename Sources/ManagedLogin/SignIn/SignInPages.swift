import CognitoModel
import Domain
import HTTPTransport
import OAuth
import Operations
import SignIn
import Storage
import UserPools

/// `/login`: a sign-in from the name to the client's redirect URI. Every form of it is posted here; which challenge it
/// answers stands in its hidden fields.
struct SignInPages: Sendable {
    let driver: SignInDriver
    let operations: OperationCaller
    let completion: SignInCompletion

    private var setup: SoftwareTokenSetup { SoftwareTokenSetup(operations: operations) }

    /// `GET`. 1 read on classic pages, where the browser has a sign-in.
    func show(_ request: PageRequest) async throws -> HTTPResponse {
        if request.isClassic, let found = try await completion.liveSession(of: request) {
            return .page(
                SignedInAlreadyView(
                    page: request.surroundings,
                    form: request.target("/login", [(SignInCompletion.continuing, "true")]),
                    username: found.user.username,
                    differentUser: request.link("/login", [("prompt", "login")])
                ).html
            )
        }
        return page(request, username: request.parameters["login_hint"])
    }

    /// `POST`. What the challenge that is answered costs, and what the one that follows does.
    func take(_ request: PageRequest, _ trace: inout RequestTrace) async throws -> HTTPResponse {
        if request.form[SignInCompletion.continuing] != nil { return try await completion.goOn(request) }
        if let prompt = Prompt(request.form) { return try await answer(prompt, request, &trace) }
        return try await begin(request, &trace)
    }

    /// Goes on after a sign-up whose code counts as a factor.
    func begin(
        _ username: String,
        signUpSession: String,
        _ request: PageRequest
    ) async throws -> HTTPResponse {
        try operations.admit("InitiateAuth", on: request)
        let outcome = try await driver.beginInBrowser(
            .userAuth,
            request.signIn(["USERNAME": username], target: completion.target(of: request)),
            signUpSession: signUpSession
        )
        return try await proceed(outcome, username, request, isSignUp: true)
    }

    /// The page at which a sign-in begins.
    func page(_ request: PageRequest, username: String? = nil, error: PageError? = nil) -> HTTPResponse {
        return .page(
            SignInView(
                page: request.surroundings,
                form: request.target("/login"),
                usernames: UsernameKind(signingInTo: request.pool),
                asksPassword: !request.choosesFactor,
                username: username,
                forgotPassword: request.pool.usersRecoverThemselves ? request.link("/forgotPassword") : nil,
                signUp: !request.pool.adminCreatesUsersOnly ? request.link("/signup") : nil,
                error: error
            ).html
        )
    }

    private func begin(_ request: PageRequest, _ trace: inout RequestTrace) async throws -> HTTPResponse {
        let username = request.trimmed(FieldName.username)
        do {
            guard let username else { throw PageFailure.missing(field: FieldName.username) }
            let password =
                request.choosesFactor ? request.form[FieldName.password] : try request.required(FieldName.password)
            return try await begin(username, password: password, request)
        } catch {
            return try failed(error, at: nil, username ?? "", request, &trace)
        }
    }

    /// Begins a sign-in, with a password where one was given.
    func begin(
        _ username: String,
        password: String?,
        _ request: PageRequest,
        isSignUp: Bool = false
    ) async throws -> HTTPResponse {
        var parameters = ["USERNAME": username]
        if let password {
            parameters["PASSWORD"] = password
            if request.choosesFactor { parameters["PREFERRED_CHALLENGE"] = ChallengeNameType.password.rawValue }
        }
        return try await begin(parameters, username, request, isSignUp: isSignUp)
    }

    private func begin(
        _ parameters: [String: String],
        _ username: String,
        _ request: PageRequest,
        isSignUp: Bool = false
    ) async throws -> HTTPResponse {
        try operations.admit("InitiateAuth", on: request)
        let flow: AuthFlowType = request.choosesFactor ? .userAuth : .userPasswordAuth
        return try await proceed(
            driver.beginInBrowser(flow, request.signIn(parameters, target: completion.target(of: request))),
            username,
            request,
            isSignUp: isSignUp
        )
    }

    private func answer(
        _ prompt: Prompt,
        _ request: PageRequest,
        _ trace: inout RequestTrace
    ) async throws -> HTTPResponse {
        do {
            guard let page = ChallengePages.table[prompt.name] else {
                throw SignInFailure.unsupportedChallenge(prompt.name)
            }
            switch try page.answer(prompt, on: request) {
            case .ask(let prompt):
                return .page(try page.html(try await setup.begun(prompt, on: request), on: request, error: nil))
            case .beginAgain(var parameters):
                parameters["USERNAME"] = prompt.username
                return try await begin(parameters, prompt.username, request)
            case .responses(let responses):
                let isSoftwareToken = prompt.name == .mfaSetup && responses.isEmpty
                let session = isSoftwareToken ? try await setup.verified(prompt, on: request) : prompt.session
                return try await respond(prompt, responses, session: session, request)
            }
        } catch {
            return try failed(error, at: prompt, prompt.username, request, &trace)
        }
    }

    private func respond(
        _ prompt: Prompt,
        _ responses: [String: String],
        session: String,
        _ request: PageRequest
    ) async throws -> HTTPResponse {
        try operations.admit("RespondToAuthChallenge", on: request)
        var parameters = responses
        parameters["USERNAME"] = prompt.username
        let outcome = try await driver.respondInBrowser(
            to: prompt.name,
            request.signIn(parameters),
            session: session
        )
        return try await proceed(outcome, prompt.username, request)
    }

    private func proceed(
        _ outcome: SignInOutcome<BrowserSignIn>,
        _ username: String,
        _ request: PageRequest,
        isSignUp: Bool = false
    ) async throws -> HTTPResponse {
        switch outcome {
        case .signedIn(let signIn): return try await completion.finish(signIn, request, isSignUp: isSignUp)
        case .challenged(let challenge):
            guard let page = ChallengePages.table[challenge.name] else {
                throw SignInFailure.unsupportedChallenge(challenge.name)
            }
            var prompt = Prompt(challenge, to: username)
            // A choice of one that isn't a password is none.
            if prompt.name == .selectChallenge, prompt.available.count == 1, prompt.available[0] != .password {
                return try await respond(
                    prompt,
                    ["ANSWER": prompt.available[0].rawValue],
                    session: prompt.session,
                    request
                )
            }
            prompt = try await setup.begun(prompt, on: request)
            return .page(try page.html(prompt, on: request, error: nil))
        }
    }

    /// What is shown of an error: the same page, as far as it can be answered again, or the beginning.
    private func failed(
        _ error: any Error,
        at prompt: Prompt?,
        _ username: String,
        _ request: PageRequest,
        _ trace: inout RequestTrace
    ) throws -> HTTPResponse {
        switch error {
        case SignInFailure.userNotConfirmed: return request.confirmation(of: username)
        case SignInFailure.passwordResetRequired, SignInFailure.passwordCompromised:
            return request.passwordReset(of: username)
        default: break
        }
        guard let shown = PageError(error) else { throw error }
        trace.errorType = ErrorEnvelope.wireError(error).code.name
        guard let prompt, let page = ChallengePages.table[prompt.name], (error as? SignInFailure)?.endsSignIn != true
        else { return self.page(request, username: username, error: shown) }
        return .page(try page.html(prompt, on: request, error: shown))
    }
}
