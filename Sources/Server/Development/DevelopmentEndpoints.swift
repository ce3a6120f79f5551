import CognitoModel
import Domain
import HTTPTransport
import Operations
package import Storage

/// What only `martlet dev` answers: the messages it "sent", and a clean slate.
package struct DevelopmentEndpoints: Sendable {
    private let store: Store
    private let inbox: MessageInbox

    package init(store: Store, inbox: MessageInbox) {
        self.store = store
        self.inbox = inbox
    }

    func respond(to request: HTTPRequest, trace: inout RequestTrace) async throws -> HTTPResponse? {
        switch request.path {
        case "/_martlet/messages":
            trace.name = request.path
            guard ["GET", "HEAD"].contains(request.method) else { return .methodNotAllowed("GET, HEAD") }
            var json = JSONWriter()
            json.beginObject()
            json.member("Messages", inbox.messages(to: FormQuery(request.query)["to"]))
            json.endObject()
            return .json(200, String(decoding: json.bytes, as: UTF8.self))
        case "/_martlet/reset":
            trace.name = request.path
            guard request.method == "POST" else { return .methodNotAllowed("POST") }
            try await store.reset()
            inbox.clear()
            return .json(200, #"{"status":"ok"}"#)
        default: return nil
        }
    }
}
