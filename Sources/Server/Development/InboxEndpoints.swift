import CognitoModel
import Domain
import HTML
import HTTPTransport
import ManagedLogin
import Operations

/// The page at which developers look at what was "sent".
struct InboxEndpoints: Sendable {
    /// What a mail may do: show pictures and its own style, and lead to other pages in windows of their own. It is of
    /// no origin, wherever it is opened.
    private static let mailPolicy =
        "default-src 'none'; img-src https: http: data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
    private static let pagePolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

    let inbox: MessageInbox
    let crossOrigin: CrossOriginPolicy

    var routes: [Route] {
        [
            route("/_martlet/inbox") { request in page(request) },
            route("/_martlet/inbox/state") { request in state(request) },
            route("/_martlet/inbox/{number}/mail") { request in mail(request) },
            route("/_martlet/inbox.css") { request in InboxAssets.stylesheet.answer(to: request.http) },
            route("/_martlet/inbox.js") { request in InboxAssets.script.answer(to: request.http) },
        ]
    }

    private func route(
        _ path: PathPattern,
        _ handler: @escaping @Sendable (RoutedRequest) -> HTTPResponse
    ) -> Route {
        Route(
            .get,
            host: .any,
            path: path,
            crossOrigin: crossOrigin,
            execution: .executor,
            name: path.text
        ) { request, _ in handler(request) }
    }

    private func view(_ query: FormQuery) -> InboxView {
        let filter = query["to"].flatMap { $0.isEmpty ? nil : String($0.prefix(256)) }
        return InboxView(
            entries: inbox.entries(toWhom: filter),
            filter: filter,
            chosen: query["message"].flatMap { Int($0) }.flatMap(inbox.entry)
        )
    }

    private func page(_ request: RoutedRequest) -> HTTPResponse {
        answer(view(FormQuery(request.http.query)).html.bytes, type: "text/html", policy: Self.pagePolicy)
    }

    /// What differs once the page would.
    private func state(_ request: RoutedRequest) -> HTTPResponse {
        var json = JSONWriter()
        json.beginObject()
        json.member("State", view(FormQuery(request.http.query)).state)
        json.endObject()
        return answer(json.bytes, type: "application/json", policy: Self.pagePolicy)
    }

    private func mail(_ request: RoutedRequest) -> HTTPResponse {
        guard let entry = Int(request.parameters["number"]).flatMap(inbox.entry) else {
            return HTTPResponse(status: 404)
        }
        let message = entry.message
        let document = MailDocument(message).bytes
        return answer(document, type: message.isHTML ? "text/html" : "text/plain", policy: Self.mailPolicy)
    }

    private func answer(_ body: [UInt8], type: String, policy: String) -> HTTPResponse {
        HTTPResponse(
            status: 200,
            headers: [
                "Content-Type": "\(type); charset=utf-8", "Content-Security-Policy": policy,
                "Cache-Control": "no-store",
                "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
                "Cross-Origin-Resource-Policy": "same-origin",
            ],
            body: body
        )
    }
}
