import CognitoModel
import Domain
import HTML
import HTTPTransport
import OAuth
import Operations
import UserPools

/// `/signup`, `/confirm`, `/resendcode` and `/confirmUser`: a new user, by the API's operations.
struct SignUpPages: Sendable {
    let operations: OperationCaller
    let signIn: SignInPages
    let terms: TermsLinks

    /// `GET /signup`. 2 reads, for the terms.
    func show(_ request: PageRequest) async throws -> HTTPResponse { try await page(request) }

    /// `POST /signup`: SignUp, and then the page for the code that it sent. Whom the pool's function has confirmed is
    /// signed in at once.
    func take(_ request: PageRequest, _ trace: inout RequestTrace) async throws -> HTTPResponse {
        do {
            let username = try request.name()
            let password = try request.required(FieldName.password)
            // Classic forms have the password once.
            if let again = request.form[FieldName.confirmPassword], again != password {
                throw PageFailure.passwordsDiffer
            }
            let attributes = try request.signUpAttributes.map { field in
                (field.name, try field.isRequired ? request.required(FieldName.attribute(field.name)) : field.value)
            }
            let made = try await operations.call(
                SignUp.self,
                [
                    "Username": .string(username), "Password": .string(password),
                    "UserAttributes": .array(
                        attributes.compactMap { name, value in
                            value.map { .object(["Name": .string(name), "Value": .string($0)]) }
                        }
                    ),
                ],
                on: request
            )
            if made.userConfirmed { return try await enter(username, password: password, request, &trace) }
            // Tests of apps follow the redirect of classic pages.
            if request.isClassic { return .found(request.link("/confirm", [("username", username)]).text) }
            return request.confirmation(
                of: username,
                session: made.session,
                delivery: made.codeDeliveryDetails.flatMap(CodeDelivery.init)
            )
        } catch {
            return try await page(request, error: request.shown(error, &trace))
        }
    }

    /// Signs a user in who has just chosen that password.
    private func enter(
        _ username: String,
        password: String,
        _ request: PageRequest,
        _ trace: inout RequestTrace
    ) async throws -> HTTPResponse {
        do {
            return try await signIn.begin(username, password: password, request, isSignUp: true)
        } catch {
            return signIn.page(request, username: username, error: try request.shown(error, &trace))
        }
    }

    /// `GET /confirm`: for a code that has come already.
    func showConfirmation(_ request: PageRequest) -> HTTPResponse {
        guard let username = request.parameters["username"] else { return .seeOther(request.link("/login")) }
        return request.confirmation(of: username)
    }

    /// `POST /confirm`: ConfirmSignUp. The user is signed in by it where the client has USER_AUTH, else comes back to
    /// sign in.
    func confirm(_ request: PageRequest, _ trace: inout RequestTrace) async throws -> HTTPResponse {
        guard let username = request.trimmed(FieldName.username) else { return .seeOther(request.link("/login")) }
        let session = request.form[PageRequest.sessionField]
        let confirmed: ConfirmSignUpResponse
        do {
            confirmed = try await operations.call(
                ConfirmSignUp.self,
                [
                    "Username": .string(username), "ConfirmationCode": .string(try request.code()),
                    "Session": session.map(JSONValue.string),
                ],
                on: request
            )
        } catch {
            return request.confirmation(
                of: username,
                session: session,
                delivery: request.sentDelivery,
                error: try request.shown(error, &trace)
            )
        }
        guard request.choosesFactor, let next = confirmed.session else { return done(request) }
        do {
            return try await signIn.begin(username, signUpSession: next, request)
        } catch {
            return signIn.page(request, username: username, error: try request.shown(error, &trace))
        }
    }

