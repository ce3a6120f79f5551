package import Cryptography
package import Domain
package import NetworkClient
import OperatingSystem

/// Calls functions where the operator has them: bounded in time and number.
///
/// A call is tried again only where the function surely wasn't called, as nobody took the connection. So a function
/// that was called, however that ended, isn't called a second time for the same moment, but for one case:
/// `NetworkClient` sends a request once more where a kept connection is closed before a byte of the answer has come.
package struct FunctionClient: FunctionCaller {
    /// What may be changed for tests.
    package struct Limits: Sendable {
        /// For a call, with all of its tries and what it waits.
        package var time: Duration = .seconds(5)
        /// How often a call is tried.
        package var tries = 3
        /// What passes before the next try.
        package var pause: Duration = .milliseconds(100)

        /// As Cognito has them.
        package init() {}
    }

    private let places: FunctionPlaces
    private let transport: any FunctionTransport
    private let trust: TLSTrust
    private let clock: WallClock
    private let random: RandomSource
    private let limits: Limits
    private let observer: @Sendable (FunctionCall) -> Void
    private let gates = FunctionGates()

    /// Sends by `transport`; `trust` is for who the functions' hosts are. `observer` is told of every call when it is
    /// over.
    package init(
        places: FunctionPlaces,
        transport: any FunctionTransport,
        trust: TLSTrust = .system,
        clock: WallClock,
        random: RandomSource,
        limits: Limits = Limits(),
        observer: @escaping @Sendable (FunctionCall) -> Void = { _ in }
    ) {
        self.places = places
        self.transport = transport
        self.trust = trust
        self.clock = clock
        self.random = random
        self.limits = limits
        self.observer = observer
    }

    package func call(_ arn: String, event: [UInt8]) async throws(FunctionFailure) -> [UInt8] {
        try await RequestPlace.whileWaiting { () async throws(FunctionFailure) -> [UInt8] in
            try await observedCall(arn, event)
        }
    }

    private func observedCall(_ arn: String, _ event: [UInt8]) async throws(FunctionFailure) -> [UInt8] {
        var call = FunctionCall(arn: arn)
        let start = ContinuousClock.now
        do {
            let answer = try await answer(of: arn, event, by: start + limits.time, &call)
            observer(call.over(.answered, since: start))
            return answer
        } catch {
            observer(call.over(error.outcome, since: start))
            throw error
        }
    }

    private func answer(
        of arn: String,
        _ event: [UInt8],
        by deadline: ContinuousClock.Instant,
        _ call: inout FunctionCall
    ) async throws(FunctionFailure) -> [UInt8] {
        guard let place = places.place(of: arn) else {
            call.detail = "the operator has named no place for it"
            throw .unreachable(code: FunctionError.notFound)
        }
        guard let id = try? random.uuid() else { throw .unreachable(code: FunctionError.notConnected) }
        let invocation = FunctionInvocation(arn: arn, event: event, id: id, moment: clock.now())
        guard await gates.enter(arn, bound: place.concurrency, by: deadline) else {
            call.detail = "too many calls of it are under way"
            throw .unreachable(code: FunctionError.tooManyRequests)
        }
        defer { gates.leave(arn) }
        let response: HTTPClientResponse
        do {
            guard var request = try place.form.request(for: invocation) else {
                call.detail = "the ARN isn't that of a Lambda function"
                throw FunctionFailure.unreachable(code: FunctionError.notFound)
            }
            request.trust = trust
            request.addressPolicy = place.addressPolicy
            request.maximumResponseSize = TriggerService.longestAnswer
            response = try await send(request, by: deadline, &call)
        } catch let failure as NetworkFailure {
            call.detail = "\(failure)"
            throw FunctionFailure(failure)
        } catch let failure as FunctionFailure {
            throw failure
        } catch {
            throw .unreachable(code: FunctionError.notConnected)
        }
        do {
            return try place.form.answer(in: response, to: invocation)
        } catch {
            if case .unreachable = error { call.detail = "status \(response.status)" }
            throw error
        }
    }

    private func send(
        _ request: HTTPClientRequest,
        by deadline: ContinuousClock.Instant,
        _ call: inout FunctionCall
    ) async throws -> HTTPClientResponse {
        var request = request
        while true {
            call.tries += 1
            let triesLeft = limits.tries - call.tries
            request.timeout = deadline - .now
            // Whoever can't be connected to is given up early enough for the other tries.
            request.connectTimeout = request.timeout / (triesLeft + 1)
            do {
                return try await transport.send(request)
            } catch {
                guard triesLeft > 0, error.isWorthAnotherTry, ContinuousClock.now + limits.pause < deadline else {
                    throw error
                }
                try await Task.sleep(for: limits.pause)
            }
        }
    }
}

/// Sends requests: `NetworkClient`, or what stands for it in tests.
package protocol FunctionTransport: Sendable {
    /// Sends a request and waits for the whole answer.
    func send(_ request: HTTPClientRequest) async throws(NetworkFailure) -> HTTPClientResponse
}

extension NetworkClient: FunctionTransport {}

extension NetworkFailure {
    /// Whether nobody has got the request, and the next moment may be better.
    fileprivate var isWorthAnotherTry: Bool {
        switch self {
        case .couldNotResolve, .couldNotConnect: true
        default: false
        }
    }
}

extension FunctionFailure {
    fileprivate init(_ failure: NetworkFailure) {
        self =
            switch failure {
            case .timedOut: .unreachable(code: FunctionError.timedOut)
            case .overloaded: .unreachable(code: FunctionError.tooManyRequests)
            case .tooLarge: .failed(message: FunctionError.tooLarge)
            default: .unreachable(code: FunctionError.notConnected)
            }
    }

    fileprivate var outcome: FunctionCall.Outcome {
        switch self {
        case .failed: .failed
        case .unreachable(let code): .unreachable(code: code)
        }
    }
}
