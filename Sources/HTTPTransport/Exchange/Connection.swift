internal import CMicroHTTPD
internal import CMicroHTTPDErrors
import OperatingSystem

/// What libmicrohttpd offers on a connection, in Swift's types.
///
/// Sendable by this invariant: it is used by the worker thread of the connection, and while the connection is suspended
/// by whoever holds the lock of its `Exchange`, only to resume it. It isn't kept for longer than that.
@safe struct Connection: @unchecked Sendable {
    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        unsafe self.pointer = pointer
    }

    /// The connection's socket, which libmicrohttpd owns.
    var descriptor: Int32 { unsafe martlet_descriptor(pointer) }

    /// Bytes of the request line and header fields.
    var headerSize: Int { unsafe martlet_header_size(pointer) }

    /// The peer's IP address, as a number; nil when unknown.
    var peer: IPAddress? {
        guard let address = unsafe martlet_client_address(pointer) else { return nil }
        return unsafe SocketAddress(copying: address).address
    }

    /// The peer's IP address; empty when unknown.
    var remoteAddress: String {
        guard let address = unsafe martlet_client_address(pointer) else { return "" }
        return unsafe SocketAddress(copying: address).host
    }

    /// The header of the request that begins with these strings.
    func header(after line: RequestLine) -> RequestHeader {
        var header = RequestHeader(size: headerSize, after: line)
        unsafe withUnsafeMutablePointer(to: &header) { target in
            _ = unsafe MHD_get_connection_values_n(pointer, .HEADER_KIND, Self.appendField, target)
        }
        return header
    }

    /// Stops all work on the connection until `resume`.
    func suspend() {
        unsafe MHD_suspend_connection(pointer)
    }

    /// Wakes a suspended connection. From any thread, once for each `suspend`.
    func resume() {
        unsafe MHD_resume_connection(pointer)
    }

    /// Hands `response` over for sending. False when libmicrohttpd doesn't take it.
    func queue(_ response: HTTPResponse, closing: Bool) -> Bool {
        let isValid = (200...599).contains(response.status)
        guard let message = unsafe Self.message(isValid ? response.body : []) else { return false }
        defer { unsafe MHD_destroy_response(message) }
        if isValid {
            for field in response.headers.fields where field.isWellFormed && !field.isFraming {
                _ = unsafe MHD_add_response_header(message, field.name, field.value)
            }
        }
        if closing {
            _ = unsafe MHD_add_response_header(message, "Connection", "close")
        }
        return unsafe martlet_queue_response(pointer, isValid ? UInt32(response.status) : 500, message) == .YES
    }

    /// A copy for libmicrohttpd: cheaper than a retained box at the sizes we answer with.
    private static func message(_ body: [UInt8]) -> OpaquePointer? {
        unsafe body.withUnsafeBytes { bytes in
            // The pointer is mutable for the other modes only; a copy is read from.
            let start = unsafe UnsafeMutableRawBufferPointer(mutating: bytes).baseAddress
            return unsafe MHD_create_response_from_buffer(bytes.count, start, .RESPMEM_MUST_COPY)
        }
    }

    private static let appendField: MHD_KeyValueIteratorN = { target, _, name, nameSize, value, valueSize in
        guard let name = unsafe name, let header = unsafe target?.assumingMemoryBound(to: RequestHeader.self) else {
            return .YES
        }
        unsafe header.pointee.append(
            name: UnsafeRawBufferPointer(start: name, count: nameSize),
            value: UnsafeRawBufferPointer(start: value, count: value == nil ? 0 : valueSize)
        )
        return .YES
    }
}