    /// `POST /resendcode`: ResendConfirmationCode.
    func resend(_ request: PageRequest, _ trace: inout RequestTrace) async throws -> HTTPResponse {
        guard let username = request.trimmed(FieldName.username) else { return .seeOther(request.link("/login")) }
        let session = request.form[PageRequest.sessionField]
        do {
            let sent = try await operations.call(
                ResendConfirmationCode.self,
                ["Username": .string(username)],
                on: request
            )
            return request.confirmation(
                of: username,
                session: session,
                delivery: sent.codeDeliveryDetails.flatMap(CodeDelivery.init),
                wasResent: true
            )
        } catch {
            return request.confirmation(
                of: username,
                session: session,
                delivery: request.sentDelivery,
                error: try request.shown(error, &trace)
            )
        }
    }

    /// `GET /confirmUser`: the link of a mail, which has the code in it. What looks at links before their reader does sends
    /// `HEAD`, which confirms nobody (RFC 9110 section 9.2.1).
    func follow(_ request: PageRequest, _ trace: inout RequestTrace) async throws -> HTTPResponse {
        guard request.routed.http.method != "HEAD" else { return done(request) }
        guard let username = request.parameters["user_name"], let code = request.parameters["confirmation_code"] else {
            throw AuthorizationRefusal.page("invalid_request")
        }
        do {
            _ = try await operations.call(
                ConfirmSignUp.self,
                ["Username": .string(username), "ConfirmationCode": .string(code)],
                on: request
            )
            return done(request)
        } catch {
            let shown = try request.shown(error, &trace)
            return .page(ErrorView(page: request.surroundings, detail: shown.text).html, status: 400)
        }
    }

    /// The user is confirmed. Where an app asked for a sign-in, there is a way on.
    private func done(_ request: PageRequest) -> HTTPResponse {
        let leadsOn = request.parameters["response_type"] != nil
        let hidden: Set = ["user_name", "confirmation_code", "username"]
        let query = request.parameters.pairs.filter { !hidden.contains($0.name) }
        let signIn = leadsOn ? LinkURL(path: "/login", query: query) : nil
        return .page(ConfirmedView(page: request.surroundings, signIn: signIn).html)
    }

    private func page(_ request: PageRequest, error: PageError? = nil) async throws -> HTTPResponse {
        guard !request.pool.adminCreatesUsersOnly else {
            return .seeOther(request.link("/login"))
        }
        return .page(
            SignUpView(
                page: request.surroundings,
                form: request.target("/signup"),
                usernames: UsernameKind(signingUpTo: request.pool),
                username: request.form[FieldName.username],
                policy: request.pool.passwordPolicy,
                attributes: request.signUpAttributes,
                terms: try await terms.links(of: request),
                signIn: request.link("/login"),
                error: error
            ).html
        )
    }
}

extension PageRequest {
    /// The name that was filled in. Throws where that is nothing.
    func name() throws(PageFailure) -> String {
        guard let name = trimmed(FieldName.username) else { throw .missing(field: FieldName.username) }
        return name
    }

    /// What the page tells of an error, and the log of its kind. Throws what isn't to be told.
    func shown(_ error: any Error, _ trace: inout RequestTrace) throws -> PageError {
        guard let shown = PageError(error) else { throw error }
        trace.errorType = error is PageFailure ? "IncompleteForm" : ErrorEnvelope.wireError(error).code.name
        return shown
    }

    /// What is asked for beside name and password: what the pool requires, and an address that it can verify.
    var signUpAttributes: [AttributeField] {
        let named = pool.signInNames.usernameAttributes
        var names = pool.schema.requiredNames
        let verified = pool.autoVerifiedAttributes.map(\.rawValue)
        if let first = verified.first, !verified.contains(where: { names.contains($0) || named.contains($0) }) {
            names.append(first)
        }
        return names.filter { named != [$0] }.map { name in
            AttributeField(
                name,
                value: form[FieldName.attribute(name)],
                // Where either address may be the name, what was typed there stands for one of them.
                isRequired: !named.contains(name),
                kind: pool.kind(of: name)
            )
        }
    }
}

extension CodeDelivery {
    /// As the API tells it; nil where it doesn't say where.
    init?(_ details: CodeDeliveryDetailsType) {
        guard let destination = details.destination else { return nil }
        self.init(details.deliveryMedium == .sms ? .sms : .email, to: destination)
    }
}
