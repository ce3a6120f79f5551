import CognitoModel
import Cryptography
import Database
import Domain
import HTTPTransport
import Operations
import SignIn
import Storage
import Synchronization
import UserPools

@testable import Server

/// The whole of the server but its socket, on a database that is gone afterwards, with a clock that tests set.
struct TestServer: Sendable {
    let gateway: Gateway
    let services: Services
    let inbox: MessageInbox
    let clock: TestClock
    let metrics: Metrics

    static func run<Result: Sendable>(
        signatures: ((Store) -> any SignatureCheck)? = nil,
        _ body: (TestServer) async throws -> Result
    ) async throws -> Result {
        let clock = TestClock()
        let database = try openDatabase("sqlite::memory:")
        let store = Store(
            database: database,
            vault: try Vault(masterKeys: [RandomSource.system.bytes(32)]),
            clock: clock.wallClock
        )
        try await store.prepare()
        let server = try TestServer(store: store, clock: clock, signatures: signatures)
        do {
            let result = try await body(server)
            await database.close()
            return result
        } catch {
            await database.close()
            throw error
        }
    }

    private init(
        store: Store,
        clock: TestClock,
        signatures: ((Store) -> any SignatureCheck)?
    ) throws {
        let inbox = MessageInbox()
        let metrics = Metrics()
        self.metrics = metrics
        services = try Services(
            store: store,
            clock: clock.wallClock,
            random: .system,
            issuer: .publicURL("http://localhost"),
            delivery: inbox,
            makeKey: { try RSAPrivateKey.generate() },
            observer: { metrics.recordSignIn(flow: $0.step, outcome: $0.result.rawValue) },
            pinsIdentifiers: true
        )
        let check =
            signatures?(store)
            ?? WithoutSignatureCheck(defaultRegion: "us-east-1", accountID: "000000000000")
        gateway = Gateway(
            router: .all(services, signatures: check, metrics: metrics, inbox: inbox),
            clock: clock.wallClock,
            identifiers: services.identifiers,
            metrics: metrics,
            log: RequestLog(stream: nil)
        )
        self.inbox = inbox
        self.clock = clock
    }

    /// Calls an operation of user pools with a JSON text.
    func call(_ operation: String, _ body: String) async -> Answer {
        await send(Self.request(operation, Array(body.utf8)))
    }

    func send(_ request: HTTPRequest) async -> Answer { Answer(await gateway.responder(for: request).respond()) }

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
