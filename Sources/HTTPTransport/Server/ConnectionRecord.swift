import OperatingSystem

/// Whose connections are counted together: an IPv4 address, or a network of the size that one IPv6 customer gets.
struct PeerKey: Hashable {
    private let high: UInt64
    private let low: UInt64

    /// The key of those at that address.
    init(_ address: IPAddress) {
        high = address.high
        low = address.isVersion4 ? address.low : 0
    }
}

/// What is known of one connection.
struct ConnectionRecord {
    /// Who waits for whom.
    enum Stage {
        /// There is no such connection.
        case closed
        /// The server, for the line of a further request.
        case idle
        /// The server, for the rest of a request. The first is awaited from the connection's beginning on.
        case receiving
        /// The client, for its answer.
        case handling
        /// The server, for the client to take the answer.
        case answering
        /// Nobody: its socket is shut down.
        case leaving
    }

    /// Nil where it isn't counted.
    let peer: PeerKey?
    var stage: Stage
    /// In milliseconds, since when it is at this stage.
    var since: Int64
    /// Bytes of an unfinished body.
    var bytes = 0
    /// Its neighbours in the list that it is in; -1 for none.
    fileprivate var previous: Int32 = -1
    fileprivate var next: Int32 = -1

    /// No connection.
    init() {
        peer = nil
        stage = .closed
        since = 0
    }

    /// A connection that was opened now.
    init(peer: PeerKey?, since: Int64) {
        self.peer = peer
        stage = .receiving
        self.since = since
    }
}

/// Some of the records in the order in which they came, linked through their neighbours: each step costs the same,
/// however many there are.
struct ConnectionList {
    /// The oldest.
    private(set) var first: Int32?
    private var last: Int32?

    mutating func append(_ descriptor: Int32, _ records: inout [ConnectionRecord]) {
        records[Int(descriptor)].previous = last ?? -1
        records[Int(descriptor)].next = -1
        if let last { records[Int(last)].next = descriptor } else { first = descriptor }
        last = descriptor
    }

    mutating func remove(_ descriptor: Int32, _ records: inout [ConnectionRecord]) {
        let (previous, next) = (records[Int(descriptor)].previous, records[Int(descriptor)].next)
        if previous >= 0 { records[Int(previous)].next = next } else { first = next >= 0 ? next : nil }
        if next >= 0 { records[Int(next)].previous = previous } else { last = previous >= 0 ? previous : nil }
    }

    /// The oldest for which the condition holds.
    func first(in records: [ConnectionRecord], where condition: (ConnectionRecord) -> Bool) -> Int32? {
        var current = first ?? -1
        while current >= 0, !condition(records[Int(current)]) { current = records[Int(current)].next }
        return current >= 0 ? current : nil
    }
}
