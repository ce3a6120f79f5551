import CognitoModel
import Domain
import Storage
import Synchronization

/// What of a node's messages is on its way: those that wait to be tried, and what became of others that is yet to be taken
/// down. All of it stands in the outbox, too, so that whatever is forgotten here is only late.
final class MessageQueue: Sendable {
    private struct State {
        private var lanes: [MessageLane: Lane] = [:]
        /// They wait once their moment has come.
        var resting: [(message: OutboxRepository.Leased, until: ContinuousClock.Instant)] = []
        /// By those who wait for the first try.
        var awaited = 0
        var settlements: [OutboxRepository.Settlement] = []
        var beingSettled = 0
        var isClosed = false

        /// Lets those wait whose rest is over then; all of them where no moment is given.
        mutating func endRests(at moment: ContinuousClock.Instant?) {
            guard !resting.isEmpty else { return }
            for rested in resting where moment.map({ rested.until <= $0 }) ?? true {
                _ = self[rested.message.lane].add(rested.message)
            }
            resting.removeAll { rested in moment.map { rested.until <= $0 } ?? true }
        }

        subscript(lane: MessageLane) -> Lane {
            get { lanes[lane] ?? Lane() }
            _modify { yield &lanes[lane, default: Lane()] }
        }
    }

    /// How many may rest: past that they come due later.
    private static let capacity = 1000
    /// A try that begins with less of its lease left may not end within it, in seconds.
    private static let needed: Int64 = 35

    private let state = Mutex(State())
    /// Rings when something waits, or there is room to try it.
    let work: AsyncStream<Void>
    /// Rings when something is to be taken down.
    let results: AsyncStream<Void>
    /// When each rest ends.
    private let rests: AsyncStream<ContinuousClock.Instant>
    private let noteRest: AsyncStream<ContinuousClock.Instant>.Continuation
    private let ringForWork: AsyncStream<Void>.Continuation
    private let ringForResults: AsyncStream<Void>.Continuation

    init() {
        (work, ringForWork) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        (rests, noteRest) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.capacity))
        (results, ringForResults) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Whether nothing is on its way.
    var isIdle: Bool {
        state.withLock { state in
            MessageLane.allCases.allSatisfy { state[$0].isIdle } && state.resting.isEmpty && state.awaited == 0
                && state.settlements.isEmpty && state.beingSettled == 0
        }
    }

    /// Whether a try that begins now surely ends within its lease.
    static func isTimely(_ message: OutboxRepository.Leased, now: Timestamp) -> Bool {
        message.leasedUntil.milliseconds >= now.adding(seconds: needed).milliseconds
    }

    /// What may be taken up, in each lane where something may.
    var room: [MessageLane: OutboxRepository.Room] {
        state.withLock { state in
            guard !state.isClosed else { return [:] }
            let room = MessageLane.allCases.map { ($0, state[$0].room) }
            return Dictionary(uniqueKeysWithValues: room.filter { $0.1.count > 0 })
        }
    }

    /// Whether pools have so many waiting that no more of theirs is taken up.
    var hasFullPools: Bool {
        state.withLock { state in MessageLane.allCases.contains { !state[$0].room.fullPools.isEmpty } }
    }

    /// There is no more room.
    func close() { state.withLock { $0.isClosed = true } }

    /// Lets a message wait; where too many do it is forgotten.
    func add(_ message: OutboxRepository.Leased) {
        let isAdded = state.withLock { state in
            state[message.lane].add(message)
        }
        if isAdded { ringForWork.yield() }
    }

    /// Lets a message wait after a moment's rest; where too many rest it is forgotten.
    func add(_ message: OutboxRepository.Leased, after rest: Duration) {
        let end = ContinuousClock.now + rest
        let isAdded = state.withLock { state in
            guard state.resting.count < Self.capacity else { return false }
            state.resting.append((message, end))
            return true
        }
        if isAdded { noteRest.yield(end) }
    }

    /// Rings for those that rest as their moments come, until it is cancelled.
    func endRests() async {
        for await end in rests {
            try? await Task.sleep(until: end, clock: .continuous)
            ringForWork.yield()
        }
    }

    /// The next to be tried, of a lane of which fewer are. `finishTrying` follows. In a hurry those that rest are among them.
    func take(atMost most: Int, now: Timestamp, inHurry: Bool = false) -> OutboxRepository.Leased? {
        state.withLock { state in
            state.endRests(at: inHurry ? nil : .now)
            for lane in MessageLane.allCases {
                if let message = state[lane].take(atMost: most, now: now) { return message }
            }
            return nil
        }
    }

    /// What was taken isn't tried any more.
    func finishTrying(_ message: OutboxRepository.Leased) {
        state.withLock { $0[message.lane].finishTrying(of: message.message.poolID) }
        ringForWork.yield()
    }

    func beginAwaited() { state.withLock { $0.awaited += 1 } }

    func endAwaited() { state.withLock { $0.awaited -= 1 } }

    /// Lets what became of a message be taken down.
    func add(_ settlement: OutboxRepository.Settlement) {
        state.withLock { $0.settlements.append(settlement) }
        ringForResults.yield()
    }

    /// Rings for what couldn't be taken down.
    func settleAgain() { ringForResults.yield() }

    /// What is to be taken down, some of it. `finishSettling` follows.
    func takeSettlements(atMost most: Int) -> [OutboxRepository.Settlement] {
        state.withLock { state in
            let taken = Array(state.settlements.prefix(most))
            state.settlements.removeFirst(taken.count)
            state.beingSettled += taken.count
            return taken
        }
    }

    /// What was taken is taken down, or waits for that again.
    func finishSettling(_ settlements: [OutboxRepository.Settlement], isDone: Bool) {
        state.withLock { state in
            state.beingSettled -= settlements.count
            if !isDone { state.settlements.insert(contentsOf: settlements, at: 0) }
        }
    }
}
