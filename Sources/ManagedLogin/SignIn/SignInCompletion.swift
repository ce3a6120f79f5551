import CognitoModel
import Domain
import HTTPTransport
import OAuth
import Operations
import SignIn
import Storage
import UserPools

/// The end of a sign-in at the pages: the browser gets its cookie, and goes back to the client with what that asked
/// for.
struct SignInCompletion: Sendable {
    /// The field by which a browser that is signed in goes on as who it is.
    static let continuing = "continue_session"

    let authorization: Authorization

    /// Gives the browser its cookie, which is new at every sign-in, and ends the sign-in that it had. 1 write, and 1
    /// where it had one. Who has just signed up is offered a passkey first, where the pool takes them. A sign-in that
    /// began before the client asked for its level goes on to reach it.
    func finish(_ signIn: BrowserSignIn, _ request: PageRequest, isSignUp: Bool) async throws -> HTTPResponse {
        let isEnough = request.authorization?.isStrongEnough(signIn.session, of: signIn.user) ?? true
        var response: HTTPResponse =
            if isSignUp, request.offersPasskey {
                .seeOther(request.link("/passkeys/add"))
            } else if isEnough {
                try await back(as: signIn.session, request)
            } else {
                .seeOther(request.link("/login"))
            }
        try await authorization.endSession(of: request.routed, at: request.site, poolID: request.pool.id)
        request.cookie.set(signIn.cookie, for: request.client.client, in: &response)
        return response
    }

    /// Lets a browser that is signed in go on as who it is. 1 read, 1 write.
    func goOn(_ request: PageRequest) async throws -> HTTPResponse {
        guard let found = try await liveSession(of: request) else { return .seeOther(request.link("/login")) }
        return try await back(
            as: found.session,
            request,
            activity: request.authorization?.activity(request.routed.context)
        )
    }

    /// How strongly the user is to sign in: what the browser's sign-in has proven needn't be proven again. 1 read where
    /// the client asks for a level.
    func target(of request: PageRequest) async throws -> SignInTarget? {
        guard let asked = request.authorization, asked.signInTarget != nil else { return nil }
        let found = try await authorization.session(of: request.routed, at: request.site, poolID: request.pool.id)
        return asked.signInTarget(crediting: found?.session, now: request.now)
    }

    /// The browser's sign-in, where the client's request takes it. 1 read where there is a cookie.
    func liveSession(of request: PageRequest) async throws -> SSOSessionRepository.Found? {
        guard let asked = request.authorization, !asked.prompts.contains("login"),
            let found = try await authorization.session(of: request.routed, at: request.site, poolID: request.pool.id),
            asked.accepts(found, now: request.now)
        else { return nil }
        return found
    }

    /// Sends the browser back to the client; to the beginning, where its sign-in has ended meanwhile. 1 write.
    private func back(
        as session: SSOSession,
        _ request: PageRequest,
        activity: SessionActivity? = nil
    ) async throws -> HTTPResponse {
        guard let asked = request.authorization,
            let granted = try await authorization.grant(
                asked,
                to: session,
                activity: activity,
                request.routed.context
            )
        else { return .seeOther(request.link("/login")) }
        return granted
    }
}

extension PageRequest {
    /// Whether new users are offered a passkey: where the pool has that among its first factors, and the pages know of
    /// them.
    var offersPasskey: Bool {
        !isClassic && pool.allowedFirstFactors.contains(.webAuthn) && pool.relyingParty != nil
    }
}
