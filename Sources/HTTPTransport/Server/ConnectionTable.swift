import Glibc
import OperatingSystem
import Synchronization

/// The open connections by their descriptors: how long each may keep the server waiting, and which leaves when there
/// are too many, or they hold too much.
///
/// A connection leaves by a shutdown of its socket, upon which libmicrohttpd closes it. That is done under the lock,
/// and `closed` is called before the descriptor is closed, so a descriptor in the table is never somebody else's.
final class ConnectionTable: Sendable {
    private let limits: HTTPServerLimits
    private let maximumConnections: Int
    /// Told under the lock, so it must not block.
    private let onDeparture: @Sendable (ConnectionDeparture) -> Void
    private let state = Mutex(State())

    private struct State {
        var records: [ConnectionRecord] = []
        /// Those of which the server awaits something, without and with bytes of an unfinished body, the oldest first.
        var empty = ConnectionList()
        var holding = ConnectionList()
        var usage: [PeerKey: Usage] = [:]
        /// Open ones, but for those that are leaving.
        var count = 0
        var leaving = 0
        var bytes = 0
    }

    private struct Usage {
        var connections = 0
        var bytes = 0
    }

    /// A table for so many connections.
    init(
        limits: HTTPServerLimits,
        maximumConnections: Int,
        onDeparture: @escaping @Sendable (ConnectionDeparture) -> Void
    ) {
        self.limits = limits
        self.maximumConnections = maximumConnections
        self.onDeparture = onDeparture
    }

    /// How many have been told to leave and are still there.
    var leaving: Int { state.withLock { $0.leaving } }

    /// A connection was opened. If there are too many, or its peer has, that one of them leaves which has kept the
    /// server waiting longest; the new one, if all others are being served.
    func opened(_ descriptor: Int32, peer address: IPAddress?) {
        let peer = address.flatMap { limits.isUnlimited($0) ? nil : PeerKey($0) }
        let now = Self.now
        state.withLock { state in
            while state.records.count <= descriptor { state.records.append(ConnectionRecord()) }
            state.records[Int(descriptor)] = ConnectionRecord(peer: peer, since: now)
            state.count += 1
            state.empty.append(descriptor, &state.records)
            if let peer { state.usage[peer, default: Usage()].connections += 1 }
            let limit = limits.maximumConnectionsPerAddress
            if limit > 0, let peer, state.usage[peer, default: Usage()].connections > limit {
                leave(Self.oldest(of: peer, in: state) ?? descriptor, .tooManyOfAddress, &state)
            } else if state.count > maximumConnections {
                leave(Self.oldest(in: state) ?? descriptor, .tooMany, &state)
            }
        }
    }

    /// A connection is about to be closed.
    func closed(_ descriptor: Int32) {
        state.withLock { state in
            guard state.records.indices.contains(Int(descriptor)) else { return }
            let record = state.records[Int(descriptor)]
            switch record.stage {
            case .closed: return
            case .leaving: state.leaving -= 1
            case .idle, .receiving, .handling, .answering:
                state.count -= 1
                unlist(descriptor, &state)
            }
            if let peer = record.peer, let left = state.usage[peer]?.connections {
                state.usage[peer]?.connections = left - 1
                if left == 1 { state.usage[peer] = nil }
            }
            state.records[Int(descriptor)] = ConnectionRecord()
        }
    }

    /// The connection's next step. From each but `handling`, the client has its time anew.
    func advance(_ descriptor: Int32, to stage: ConnectionRecord.Stage) {
        let now = Self.now
        state.withLock { state in
            guard isPresent(descriptor, state) else { return }
            unlist(descriptor, &state)
            state.records[Int(descriptor)].stage = stage
            state.records[Int(descriptor)].since = now
            if stage != .handling { state.empty.append(descriptor, &state.records) }
        }
    }

