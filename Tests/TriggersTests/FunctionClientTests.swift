import CognitoModel
import Cryptography
import Domain
import NetworkClient
import Synchronization
import Testing

@testable import Triggers

@Suite("Calling functions")
struct FunctionClientTests {
    private static let arn = "arn:aws:lambda:eu-central-1:111122223333:function:f"

    /// A network in which the test decides what becomes of each request.
    private final class Network: FunctionTransport {
        private let requests = Mutex<[HTTPClientRequest]>([])
        private let answer: @Sendable (_ number: Int) async -> Result<HTTPClientResponse, NetworkFailure>

        init(_ answer: @escaping @Sendable (_ number: Int) async -> Result<HTTPClientResponse, NetworkFailure>) {
            self.answer = answer
        }

        var sent: [HTTPClientRequest] { requests.withLock { $0 } }

        func send(_ request: HTTPClientRequest) async throws(NetworkFailure) -> HTTPClientResponse {
            let number = requests.withLock { requests in
                requests.append(request)
                return requests.count
            }
            return try await answer(number).get()
        }
    }

    private static func response(_ body: String) -> Result<HTTPClientResponse, NetworkFailure> {
        .success(HTTPClientResponse(status: 200, headers: HTTPClientHeaders(), body: Array(body.utf8)))
    }

    private static func client(
        _ network: Network,
        named: Bool = true,
        concurrency: Int = 10,
        time: Duration = .seconds(3600),
        calls: Calls = Calls()
    ) -> FunctionClient {
        let place = FunctionPlace(
            LambdaForm(.base("https://functions.example.com"), credentials: nil),
            addressPolicy: .publicOnly,
            concurrency: concurrency
        )
        var limits = FunctionClient.Limits()
        limits.time = time
        limits.pause = .zero
        return FunctionClient(
            places: FunctionPlaces(named: named ? [arn: place] : [:], others: nil),
            transport: network,
            clock: WallClock { Timestamp(milliseconds: 1_795_251_300_000) },
            random: .system,
            limits: limits,
            observer: { calls.add($0) }
        )
    }

    private final class Calls: Sendable {
        private let calls = Mutex<[FunctionCall]>([])
        var all: [FunctionCall] { calls.withLock { $0 } }
        func add(_ call: FunctionCall) { calls.withLock { $0.append(call) } }
    }

    @Test("a function is called once, in five seconds at most, and its answer handed on")
    func answered() async throws {
        let network = Network { _ in Self.response(#"{"version":"1"}"#) }
        let calls = Calls()
        let client = Self.client(network, time: FunctionClient.Limits().time, calls: calls)
        #expect(try await client.call(Self.arn, event: [1]) == Array(#"{"version":"1"}"#.utf8))
        let request = try #require(network.sent.first)
        #expect(network.sent.count == 1)
        #expect(request.timeout <= .seconds(5) && request.timeout > .seconds(1))
        #expect(request.connectTimeout <= .seconds(5) / 3)
        #expect(request.maximumResponseSize == 6 << 20)
        #expect(calls.all.map(\.outcome) == [.answered] && calls.all.map(\.tries) == [1])
    }

    @Test("where nobody takes the connection, it is tried three times", arguments: [1, 2, 3, 4])
    func tries(success: Int) async throws {
        let network = Network { $0 == success ? Self.response("{}") : .failure(.couldNotConnect) }
        let calls = Calls()
        let client = Self.client(network, calls: calls)
        if success <= 3 {
            #expect(try await client.call(Self.arn, event: []) == Array("{}".utf8))
        } else {
            await #expect(
                throws: FunctionFailure.unreachable(code: "Connection failure while invoking Lambda function")
            ) {
                try await client.call(Self.arn, event: [])
            }
            #expect(calls.all.map(\.detail) == ["couldNotConnect"])
        }
        #expect(network.sent.count == min(success, 3))
        #expect(Set(network.sent.map { $0.headers.map(\.1) }).count == 1)
        #expect(calls.all.map(\.tries) == [min(success, 3)])
    }

    @Test(
        "what may have been called isn't called again, and what is refused stays so",
        arguments: [
            (.timedOut, .unreachable(code: "Socket timeout while invoking Lambda function")),
            (.interrupted, .unreachable(code: "Connection failure while invoking Lambda function")),
            (.tls("expired"), .unreachable(code: "Connection failure while invoking Lambda function")),
            (.refusedAddress, .unreachable(code: "Connection failure while invoking Lambda function")),
            (.overloaded, .unreachable(code: "TooManyRequestsException")),
            (
                .tooLarge,
                .failed(message: "Response payload size exceeded maximum allowed payload size (6291556 bytes).")
            ),
        ] as [(NetworkFailure, FunctionFailure)]
    )
    func failures(failure: NetworkFailure, told: FunctionFailure) async {
        let network = Network { _ in .failure(failure) }
        await #expect(throws: told) { try await Self.client(network).call(Self.arn, event: []) }
        #expect(network.sent.count == 1)
    }

    @Test("Lambda's own faults aren't tried again")
    func serviceFault() async {
        let network = Network { _ in
            .success(HTTPClientResponse(status: 500, headers: HTTPClientHeaders(), body: []))
        }
        let calls = Calls()
        await #expect(throws: FunctionFailure.unreachable(code: "ServiceException")) {
            try await Self.client(network, calls: calls).call(Self.arn, event: [])
        }
        #expect(network.sent.count == 1)
        #expect(calls.all.map(\.detail) == ["status 500"])
    }

