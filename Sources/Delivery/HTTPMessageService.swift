package import CognitoModel
package import Domain
package import Messaging
package import NetworkClient
import URISyntax

/// What takes messages by a request of HTTP: how one is written for it, and what its answer means.
package protocol HTTPMessageService: Sendable {
    /// The request that hands a message over. Throws where its URL can't be read.
    func request(for message: Message, at now: Timestamp) throws(NetworkFailure) -> HTTPClientRequest

    /// Why it wasn't taken, and in what words; nil where it was.
    func refusal(in response: HTTPClientResponse) -> (kind: TransportFailure.Kind, detail: String)?
}

/// Hands messages over by requests of HTTP.
package struct HTTPDelivery: MessageDelivery {
    private static let timeout = Duration.seconds(15)

    private let service: any HTTPMessageService
    /// For the log.
    private let place: String
    private let client: NetworkClient
    private let policy: AddressPolicy
    private let trust: TLSTrust
    private let clock: WallClock

    /// `place` names the service in the log.
    package init(
        _ service: any HTTPMessageService,
        place: String,
        client: NetworkClient,
        addressPolicy policy: AddressPolicy,
        trust: TLSTrust,
        clock: WallClock
    ) {
        self.service = service
        self.place = place
        self.client = client
        self.policy = policy
        self.trust = trust
        self.clock = clock
    }

    package func deliver(_ message: Message) async throws(DeliveryFailure) {
        do throws(TransportFailure) {
            try await hand(message)
        } catch {
            throw error.failure(message.channel)
        }
    }

    private func hand(_ message: Message) async throws(TransportFailure) {
        let response: HTTPClientResponse
        do throws(NetworkFailure) {
            var request = try service.request(for: message, at: clock.now())
            request.timeout = Self.timeout
            request.maximumResponseSize = 64 << 10
            request.addressPolicy = policy
            request.trust = trust
            response = try await client.send(request)
        } catch {
            throw TransportFailure(error, at: place)
        }
        if let refusal = service.refusal(in: response) {
            throw TransportFailure(refusal.kind, at: place, refusal.detail).concealing(message.code)
        }
    }
}

extension HTTPClientResponse {
    /// What a status says where the service has no more to say: 4yz that speaks of the request is for good, of its
    /// sender is for the operator.
    var refusalByStatus: TransportFailure.Kind? {
        switch status {
        case 200..<300: nil
        case 400, 413, 422: .refused
        case 408, 425, 429, 500...: .delayed
        default: .misconfigured
        }
    }
}

/// `application/x-www-form-urlencoded`.
enum FormBody {
    static func bytes(_ members: [(name: String, value: String)]) -> [UInt8] {
        Array(
            members.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }.joined(
                separator: "&"
            ).utf8
        )
    }
}
