internal import CMicroHTTPD
import Glibc
import OperatingSystem

/// Owns libmicrohttpd's daemon and the retain of the server that its callbacks use. Both end with `stop`.
///
/// Sendable by this invariant: the pointer never changes, `MHD_add_connection` may be called from any thread, and
/// `stop` is called once, by the one who took the daemon out of `HTTPServer.life`, after `acceptConnections` has ended.
@safe struct Daemon: @unchecked Sendable {
    private let pointer: OpaquePointer
    private let context: Unmanaged<HTTPServer>

    /// Starts the worker threads, which serve the connections they are given.
    init(serving server: HTTPServer) throws(TransportError) {
        let limits = server.limits
        // Beyond those that the table admits there is room for those that are leaving.
        let connections = server.maximumConnections + HTTPServer.leavingAtOnce
        let context = unsafe Unmanaged.passRetained(server)
        var options = unsafe martlet_daemon_options()
        unsafe options.worker_threads = UInt32(clamping: limits.workerThreads)
        unsafe options.connection_limit = UInt32(clamping: max(connections, limits.workerThreads))
        unsafe options.idle_timeout = UInt32(clamping: limits.idleTimeout)
        unsafe options.connection_memory = limits.connectionMemory
        unsafe options.connection_memory_increment = 4096
        unsafe options.context = context.toOpaque()
        unsafe options.begin = Self.begin
        unsafe options.advance = Self.advance
        unsafe options.end = Self.end
        unsafe options.notice = Self.notice
        // A worker that pushed a handler off its processor for each answer would mostly change places with it.
        let pointer = unsafe withBatchScheduling { unsafe martlet_start_daemon(&options) }
        guard let pointer = unsafe pointer else {
            let reason = systemErrorText()
            unsafe context.release()
            throw .cannotStart(reason: reason)
        }
        unsafe self.pointer = pointer
        unsafe self.context = context
    }

    /// Serves a connected, non-blocking socket, and closes it in the end: at once if the limits don't admit it.
    func serve(_ descriptor: Int32, from peer: SocketAddress) {
        unsafe peer.withPointer { address, length in
            _ = unsafe MHD_add_connection(pointer, descriptor, address, length)
        }
    }

    /// Closes all connections and joins the worker threads. No connection may be suspended.
    func stop() {
        unsafe MHD_stop_daemon(pointer)
        unsafe context.release()
    }

    /// The request line has come. What it returns is given to the other callbacks, and taken back by `end`, which comes
    /// even if the rest of the header doesn't.
    private static let begin: martlet_begin_callback = { context, target, connection in
        guard let context = unsafe context, let connection = unsafe connection else { return nil }
        let server = unsafe Unmanaged<HTTPServer>.fromOpaque(context).takeUnretainedValue()
        let text = unsafe target.map { unsafe String(cString: $0) } ?? ""
        let place = unsafe RequestLine.Part(target, count: length(of: target))
        unsafe hideQuery(of: target)
        let descriptor = unsafe Connection(connection).descriptor
        let exchange = Exchange(server: server, on: descriptor, target: text, at: place)
        return unsafe Unmanaged.passRetained(exchange).toOpaque()
    }

    private static func length(of text: UnsafePointer<CChar>?) -> Int { unsafe text.map { unsafe strlen($0) } ?? 0 }

    /// Ends the target right after its `?`, in libmicrohttpd's own buffer, which it is about to cut up anyway. It would
    /// index the arguments there, and where an index overflows the connection's memory it never answers.
    private static func hideQuery(of target: UnsafePointer<CChar>?) {
        guard let target = unsafe target, let mark = unsafe strchr(target, Int32(UInt8(ascii: "?"))) else { return }
        // At worst this overwrites the terminator with itself.
        unsafe mark[1] = 0
    }

    /// The header has come, a part of the body has, or the request is complete.
    private static let advance: MHD_AccessHandlerCallback = {
        (_, connection, _, method, version, part, partSize, exchange) in
        guard let connection = unsafe connection, let partSize = unsafe partSize,
            let reference = unsafe exchange?.pointee
        else { return .NO }
        let exchange = unsafe Unmanaged<Exchange>.fromOpaque(reference).takeUnretainedValue()
        let goesOn: Bool
        if !exchange.isStarted {
            let line = unsafe RequestLine(
                method: RequestLine.Part(method, count: length(of: method)),
                target: exchange.target,
                version: RequestLine.Part(version, count: length(of: version))
            )
            goesOn = exchange.start(
                unsafe Connection(connection),
                line,
                method: unsafe method.map { unsafe String(cString: $0) } ?? "",
                version: unsafe version.map { unsafe String(cString: $0) } ?? ""
            )
        } else if unsafe partSize.pointee > 0 {
            let bytes = unsafe UnsafeRawBufferPointer(start: part, count: partSize.pointee)
            goesOn = unsafe exchange.receive(bytes, of: Connection(connection))
            unsafe partSize.pointee = 0
        } else {
            goesOn = exchange.proceed(unsafe Connection(connection))
        }
        return goesOn ? .YES : .NO
    }

    /// A connection is served from now on, or is about to be closed.
    private static let notice: MHD_NotifyConnectionCallback = { context, connection, _, event in
        guard let context = unsafe context, let connection = unsafe connection else { return }
        let server = unsafe Unmanaged<HTTPServer>.fromOpaque(context).takeUnretainedValue()
        let served = unsafe Connection(connection)
        if martlet_is_start(event) {
            server.connections.opened(served.descriptor, peer: served.peer)
        } else {
            server.connections.closed(served.descriptor)
        }
    }

    /// The answer has been sent, or the connection is gone.
    private static let end: MHD_RequestCompletedCallback = { _, _, exchange, _ in
        guard let reference = unsafe exchange?.pointee else { return }
        unsafe exchange?.pointee = nil
        unsafe Unmanaged<Exchange>.fromOpaque(reference).takeRetainedValue().end()
    }
}