    @Test("a function that the operator hasn't named isn't called")
    func unknown() async {
        let network = Network { _ in Self.response("{}") }
        await #expect(throws: FunctionFailure.unreachable(code: "ResourceNotFoundException")) {
            try await Self.client(network, named: false).call(Self.arn, event: [])
        }
        #expect(network.sent.isEmpty)
    }

    /// A door that the test opens.
    private actor Door {
        private var isOpen = false
        private var waiting: [CheckedContinuation<Void, Never>] = []
        private var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []

        func pass() async {
            guard !isOpen else { return }
            await withCheckedContinuation { continuation in
                waiting.append(continuation)
                watchers.filter { $0.count <= waiting.count }.forEach { $0.continuation.resume() }
                watchers.removeAll { $0.count <= waiting.count }
            }
        }

        func isCrowded(by count: Int) async {
            guard waiting.count < count else { return }
            await withCheckedContinuation { watchers.append((count, $0)) }
        }

        func open() {
            isOpen = true
            waiting.forEach { $0.resume() }
            waiting = []
        }
    }

    @Test(
        "so many calls of a function are under way and so many wait; a further one is refused",
        .timeLimit(.minutes(1))
    )
    func concurrency() async throws {
        let door = Door()
        let running = Mutex((now: 0, most: 0))
        let network = Network { _ in
            running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            await door.pass()
            running.withLock { $0.now -= 1 }
            return Self.response("{}")
        }
        let client = Self.client(network, concurrency: 2)
        let outcomes = await withTaskGroup(of: FunctionFailure?.self) { group in
            for _ in 0..<5 {
                group.addTask {
                    do throws(FunctionFailure) {
                        _ = try await client.call(Self.arn, event: [])
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            await door.isCrowded(by: 2)
            // The first to end is the one that was refused: nobody else can, before the door opens.
            var outcomes = [await group.next() ?? nil]
            await door.open()
            for await outcome in group { outcomes.append(outcome) }
            return outcomes
        }
        #expect(outcomes.first == .unreachable(code: "TooManyRequestsException"))
        #expect(outcomes.dropFirst().allSatisfy { $0 == nil } && outcomes.count == 5)
        #expect(running.withLock { $0.most } == 2)
    }

    @Test("who waits for a function longer than a call may take is refused", .timeLimit(.minutes(1)))
    func waiting() async throws {
        let gates = FunctionGates()
        #expect(await gates.enter("f", bound: 1, by: .now + .seconds(3600)))
        #expect(await !gates.enter("f", bound: 1, by: .now + .milliseconds(5)))
        #expect(await gates.enter("g", bound: 1, by: .now))
        gates.leave("g")
        gates.leave("f")
        #expect(await gates.enter("f", bound: 1, by: .now))
        gates.leave("f")
        #expect(gates.count == 0)
    }

    @Test("who is cancelled while they wait leaves the line", .timeLimit(.minutes(1)))
    func cancelled() async {
        let gates = FunctionGates()
        #expect(await gates.enter("f", bound: 1, by: .now + .seconds(3600)))
        let isIn = await withTaskGroup(of: Bool.self) { group in
            group.addTask { await gates.enter("f", bound: 1, by: .now + .seconds(3600)) }
            group.cancelAll()
            return await group.next()
        }
        #expect(isIn == false)
        gates.leave("f")
        #expect(gates.count == 0)
    }
}
