import HTTPTransport
import Synchronization

/// Stands in for the gateway while the port is being found out: on port 0 the issuer isn't known before the socket is
/// open. Requests that come in between are told to come again.
final class LateGateway: Sendable {
    private let gateway = Mutex<Gateway?>(nil)

    func open(_ gateway: Gateway) { self.gateway.withLock { $0 = gateway } }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        guard let gateway = gateway.withLock({ $0 }) else { return HTTPResponse(status: 503) }
        return await gateway.respond(to: request)
    }

    func reject(_ rejection: HTTPRejection, _ request: HTTPRequest) -> HTTPResponse {
        gateway.withLock { $0 }?.reject(rejection, request) ?? HTTPResponse(status: 503)
    }
}
