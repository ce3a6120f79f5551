import CognitoModel
import Cryptography
import Domain
import NetworkClient
import OperatingSystem
import Synchronization

/// Posts entries of pools' logs to the operator's webhook, several together, signed as functions' webhooks are
/// (docs/THREAT-PROTECTION.md).
///
/// Whoever adds an entry doesn't wait. What can't be delivered now is posted again, later each time; those that come
/// where too many wait are dropped (`LogBacklog`).
final class LogWebhook: Sendable {
    /// The entries that one request carries, and which of them it is: the same at every try.
    private struct Batch {
        let id: String
        let lines: [[UInt8]]
    }

    private struct State {
        var waiting = LogBacklog<[UInt8]>()
        /// What is being posted, or is to be posted again.
        var current: Batch?
    }

    private enum Answer {
        case taken
        /// It will never take this.
        case refused(String)
        case later(String)
    }

    /// What becomes of entries.
    enum Outcome: String, Sendable, CaseIterable {
        case delivered
        case dropped
    }

    private static let largestBatch = 100
    private static let longestTry = Duration.seconds(15)
    private static let pauses = (shortest: Duration.seconds(1), longest: Duration.seconds(60))

    private let place: LogDeliveryConfiguration.Webhook
    private let client: NetworkClient
    private let clock: WallClock
    private let random: RandomSource
    private let observer: @Sendable (Outcome, Int) -> Void
    private let state = Mutex(State())
    private let isFailing = Atomic(false)
    private let arrivals: AsyncStream<Void>
    private let arrived: AsyncStream<Void>.Continuation

    /// `observer` hears what became of how many entries.
    init(
        _ place: LogDeliveryConfiguration.Webhook,
        client: NetworkClient,
        clock: WallClock,
        random: RandomSource,
        observer: @escaping @Sendable (Outcome, Int) -> Void
    ) {
        self.place = place
        self.client = client
        self.clock = clock
        self.random = random
        self.observer = observer
        (arrivals, arrived) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Has an entry of a pool's posted.
    func add(_ line: [UInt8], of poolID: String) {
        let isTaken = state.withLock { $0.waiting.add(line, of: poolID) }
        if isTaken { arrived.yield() } else { drop() }
    }

    /// Posts what comes until it is cancelled.
    func run() async {
        for await _ in arrivals {
            var pause = Self.pauses.shortest
            while !Task.isCancelled, let batch = next() {
                if await post(batch) {
                    pause = Self.pauses.shortest
                } else {
                    try? await Task.sleep(for: pause)
                    pause = min(pause * 2, Self.pauses.longest)
                }
            }
        }
    }

    /// Counts an entry that didn't come so far.
    func drop() { observer(.dropped, 1) }

    /// Posts what waits, once, as the server ends: what isn't taken within that time is dropped. `run` is over.
    func finish(within limit: Duration) async {
        let deadline = ContinuousClock.now + limit
        while deadline > .now, let batch = next() {
            guard await post(batch, within: deadline - .now) else { break }
        }
        let left = state.withLock { state in
            defer { state = State() }
            return state.waiting.count + (state.current?.lines.count ?? 0)
        }
        if left > 0 { observer(.dropped, left) }
    }

    /// What is to be posted next; nil where nothing waits.
    private func next() -> Batch? {
        guard let id = try? random.uuid() else { return nil }
        return state.withLock { state in
            if let current = state.current { return current }
            let lines = state.waiting.take(atMost: Self.largestBatch)
            guard !lines.isEmpty else { return nil }
            let batch = Batch(id: id, lines: lines)
            state.current = batch
            return batch
        }
    }

    /// Posts a batch; returns whether that is over.
    private func post(_ batch: Batch, within limit: Duration = LogWebhook.longestTry) async -> Bool {
        switch await answer(to: batch, within: min(limit, Self.longestTry)) {
        case .taken:
            observer(.delivered, batch.lines.count)
            note(nil)
        case .refused(let reason):
            observer(.dropped, batch.lines.count)
            note(reason)
        case .later(let reason):
            // What is cut off as the server ends is no fault of the webhook's.
            if !Task.isCancelled { note(reason) }
            return false
        }
        state.withLock { $0.current = nil }
        return true
    }

    private func answer(to batch: Batch, within limit: Duration) async -> Answer {
        let body = batch.lines.flatMap { $0 + [UInt8(ascii: "\n")] }
        var request = HTTPClientRequest(
            method: "POST",
            url: place.url,
            headers: [
                ("Content-Type", "application/x-ndjson"), ("Martlet-Delivery", batch.id),
                ("Martlet-Signature", WebhookSignature.text(of: body, secrets: place.secrets(), at: clock.now())),
            ],
            body: body,
            addressPolicy: place.addressPolicy
        )
        request.timeout = limit
        request.maximumResponseSize = 64 << 10
        request.asksForStatusAlone = true
        request.trust = place.trust
        do {
            let status = try await client.send(request).status
            switch status {
            case 200..<300: return .taken
            case 400, 413, 422: return .refused("status \(status)")
            default: return .later("status \(status)")
            }
        } catch {
            return .later("\(error)")
        }
    }

    /// Says once that entries are missing or late, and once that they are taken again.
    private func note(_ reason: String?) {
        guard isFailing.exchange(reason != nil, ordering: .relaxed) == (reason == nil) else { return }
        var json = JSONWriter(capacity: 192)
        json.beginObject()
        json.member("message", "the webhook \(reason == nil ? "takes pools' logs again" : "doesn't take pools' logs")")
        json.member("cause", reason)
        json.endObject()
        StandardStream.error.write(json.bytes)
    }
}
