import CognitoModel
import Domain
import HTML
import HTTPTransport
import OAuth
import Operations
import Storage
import UserPools

/// `/passkeys/add`: a browser that is signed in makes a passkey for its user, after a sign-up or where an app leads to
/// it. By the rules of StartWebAuthnRegistration and CompleteWebAuthnRegistration.
struct PasskeyPages: Sendable {
    let services: Services
    let reader: AuthorizationRequestReader
    let authorization: Authorization
    let operations: OperationCaller

    /// `GET`. 2 reads.
    func show(_ request: PageRequest, _ trace: inout RequestTrace) async throws -> HTTPResponse {
        try await answer(request, &trace) { holder, _ in try await page(holder, request) }
    }

    /// `POST`. 2 reads, 2 writes.
    func take(_ request: PageRequest, _ trace: inout RequestTrace) async throws -> HTTPResponse {
        try await answer(request, &trace) { holder, trace in
            guard request.form[FieldName.skip] == nil else { return try await back(holder, request) }
            do {
                let credential = try request.required(FieldName.credential)
                guard let document = try? RequestDecoder.document(JSONValue.self, from: credential) else {
                    throw PasskeyFailure.malformed
                }
                try operations.admit("CompleteWebAuthnRegistration", on: request)
                try await services.registerPasskey(document, of: holder.passkeyHolder(request), now: request.now)
            } catch {
                return try await page(holder, request, error: request.shown(error, &trace))
            }
            return try await back(holder, request)
        }
    }

    /// Runs the body where the browser is signed in, and the client takes that for the user.
    private func answer(
        _ request: PageRequest,
        _ trace: inout RequestTrace,
        _ body: (SSOSessionRepository.Found, inout RequestTrace) async throws -> HTTPResponse
    ) async throws -> HTTPResponse {
        guard request.offersPasskey else { throw AuthorizationRefusal.page("invalid_request") }
        _ = try AuthorizationRequestReader.redirectURI(request.parameters["redirect_uri"], of: request.client.client)
        let found = try await authorization.session(
            of: request.routed,
            at: request.site,
            poolID: request.client.poolID
        )
        guard let found, found.session.isTrusted(by: request.client.client, at: request.now) else {
            if request.parameters["response_type"] != nil { return .seeOther(request.link("/login")) }
            return .page(ErrorView(page: request.surroundings, detail: .key(.sessionExpired)).html, status: 403)
        }
        return try await body(found, &trace)
    }

    private func page(
        _ holder: SSOSessionRepository.Found,
        _ request: PageRequest,
        error: PageError? = nil
    ) async throws -> HTTPResponse {
        try operations.admit("StartWebAuthnRegistration", on: request)
        let options = try await services.passkeyOptions(for: holder.passkeyHolder(request), now: request.now)
        return .page(
            AddPasskeyView(
                page: request.surroundings,
                form: request.target("/passkeys/add"),
                options: String(decoding: options.jsonBytes, as: UTF8.self),
                error: error
            ).html
        )
    }

    /// Back to the client: with what it asked for, or just so.
    private func back(_ holder: SSOSessionRepository.Found, _ request: PageRequest) async throws -> HTTPResponse {
        guard request.parameters["response_type"] != nil else {
            let uri = try AuthorizationRequestReader.redirectURI(
                request.parameters["redirect_uri"],
                of: request.client.client
            )
            var answer = FormParameters(nil)
            answer.append("result", request.form[FieldName.skip] == nil ? "success" : "skipped")
            return RedirectTarget(uri: uri, state: request.parameters["state"], isInFragment: false).answer(answer)
        }
        let asked = try await reader.read(request.routed.http.query, at: request.site)
        // A sign-up that led here is younger than an answer may be.
        let signUpEnds = holder.session.authTime.adding(seconds: request.client.client.authSessionValidity)
        guard asked.accepts(holder, now: request.now), request.now < signUpEnds || !asked.prompts.contains("login"),
            let granted = try await authorization.grant(
                asked,
                to: holder.session,
                activity: asked.activity(request.routed.context),
                request.routed.context
            )
        else { return .seeOther(request.link("/login")) }
        return granted
    }
}

extension SSOSessionRepository.Found {
    fileprivate func passkeyHolder(_ request: PageRequest) -> PasskeyHolder {
        PasskeyHolder(user: user, client: request.client.client, pool: request.pool)
    }
}
