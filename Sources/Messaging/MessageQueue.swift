import CognitoModel
import Domain
import Storage
import Synchronization

/// What of a node's messages is on its way: those that wait to be tried, and what became of others that is yet to be taken
/// down. All of it stands in the outbox, too, so that whatever is forgotten here is only late.
final class MessageQueue: Sendable {
    private struct Lane {
        var waiting: [OutboxRepository.Leased] = []
        /// Of those that waited.
        var beingTried = 0

        var isIdle: Bool { waiting.isEmpty && beingTried == 0 }

        /// The next to be tried, unless so many are.
        mutating func take(atMost most: Int, now: Timestamp) -> OutboxRepository.Leased? {
            let first = waiting.firstIndex { MessageQueue.isTimely($0, now: now) }
            waiting.removeFirst(first ?? waiting.count)
            guard first != nil, beingTried < most else { return nil }
            beingTried += 1
            return waiting.removeFirst()
        }
    }

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
                self[rested.message.lane].waiting.append(rested.message)
            }
            resting.removeAll { rested in moment.map { rested.until <= $0 } ?? true }
        }

        subscript(lane: MessageLane) -> Lane {
            get { lanes[lane] ?? Lane() }
            _modify { yield &lanes[lane, default: Lane()] }
        }
    }

    /// How many may wait in a lane, and rest: past that they come due later.
    private static let capacity = 1000
    /// A try that begins with less of its lease left may not end within it, in seconds.
    private static let needed: Int64 = 35

    private let state = Mutex(State())
    /// Rings when something waits, or there is room to try it.
    let work: AsyncStream<Void>
    /// Rings when something is to be taken down.
    let results: AsyncStream<Void>
    private let ringForWork: AsyncStream<Void>.Continuation
    private let ringForResults: AsyncStream<Void>.Continuation

    init() {
        (work, ringForWork) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
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

    /// How many more would wait then, in each lane where more may.
    func room(of size: Int) -> [MessageLane: Int] {
        state.withLock { state in
            guard !state.isClosed else { return [:] }
            let room = MessageLane.allCases.map { ($0, size - state[$0].waiting.count) }
            return Dictionary(uniqueKeysWithValues: room.filter { $0.1 > 0 })
        }
    }

    /// There is no more room.
    func close() { state.withLock { $0.isClosed = true } }

    /// Lets a message wait; where too many do it is forgotten.
    func add(_ message: OutboxRepository.Leased) {
        let isAdded = state.withLock { state in
            guard state[message.lane].waiting.count < Self.capacity else { return false }
            state[message.lane].waiting.append(message)
            return true
        }
        if isAdded { ringForWork.yield() }
    }

    /// Lets a message wait after a moment's rest; where too many rest it is forgotten.
    func add(_ message: OutboxRepository.Leased, after rest: Duration) {
        let isAdded = state.withLock { state in
            guard state.resting.count < Self.capacity else { return false }
            state.resting.append((message, .now + rest))
            return true
        }
        guard isAdded else { return }
        Task { [ringForWork] in
            try? await Task.sleep(for: rest)
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
    func finishTrying(in lane: MessageLane) {
        state.withLock { $0[lane].beingTried -= 1 }
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
