internal import CCurl
import OperatingSystem
import Synchronization

/// The transfers of one session: those that are under way, and those that wait for one of them to end. Used on the
/// driver's thread alone.
@safe final class TransferBoard {
    private let multi: MultiHandle
    private let limits: NetworkClientLimits
    private var active: [UnsafeMutableRawPointer: (transfer: Transfer, easy: EasyHandle)] = unsafe [:]
    private var waiting: [Transfer] = []
    private var ended: [(Transfer, TransferOutcome)] = []

    init(_ multi: MultiHandle, limits: NetworkClientLimits) {
        self.multi = multi
        self.limits = limits
    }

    /// Transfers that aren't ended.
    var count: Int { unsafe active.count + waiting.count }

    /// How long may be slept. libcurl wakes for its own time limits; those who wait are looked at here.
    var patience: Duration { waiting.isEmpty ? .seconds(1) : .milliseconds(50) }

    /// Takes new transfers in, ends those that are cancelled, and goes on with the others. Returns those that ended,
    /// out of which nothing comes any more.
    func advance(_ incoming: [Transfer], _ cancelled: [Transfer]) -> [(Transfer, TransferOutcome)] {
        ended = []
        waiting += incoming
        if !cancelled.isEmpty { endCancelled() }
        admit()
        repeat {
            multi.perform()
            collect()
            // What ended may have made room.
        } while admit()
        return ended
    }

    /// Ends everything. Returns those that ended, out of which nothing comes any more.
    func abandon(_ incoming: [Transfer]) -> [(Transfer, TransferOutcome)] {
        ended = []
        for (transfer, easy) in unsafe Array(active.values) {
            transfer.sever()
            end(transfer, easy, TransferOutcome(failure: .cancelled))
        }
        for transfer in waiting + incoming { end(transfer, TransferOutcome(failure: .cancelled)) }
        waiting = []
        return ended
    }

    private func endCancelled() {
        for (transfer, easy) in unsafe Array(active.values) where transfer.isCancelled.load(ordering: .acquiring) {
            transfer.sever()
            end(transfer, easy, TransferOutcome(failure: .cancelled))
        }
    }

    /// Begins those for which there is room. False if there was nothing to begin.
    @discardableResult private func admit() -> Bool {
        guard !waiting.isEmpty else { return false }
        var stillWaiting: [Transfer] = []
        var hasBegun = false
        for transfer in waiting {
            if transfer.isCancelled.load(ordering: .acquiring) {
                end(transfer, TransferOutcome(failure: .cancelled))
            } else if transfer.deadline <= .now {
                end(transfer, TransferOutcome(failure: .overloaded))
            } else if unsafe active.count >= limits.concurrentTransfers {
                stillWaiting.append(transfer)
            } else {
                begin(transfer)
                hasBegun = true
            }
        }
        waiting = stillWaiting
        return hasBegun
    }

    private func begin(_ transfer: Transfer) {
        do throws(NetworkFailure) {
            transfer.board = ObjectIdentifier(self)
            let easy = try transfer.open()
            easy.set(CURLOPT_MAXAGE_CONN, Int(limits.keptConnectionAge.components.seconds))
            guard multi.add(easy) else { throw .other("libcurl takes no transfer") }
            unsafe active[easy.pointer] = (transfer, easy)
        } catch {
            end(transfer, TransferOutcome(failure: error))
        }
    }

    private func collect() {
        while let (pointer, code) = unsafe multi.nextFinished() {
            guard let (transfer, easy) = unsafe active[pointer] else { continue }
            let outcome = transfer.outcome(code)
            // libcurl keeps the connection of a mail that timed out, on which the next mail would be given its replies.
            if outcome.failure != nil { transfer.sever() }
            end(transfer, easy, outcome)
        }
    }

    private func end(_ transfer: Transfer, _ easy: EasyHandle, _ outcome: TransferOutcome) {
        multi.remove(easy)
        unsafe active[easy.pointer] = nil
        end(transfer, outcome)
    }

    private func end(_ transfer: Transfer, _ outcome: TransferOutcome) {
        ended.append((transfer, outcome))
    }
}
