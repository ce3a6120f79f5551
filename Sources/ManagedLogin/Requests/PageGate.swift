import CognitoModel
import HTML
import HTTPTransport
import OAuth
import Operations
import UserPools

/// Answers a page's request once it is known who asks for what. Throws what `PageGate` words.
typealias PageHandler = @Sendable (PageRequest, inout RequestTrace) async throws -> HTTPResponse

/// What every page goes through: its client and what that asked for are read and checked, forms of other sites are
/// refused, errors become pages, and the answer gets the headers and cookies that all carry.
struct PageGate: Sendable {
    /// What has to lead to a page.
    enum Need: Sendable {
        /// An authorization request.
        case authorization
        /// A client alone.
        case client
    }

    let services: Services
    let sites: LoginSites
    let reader: AuthorizationRequestReader
    let brandings: Brandings

    /// `/error`: for what can't be told to a client. Only texts that are ours are shown: a link must not have the page
    /// say something else.
    func error(_ routed: RoutedRequest) async throws -> HTTPResponse {
        let asked = try await asked(routed)
        let detail = asked.parameters["error"].flatMap { Self.isOurs($0) ? PageText.verbatim($0) : nil }
        let response = HTTPResponse.page(ErrorView(page: asked.surroundings(), detail: detail).html, status: 400)
        return decorated(response, asked)
    }

    /// `/static/branding/{clientId}/{name}`: a file of a client's branding.
    func file(_ routed: RoutedRequest) async throws -> HTTPResponse {
        let site = try await sites.site(of: routed)
        guard let client = try await sites.client(routed.parameters["clientId"], at: site),
            let branding = try await brandings.branding(of: client.client, at: site),
            let asset = branding.assets.first(where: { $0.path == routed.http.path })
        else { return .page(ErrorView(page: try await asked(routed).surroundings(), detail: nil).html, status: 404) }
        return asset.answer(to: routed.http)
    }

    private static func isOurs(_ text: String) -> Bool {
        OAuthError.Code(rawValue: text) != nil || AuthorizationRefusal.texts.contains(text)
    }

    /// The answer. No more statements than `AuthorizationRequestReader` needs, beside the page's own and the look of
    /// its client, where that isn't kept.
    func answer(
        _ routed: RoutedRequest,
        _ trace: inout RequestTrace,
        needing need: Need,
        _ handler: PageHandler
    ) async throws -> HTTPResponse {
        let asked = try await asked(routed)
        let response: HTTPResponse
        do {
            response = try await respond(to: asked, &trace, needing: need, handler)
        } catch AuthorizationRefusal.page(let text) {
            response = .seeOther(LinkURL(path: "/error", query: [("error", text)]))
        } catch AuthorizationRefusal.redirect(let error, let target) {
            response = target.answer(error)
        } catch {
            response = Self.failed(error, asked.surroundings(), &trace)
        }
        return decorated(response, asked)
    }

    private func asked(_ routed: RoutedRequest) async throws -> Asked {
        Asked(
            routed: routed,
            site: try await sites.site(of: routed),
            parameters: FormParameters(routed.http.query),
            antiForgery: try AntiForgery(routed.http, identifiers: services.identifiers)
        )
    }

    private func decorated(_ answer: HTTPResponse, _ asked: Asked) -> HTTPResponse {
        var response = answer
        let site = asked.site
        response.protect(isSecure: site.isSecure)
        response.setCookie(AntiForgery.cookie, asked.antiForgery.token, isSecure: site.isSecure)
        if let language = asked.languageToKeep {
            response.setCookie(Asked.languageCookie, language.rawValue, isSecure: site.isSecure)
        }
        return response
    }

    private func respond(
        to asked: Asked,
        _ trace: inout RequestTrace,
        needing need: Need,
        _ handler: PageHandler
    ) async throws -> HTTPResponse {
        var form = FormParameters(nil)
        if asked.routed.http.method == "POST" {
            guard let sent = FormParameters(bodyOf: asked.routed.http) else {
                throw AuthorizationRefusal.page("invalid_request")
            }
            guard asked.antiForgery.admits(sent, of: asked.routed, at: asked.site) else {
                trace.errorType = "ForeignForm"
                let page = asked.surroundings()
                return .page(ErrorView(page: page, detail: .key(.formExpired)).html, status: 403)
            }
            form = sent
        }
        let (client, authorization) = try await caller(asked, needing: need)
        trace.poolID = client.poolID
        guard let branding = try await brandings.branding(of: client.client, at: asked.site) else {
            return .page(UnavailableView(page: asked.surroundings()).html, status: 403)
        }
        return try await handler(
            PageRequest(
                routed: asked.routed,
                site: asked.site,
                client: client,
                authorization: authorization,
                parameters: asked.parameters,
                form: form,
                surroundings: asked.surroundings(theme: branding.theme),
                antiForgery: asked.antiForgery
            ),
            &trace
        )
    }

    private func caller(_ asked: Asked, needing need: Need) async throws -> (PublicClient, AuthorizationRequest?) {
        switch need {
        case .authorization:
            let authorization = try await reader.read(asked.routed.http.query, at: asked.site)
            return (authorization.client, authorization)
        case .client:
            guard let id = asked.parameters["client_id"], let client = try await sites.client(id, at: asked.site)
            else { throw AuthorizationRefusal.page("invalid_request") }
            return (client, nil)
        }
    }

    /// What nobody could have done otherwise is told without its cause; that is for the log.
    private static func failed(
        _ error: any Error,
        _ page: PageSurroundings,
        _ trace: inout RequestTrace
    ) -> HTTPResponse {
        let wireError = ErrorEnvelope.wireError(error)
        trace.errorType = wireError.code.name
        trace.cause = wireError.cause.map { "\($0)" }
        let isOurs = wireError.code.isServerFault
        let text: PageText = isOurs ? .key(.somethingWentWrong) : .verbatim(wireError.message)
        return .page(ErrorView(page: page, detail: text).html, status: isOurs ? 500 : 400)
    }
}

/// A request of which only the site is known.
struct Asked: Sendable {
    static let languageCookie = "lang"

    let routed: RoutedRequest
    let site: LoginSite
    let parameters: FormParameters
    let antiForgery: AntiForgery

    /// How its page looks and speaks.
    func surroundings(theme: Theme = Theme()) -> PageSurroundings {
        let language = Language.choose(
            parameter: parameters["lang"],
            cookie: routed.http.cookie(Self.languageCookie),
            acceptLanguage: routed.http.headers["Accept-Language"]
        )
        return PageSurroundings(
            version: PageVersion(rawValue: site.managedLoginVersion) ?? .classic,
            language: language,
            theme: theme
        )
    }

    /// The language that was asked for, which the pages to come are in, too.
    var languageToKeep: Language? { parameters["lang"].flatMap(Language.init(tag:)) }
}
