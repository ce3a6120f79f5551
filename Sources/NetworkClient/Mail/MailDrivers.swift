import Synchronization

/// Threads for mails, each of which carries one at a time, as a mail blocks libcurl's thread while its server thinks.
/// They start as they are needed, the first one first, so that few mails share few connections.
final class MailDrivers: Sendable {
    private let drivers: [Driver]
    /// How many mails each has.
    private let loads: Mutex<[Int]>

    init(limits: NetworkClientLimits) {
        var each = limits
        each.concurrentTransfers = 1
        each.waitingTransfers = limits.waitingTransfers / max(1, limits.mailThreads)
        each.keptConnections = 8
        drivers = (0..<max(1, limits.mailThreads)).map { _ in Driver(limits: each) }
        loads = Mutex(drivers.map { _ in 0 })
    }

    /// Carries a mail out on the thread that has the least to do.
    func run(_ transfer: Transfer) async -> TransferOutcome {
        let index = loads.withLock { loads in
            let index = loads.indices.min { loads[$0] < loads[$1] } ?? 0
            loads[index] += 1
            return index
        }
        defer { loads.withLock { $0[index] -= 1 } }
        return await drivers[index].run(transfer)
    }

    /// As `Driver.close`.
    func close() async {
        await withTaskGroup(of: Void.self) { group in
            for driver in drivers { group.addTask { await driver.close() } }
        }
    }
}
