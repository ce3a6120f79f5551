import CognitoModel
import Domain
import Messaging
import OperatingSystem
import Storage
import Synchronization

/// Delivers the logs of pools whose log delivery is configured to the operator's file and webhook, as lines of JSON in
/// Cognito's shape.
///
/// Best effort, as with Cognito: an entry waits in memory until it is delivered, and those that come where too many wait
/// are dropped (`LogBacklog`). Nobody who adds one waits.
final class LogExporter: Sendable {
    private let file: AppendingFile?
    private let webhook: LogWebhook?
    private let pools: PoolRepository
    private let waiting = Mutex(LogBacklog<DeliveredLog>())
    private let arrivals: AsyncStream<Void>
    private let arrived: AsyncStream<Void>.Continuation
    private let isFailing = Atomic(false)

    /// Opens the file. Throws `FileFailure`.
    init(path: String?, webhook: LogWebhook?, pools: PoolRepository) throws(FileFailure) {
        file = try path.map { path throws(FileFailure) in try AppendingFile(path) }
        self.webhook = webhook
        self.pools = pools
        (arrivals, arrived) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Has an entry written, if its pool's configuration asks for such.
    func add(_ entry: DeliveredLog) {
        let isTaken = waiting.withLock { $0.add(entry, of: entry.poolID) }
        if isTaken {
            arrived.yield()
        } else {
            note(isWritten: false)
            webhook?.drop()
        }
    }

    /// Delivers what comes until it is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            if let webhook { group.addTask { await webhook.run() } }
            for await _ in arrivals { await flush() }
        }
    }

    /// Delivers what waits, as the server ends. `run` is over.
    func finish() async {
        await flush()
        await webhook?.finish(within: .seconds(5))
    }

    /// Delivers what waits. 1 read for each pool that it is of.
    private func flush() async {
        let entries = waiting.withLock { $0.take() }
        var wanted: [String: Set<EventSourceName>] = [:]
        for entry in entries {
            do {
                if wanted[entry.poolID] == nil { wanted[entry.poolID] = try await sources(of: entry.poolID) }
                guard wanted[entry.poolID]?.contains(entry.source) == true else { continue }
                let line = entry.jsonBytes
                webhook?.add(line, of: entry.poolID)
                note(isWritten: file?.write(line) ?? true)
            } catch {
                note(isWritten: false)
                webhook?.drop()
            }
        }
    }

    private func sources(of poolID: String) async throws -> Set<EventSourceName> {
        Set(try await pools.logDelivery(of: poolID)?.logConfigurations.map(\.eventSource) ?? [])
    }

    /// Says once that entries are missing, and once that they are written again.
    private func note(isWritten: Bool) {
        guard isFailing.exchange(!isWritten, ordering: .relaxed) == isWritten else { return }
        let words = isWritten ? "pools' logs are delivered again" : "pools' logs can't be delivered"
        StandardStream.error.write(#"{"message":"\#(words)"}"#)
    }
}

extension LogExporter {
    /// Has it written that a message was given up.
    func add(_ event: MessageEvent, writtenAt now: Timestamp) {
        guard event.outcome == .failed || event.outcome == .expired, let failure = event.failure else { return }
        add(DeliveredLog(undelivered: event.channel, of: event.poolID, cause: "\(failure.cause)", writtenAt: now))
    }
}
