import CognitoModel
import Cryptography
import Domain
import HTTPTransport
import Messaging
import Operations
import SignIn
import Storage
import Synchronization

@testable import Server

/// The application without a socket, on a database that is gone afterwards, with a clock that tests set.
struct TestServer: Sendable {
    let application: Application
    let clock: TestClock

    var store: Store { application.store }

    /// Runs `body` against `martlet dev --ephemeral` and further flags. `signatures` stands in for its check, which
    /// lets everybody pass.
    static func run<Result: Sendable>(
        _ flags: [String] = [],
        signatures: (@Sendable (Store) -> any SignatureCheck)? = nil,
        delivery: (any MessageDelivery)? = nil,
        _ body: (TestServer) async throws -> Result
    ) async throws -> Result {
        let clock = TestClock()
        var parts = ApplicationParts()
        parts.clock = clock.wallClock
        parts.log = nil
        parts.signatures = signatures
        parts.delivery = delivery
        // Without a stock, which would make keys that most tests don't take.
        parts.makeKey = { try RSAPrivateKey.generate() }
        let configuration = try Configuration.development(["--ephemeral"] + flags, environment: [:])
        let application = try await Application.open(configuration, port: 8484, parts: parts)
        do {
            let result = try await body(TestServer(application: application, clock: clock))
            await application.close()
            return result
        } catch {
            await application.close()
            throw error
        }
    }

    /// Calls an operation of user pools with a JSON text.
    func call(_ operation: String, _ body: String) async -> Answer {
        await send(Self.request(operation, Array(body.utf8)))
    }

    func send(_ request: HTTPRequest) async -> Answer {
        Answer(await application.gateway.responder(for: request).respond())
    }

    static func request(_ operation: String, _ body: [UInt8]) -> HTTPRequest {
        HTTPRequest(
            method: "POST",
            path: "/",
            headers: [
                "Host": "localhost", "Content-Type": "application/x-amz-json-1.1",
                "X-Amz-Target": "\(ServiceModel.userPools.targetPrefix).\(operation)",
            ],
            body: body,
            remoteAddress: "127.0.0.1"
        )
    }
}

/// An answer and its JSON.
struct Answer: Sendable {
    let response: HTTPResponse
    let json: JSONValue?

    init(_ response: HTTPResponse) {
        self.response = response
        json = try? RequestDecoder.document(JSONValue.self, from: response.body)
    }

    var errorType: String? { json?["__type"]?.stringValue }
    var message: String? { json?["message"]?.stringValue }
}

/// A clock that stands still until it is told to move.
final class TestClock: Sendable {
    private let time = Mutex(Timestamp(milliseconds: 1_795_000_000_000))

    var wallClock: WallClock { WallClock { self.time.withLock { $0 } } }

    func advance(seconds: Int64) { time.withLock { $0 = $0.adding(seconds: seconds) } }
}
