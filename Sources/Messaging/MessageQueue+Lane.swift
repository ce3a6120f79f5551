import CognitoModel
import Domain
import Storage

extension MessageQueue {
    /// Those of a lane, by pools: a pool whose function or mails hang takes of the lane what others leave, and a pool that
    /// has little always comes in.
    struct Lane {
        /// How many may wait: past that they come due later.
        private static let capacity = 1000
        /// As many of one pool.
        private static let capacityOfPool = 500
        /// As many as are never refused to a pool, so long as this many times the lane's capacity don't wait.
        private static let ownOfPool = 16
        private static let longest = 4 * capacity
        /// How many of those that are due are taken up at a time.
        private static let batch = 64

        private var waiting: [String: [OutboxRepository.Leased]] = [:]
        /// Of those that waited.
        private var beingTried: [String: Int] = [:]

        var isIdle: Bool { waiting.isEmpty && beingTried.isEmpty }

        private var count: Int { waiting.values.reduce(0) { $0 + $1.count } }

        /// What may be taken up: of pools that have little waiting, as whatever comes of these is taken in.
        var room: OutboxRepository.Room {
            guard count < Self.longest else { return OutboxRepository.Room(count: 0) }
            let full = waiting.filter { $0.value.count >= Self.ownOfPool }.keys
            return OutboxRepository.Room(count: Self.batch, fullPools: Array(full))
        }

        /// Lets a message wait; false where too many do.
        mutating func add(_ message: OutboxRepository.Leased) -> Bool {
            let pool = message.message.poolID
            let (all, own) = (count, waiting[pool]?.count ?? 0)
            guard own < Self.ownOfPool ? all < Self.longest : all < Self.capacity && own < Self.capacityOfPool else {
                return false
            }
            waiting[pool, default: []].append(message)
            return true
        }

        /// The next to be tried, of the pool of which the fewest are, and among these of the one that has waited longest; nil
        /// where so many are. A pool begins another only while more places are free than it has taken: it gets 8 of 16, a
        /// second 4, and one is always left for who comes next.
        mutating func take(atMost most: Int, now: Timestamp) -> OutboxRepository.Leased? {
            let free = most - beingTried.values.reduce(0, +)
            while let pool = nextPool, beingTried[pool, default: 0] < free {
                var messages = waiting[pool] ?? []
                // The others are taken up anew when their lease is over.
                let first = messages.firstIndex { MessageQueue.isTimely($0, now: now) }
                messages.removeFirst(first ?? messages.count)
                let message = messages.isEmpty ? nil : messages.removeFirst()
                waiting[pool] = messages.isEmpty ? nil : messages
                guard let message else { continue }
                beingTried[pool, default: 0] += 1
                return message
            }
            return nil
        }

        private var nextPool: String? {
            let turns = waiting.compactMap { pool, messages in
                messages.first.map { (pool, tried: beingTried[pool, default: 0], since: $0.leasedUntil.milliseconds) }
            }
            return turns.min { ($0.tried, $0.since) < ($1.tried, $1.since) }?.0
        }

        mutating func finishTrying(of pool: String) {
            let left = beingTried[pool, default: 1] - 1
            beingTried[pool] = left > 0 ? left : nil
        }
    }
}
