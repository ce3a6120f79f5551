import HTTPTransport
import Synchronization

/// Stands in for the gateway until it is there: on port 0 the issuer isn't known before the socket is open. Requests
/// that come in between wait for it.
final class LateGateway: Sendable {
    private enum State {
        case waiting([CheckedContinuation<Gateway, Never>])
        case open(Gateway)
    }

    private let state = Mutex(State.waiting([]))

    func open(_ gateway: Gateway) {
        let waiting = state.withLock { state in
            defer { state = .open(gateway) }
            if case .waiting(let waiting) = state { return waiting }
            return []
        }
        waiting.forEach { $0.resume(returning: gateway) }
    }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        await gateway().respond(to: request)
    }

    func isQuick(_ request: HTTPRequest) -> Bool { known?.isQuick(request) ?? false }

    func reject(_ rejection: HTTPRejection, _ request: HTTPRequest) -> HTTPResponse {
        known?.reject(rejection, request) ?? HTTPResponse(status: 503)
    }

    private var known: Gateway? {
        state.withLock { state in
            if case .open(let gateway) = state { gateway } else { nil }
        }
    }

    private func gateway() async -> Gateway {
        if let known { return known }
        return await withCheckedContinuation { continuation in
            let gateway: Gateway? = state.withLock { state in
                switch state {
                case .open(let gateway): return gateway
                case .waiting(let others):
                    state = .waiting(others + [continuation])
                    return nil
                }
            }
            if let gateway { continuation.resume(returning: gateway) }
        }
    }
}