    /// Counts bytes of an unfinished body as held. If that makes too many, of its peer or of all, those of them leave
    /// that have been at it longest. False if it is too many alone; it holds nothing then.
    func hold(_ bytes: Int, for descriptor: Int32) -> Bool {
        state.withLock { state in
            guard isPresent(descriptor, state) else { return false }
            if state.records[Int(descriptor)].bytes == 0 {
                state.empty.remove(descriptor, &state.records)
                state.holding.append(descriptor, &state.records)
            }
            state.records[Int(descriptor)].bytes += bytes
            state.bytes += bytes
            let peer = state.records[Int(descriptor)].peer
            if let peer { state.usage[peer, default: Usage()].bytes += bytes }
            while let oldest = overQuota(peer, &state) {
                if oldest == descriptor {
                    release(descriptor, &state)
                    return false
                }
                leave(oldest, .unfinishedBodies, &state)
            }
            return true
        }
    }

    /// The connection holds nothing of a body any more, and goes on.
    func release(_ descriptor: Int32) {
        state.withLock { state in
            if isPresent(descriptor, state) { release(descriptor, &state) }
        }
    }

    /// Has those leave that have kept the server waiting for longer than they may.
    func expire() {
        let now = Self.now
        state.withLock { state in
            for descriptor in state.records.indices where isLate(state.records[descriptor], now) {
                leave(Int32(descriptor), .late, &state)
            }
        }
    }

    private func isLate(_ record: ConnectionRecord, _ now: Int64) -> Bool {
        switch record.stage {
        case .closed, .handling, .leaving: false
        case .idle: limits.idleTimeout > 0 && now - record.since >= Int64(limits.idleTimeout) * 1000
        case .receiving, .answering: now - record.since >= limits.requestTimeout.milliseconds
        }
    }

    private func isPresent(_ descriptor: Int32, _ state: borrowing State) -> Bool {
        guard state.records.indices.contains(Int(descriptor)) else { return false }
        switch state.records[Int(descriptor)].stage {
        case .closed, .leaving: return false
        case .idle, .receiving, .handling, .answering: return true
        }
    }

    /// Who is to leave so that neither the peer nor all hold too much.
    private func overQuota(_ peer: PeerKey?, _ state: inout State) -> Int32? {
        if let peer, let usage = state.usage[peer], usage.bytes > limits.maximumUnfinishedBytesPerAddress {
            return state.holding.first(in: state.records) { $0.peer == peer }
        }
        return state.bytes > limits.maximumUnfinishedBytes ? state.holding.first : nil
    }

    private static func oldest(of peer: PeerKey, in state: borrowing State) -> Int32? {
        let candidates = [state.holding, state.empty].compactMap { list in
            list.first(in: state.records) { $0.peer == peer }
        }
        return candidates.min { state.records[Int($0)].since < state.records[Int($1)].since }
    }

    private static func oldest(in state: borrowing State) -> Int32? {
        guard let holding = state.holding.first else { return state.empty.first }
        guard let empty = state.empty.first else { return holding }
        return state.records[Int(holding)].since <= state.records[Int(empty)].since ? holding : empty
    }

    private func leave(_ descriptor: Int32, _ departure: ConnectionDeparture, _ state: inout State) {
        onDeparture(departure)
        unlist(descriptor, &state)
        state.records[Int(descriptor)].stage = .leaving
        state.count -= 1
        state.leaving += 1
        _ = shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// Takes the connection out of the list that it is in, and its bytes off the accounts.
    private func unlist(_ descriptor: Int32, _ state: inout State) {
        if state.records[Int(descriptor)].stage == .handling { return }
        release(descriptor, &state)
        state.empty.remove(descriptor, &state.records)
    }

    private func release(_ descriptor: Int32, _ state: inout State) {
        let bytes = state.records[Int(descriptor)].bytes
        guard bytes > 0 else { return }
        state.bytes -= bytes
        if let peer = state.records[Int(descriptor)].peer { state.usage[peer]?.bytes -= bytes }
        state.records[Int(descriptor)].bytes = 0
        state.holding.remove(descriptor, &state.records)
        state.empty.append(descriptor, &state.records)
    }

    /// Milliseconds, some behind: deadlines are seconds away, and this is asked for several times a request.
    private static var now: Int64 {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}

extension Duration {
    fileprivate var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
