internal import CCurl
import Glibc
import Synchronization

/// The sockets of mail transfers: libcurl 7.88 blocks its thread while it waits for the reply to a mail's text, and for
/// that to its `QUIT`, and ends the text of a transfer that is removed as if it were whole. A socket that is shut down
/// ends the waiting, and sends nothing more.
enum MailSockets {
    private struct Use {
        /// The board whose handle has the connection.
        var board: ObjectIdentifier
        /// Which transfer has it now, if any.
        var transfer: ObjectIdentifier?
    }

    /// By descriptor. All are closed under the lock, so that a number in it is never another's.
    private static let uses = Mutex<[Int32: Use]>([:])

    /// The transfer has the socket from now on, until it releases it.
    static func note(_ socket: Int32, of transfer: Transfer) {
        guard socket >= 0, let board = transfer.board else { return }
        uses.withLock { $0[socket] = Use(board: board, transfer: ObjectIdentifier(transfer)) }
    }

    /// The transfer is over; its connection may be kept.
    static func release(_ transfer: Transfer) {
        let key = ObjectIdentifier(transfer)
        uses.withLock { uses in
            for (socket, use) in uses where use.transfer == key { uses[socket]?.transfer = nil }
        }
    }

    /// Ends what the transfer does, from any thread.
    static func sever(_ transfer: Transfer) {
        let key = ObjectIdentifier(transfer)
        uses.withLock { uses in
            for (socket, use) in uses where use.transfer == key { shutdown(socket, Int32(SHUT_RDWR)) }
        }
    }

    /// Has the kept connections of a board send their `QUIT` without waiting for its reply.
    static func stopListening(_ board: TransferBoard) {
        let key = ObjectIdentifier(board)
        uses.withLock { uses in
            for (socket, use) in uses where use.board == key { shutdown(socket, Int32(SHUT_RD)) }
        }
    }

    /// libcurl's callback, which may come long after the transfer that opened the socket.
    static let close: curl_closesocket_callback = { _, socket in
        uses.withLock { uses in
            uses[socket] = nil
            return Glibc.close(socket)
        }
    }
}
