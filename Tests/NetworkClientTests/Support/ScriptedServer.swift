import Dispatch
import Glibc
import OperatingSystem
import Synchronization

/// A TCP server on a free port of loopback that follows a script on every connection, each on a thread of its own.
final class ScriptedServer: Sendable {
    let port: UInt16
    private let descriptor: Int32
    private let accepted = Mutex<[Int32]>([])
    private let log = Mutex<[String]>([])

    /// How many connections have come.
    var connections: Int { accepted.withLock { $0.count } }
    /// Every line that came, in order.
    var lines: [String] { log.withLock { $0 } }

    init(_ script: @escaping @Sendable (Peer) throws -> Void) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listening = descriptor
        unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = unsafe bind(listening, $0, length)
                _ = unsafe getsockname(listening, $0, &length)
            }
        }
        port = address.sin_port.bigEndian
        listen(descriptor, 200)
        try startThread { [self] in
            while true {
                let connection = accept(listening, nil, nil)
                if connection < 0 { return }
                let number = accepted.withLock {
                    $0.append(connection)
                    return $0.count
                }
                try? startThread { [self] in
                    let peer = Peer(connection, number: number) { line in self.log.withLock { $0.append(line) } }
                    try? script(peer)
                    peer.end()
                }
            }
        }
    }

    func stop() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    deinit { close(descriptor) }
}

/// One connection, as the script sees it.
final class Peer {
    struct Gone: Error {}

    /// 1 for the first connection of its server.
    let number: Int
    private let descriptor: Int32
    private let note: (String) -> Void
    private var unread: [UInt8] = []
    private var isOver = false

    fileprivate init(_ descriptor: Int32, number: Int, note: @escaping (String) -> Void) {
        self.descriptor = descriptor
        self.number = number
        self.note = note
    }

    /// Closes the connection in order.
    func end() {
        guard !isOver else { return }
        isOver = true
        close(descriptor)
    }

    func send(_ text: String) throws {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { bytes in
                let rest = unsafe bytes.baseAddress?.advanced(by: sent)
                return unsafe Glibc.send(descriptor, rest, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Gone() }
            sent += count
        }
    }

    /// The next line without its end.
    func line() throws -> String {
        while true {
            if let end = unread.firstIndex(of: 10) {
                let line = String(decoding: unread[..<end].filter { $0 != 13 }, as: UTF8.self)
                unread.removeFirst(end + 1)
                note(line)
                return line
            }
            try more()
        }
    }

    func bytes(_ count: Int) throws -> [UInt8] {
        while unread.count < count { try more() }
        defer { unread.removeFirst(count) }
        return Array(unread.prefix(count))
    }

    /// The lines of a request's header, and its body.
    func request() throws -> (lines: [String], body: [UInt8]) {
        var lines: [String] = []
        while true {
            let line = try line()
            if line.isEmpty { break }
            lines.append(line)
        }
        let length = lines.first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst("content-length: ".count)) }
        return (lines, try bytes(length ?? 0))
    }

    /// Waits until the other side closes.
    func awaitEnd() { while (try? more()) != nil {} }

    private func more() throws {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { throw Gone() }
        unread += buffer.prefix(count)
    }
}

/// Answers a request with 200 and the text, and keeps the connection.
func ok(_ text: String) -> String { "HTTP/1.1 200 OK\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)" }
