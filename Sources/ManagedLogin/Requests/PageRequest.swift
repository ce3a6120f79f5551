import CognitoModel
import Domain
import HTML
import HTTPTransport
import OAuth
import Operations
import SignIn
import UserPools

/// A request of a page: which client it is for, what the client asked for, and what the browser sent.
struct PageRequest: Sendable {
    let routed: RoutedRequest
    let site: LoginSite
    let client: PublicClient
    /// What leads to the page, checked anew at every request; nil on pages that need none.
    let authorization: AuthorizationRequest?
    /// The query: what leads to the page, as every link and form carries it on.
    let parameters: FormParameters
    /// What was filled in; nothing where a page is asked for.
    let form: FormParameters
    let surroundings: PageSurroundings
    let antiForgery: AntiForgery

    var pool: UserPool { client.pool }
    var now: Timestamp { routed.context.now }
    var isClassic: Bool { surroundings.version == .classic }

    /// A page of ours, with the query of this one.
    func link(_ path: StaticString, _ more: [(name: String, value: String)] = []) -> LinkURL {
        let replaced = Set(more.map(\.name))
        return LinkURL(path: path, query: parameters.pairs.filter { !replaced.contains($0.name) } + more)
    }

    /// A form that is posted there, with the query of this page.
    func target(_ path: StaticString, _ hidden: [(name: String, value: String)] = []) -> FormTarget {
        FormTarget(action: link(path), antiForgeryToken: antiForgery.token, hidden: hidden)
    }

    /// What a browser's sign-in is, of users of the pool.
    var cookie: SSOCookie { SSOCookie(of: client.poolID, at: site) }

    /// How the pages sign users in: by a factor that they choose after their name, or by name and password at once
    /// (developer guide, "Authentication flow selection in managed login").
    var choosesFactor: Bool {
        !isClassic && client.client.allows(.userAuth)
            && (pool.configuration.userPoolTier ?? .essentials) != .lite
    }

    /// A call of a sign-in with those parameters; one that begins says how strong it is to be.
    func signIn(_ parameters: [String: String], target: SignInTarget? = nil) -> SignInRequest {
        SignInRequest(
            client: client.client,
            poolWithKeys: client.poolWithKeys,
            parameters: SignInParameters(parameters),
            surface: .pages,
            target: target,
            context: SignInContext(routed.context),
            now: now
        )
    }

    /// What was filled in there, without the spaces that were pasted along.
    func trimmed(_ name: String) -> String? {
        guard let value = form[name] else { return nil }
        let text = value.drop { $0.isWhitespace }
        let kept = String(text.reversed().drop { $0.isWhitespace }.reversed())
        return kept.isEmpty ? nil : kept
    }
}
