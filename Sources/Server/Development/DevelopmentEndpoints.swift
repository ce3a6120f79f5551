import CognitoModel
import Domain
import HTTPTransport
import Messaging
import Operations
import Storage

/// What only `martlet dev` answers: the messages it "sent", and a clean slate. The developer, who proves nothing,
/// reaches them from this machine and by its names alone.
struct DevelopmentEndpoints: Sendable {
    let store: Store
    let inbox: MessageInbox
    let messages: MessageSender
    let hosts: LoginHosts

    var routes: [Route] {
        let thisMachine = CrossOriginPolicy.thisMachine(names: [hosts.prefixBase])
        return InboxEndpoints(inbox: inbox, crossOrigin: thisMachine).routes + [
            Route(
                .get,
                host: .any,
                path: "/_martlet/messages",
                crossOrigin: thisMachine,
                execution: .executor,
                name: "/_martlet/messages"
            ) { request, _ in
                await messages.drain()
                var json = JSONWriter()
                json.beginObject()
                json.member("Messages", inbox.messages(to: FormQuery(request.http.query)["to"]))
                json.endObject()
                return .json(200, String(decoding: json.bytes, as: UTF8.self))
            },
            Route(
                .post,
                host: .any,
                path: "/_martlet/reset",
                crossOrigin: thisMachine,
                execution: .executor,
                name: "/_martlet/reset"
            ) { _, _ in
                await messages.drain()
                try await store.reset()
                inbox.clear()
                return .json(200, #"{"status":"ok"}"#)
            },
        ]
    }
}
