internal import CCurl
import Glibc
import OperatingSystem
import Synchronization

/// One transfer, from the caller to the driver's thread and back.
///
/// Sendable by this invariant: it is the caller's until it is handed over, the driver's thread's until its continuation
/// is resumed, and the caller's again from then on. `isCancelled` alone is used from everywhere.
class Transfer: @unchecked Sendable {
    let deadline: ContinuousClock.Instant
    let connectTimeout: Duration
    let trust: TLSTrust
    let addressPolicy: AddressPolicy
    /// The most bytes of header, or of a mail server's replies.
    let maximumHeaderSize: Int
    let isCancelled = Atomic(false)
    /// Whose transfer it is, once it has begun.
    var board: ObjectIdentifier?

    /// Whether everything before the request itself is done: connection, TLS, and a mail server's greeting.
    private(set) var hasBegunRequest = false
    private var headerSize = 0
    private var openedSockets = 0
    private var refusedSockets = 0
    /// Why the transfer's own code stopped it.
    var ownFailure: NetworkFailure?
    private var easy: EasyHandle?
    private var continuation: CheckedContinuation<TransferOutcome, Never>?

    init(
        timeout: Duration,
        connectTimeout: Duration,
        trust: TLSTrust,
        addressPolicy: AddressPolicy,
        maximumHeaderSize: Int
    ) {
        deadline = .now + timeout
        self.connectTimeout = connectTimeout
        self.trust = trust
        self.addressPolicy = addressPolicy
        self.maximumHeaderSize = maximumHeaderSize
    }

    /// Sets what the protocol asks for. The options that all transfers share are set.
    func prepare(_ easy: EasyHandle) throws(NetworkFailure) {}

    /// A line of the answer's header with its end. False ends the transfer.
    func receive(header line: UnsafeRawBufferPointer) -> Bool { true }

    /// A part of the answer's body. False ends the transfer.
    func receive(body part: UnsafeRawBufferPointer) -> Bool { true }

    /// Fills the room with what is to be uploaded next; returns how much.
    func supply(_ room: UnsafeMutableRawBufferPointer) -> Int { 0 }

    /// What must hold before the request is sent, on a connection that may have served others.
    func mayBegin(_ easy: EasyHandle) -> NetworkFailure? { nil }

    /// A socket is opened for it.
    func opened(_ socket: Int32) {}

    /// Ends what may block the driver's thread, or be sent at the end. Called from any thread.
    func sever() {}

    /// Keeps who waits.
    func hold(_ continuation: CheckedContinuation<TransferOutcome, Never>) { self.continuation = continuation }

    /// Ends the transfer for who waits. The handle must be out of the multi handle.
    func finish(_ outcome: TransferOutcome) {
        easy = nil
        let waiting = continuation
        continuation = nil
        waiting?.resume(returning: outcome)
    }

    /// Makes the handle.
    func open() throws(NetworkFailure) -> EasyHandle {
        guard let easy = EasyHandle() else { throw .other("out of memory") }
        self.easy = easy
        setCommonOptions(of: easy)
        try prepare(easy)
        if let refusal = easy.refusal { throw .other("libcurl refuses an option: \(easy.reason(refusal))") }
        return easy
    }

    /// What became of it, by libcurl's code.
    func outcome(_ code: CURLcode) -> TransferOutcome {
        guard let easy else { return TransferOutcome(failure: .other("libcurl's handle is gone")) }
        let isReused = easy.number(CURLINFO_NUM_CONNECTS) == 0
        return TransferOutcome(code: code, failure: failure(code, easy), isReused: isReused, reason: easy.reason(code))
    }

    private func failure(_ code: CURLcode, _ easy: EasyHandle) -> NetworkFailure? {
        if code == CURLE_OK { return nil }
        if let ownFailure { return ownFailure }
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: return .couldNotResolve
        case CURLE_COULDNT_CONNECT: return refusedSockets > 0 && openedSockets == 0 ? .refusedAddress : .couldNotConnect
        case CURLE_OPERATION_TIMEDOUT:
            if hasBegunRequest { return .timedOut }
            return openedSockets == 0 && easy.time(CURLINFO_NAMELOOKUP_TIME_T) == 0
                ? .couldNotResolve : .couldNotConnect
        case CURLE_FILESIZE_EXCEEDED: return .tooLarge
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_USE_SSL_FAILED,
            CURLE_SSL_CIPHER, CURLE_SSL_CERTPROBLEM, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
            return hasBegunRequest ? .interrupted : .tls(easy.reason(code))
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE:
            return hasBegunRequest ? .interrupted : .couldNotConnect
        case CURLE_URL_MALFORMAT: return .malformed(easy.reason(code))
        default: return .other(easy.reason(code))
        }
    }

    private func setCommonOptions(of easy: EasyHandle) {
        easy.set(CURLOPT_NOSIGNAL, 1)
        easy.set(CURLOPT_TIMEOUT_MS, (deadline - .now).milliseconds)
        easy.set(CURLOPT_CONNECTTIMEOUT_MS, connectTimeout.milliseconds)
        // Or the environment could send everything elsewhere.
        easy.set(CURLOPT_PROXY, "")
        easy.set(CURLOPT_NOPROXY, "*")
        easy.set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        easy.set(CURLOPT_FOLLOWLOCATION, 0)
        easy.set(CURLOPT_SSL_VERIFYPEER, 1)
        easy.set(CURLOPT_SSL_VERIFYHOST, 2)
        easy.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        // libcurl keeps the parsed authorities for the next connection only where there is no folder of them.
        easy.clear(CURLOPT_CAPATH)
        if case .certificateAuthorities(let path) = trust { easy.set(CURLOPT_CAINFO, path) }
        setCallbacks(of: easy)
    }

    private func setCallbacks(of easy: EasyHandle) {
        var callbacks = unsafe martlet_transfer_callbacks()
        // The driver keeps the transfer for as long as the handle is in use.
        unsafe callbacks.context = Unmanaged.passUnretained(self).toOpaque()
        unsafe callbacks.receive_header = Self.receiveHeader
        unsafe callbacks.receive_body = Self.receiveBody
        unsafe callbacks.supply_body = Self.supplyBody
        unsafe callbacks.open_socket = Self.openSocket
        unsafe callbacks.before_request = Self.beforeRequest
        unsafe easy.set(callbacks)
    }

    private static func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        unsafe context.map { unsafe Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    private static let receiveHeader: curl_write_callback = { bytes, size, count, context in
        guard let transfer = unsafe transfer(context) else { return 0 }
        transfer.headerSize += size * count
        guard transfer.headerSize <= transfer.maximumHeaderSize else {
            transfer.ownFailure = .tooLarge
            return 0
        }
        return unsafe transfer.receive(header: UnsafeRawBufferPointer(start: bytes, count: size * count))
            ? size * count : 0
    }

    private static let receiveBody: curl_write_callback = { bytes, size, count, context in
        guard let transfer = unsafe transfer(context) else { return 0 }
        return unsafe transfer.receive(body: UnsafeRawBufferPointer(start: bytes, count: size * count))
            ? size * count : 0
    }

    private static let supplyBody: curl_read_callback = { room, size, count, context in
        guard let transfer = unsafe transfer(context) else { return Int(CURL_READFUNC_ABORT) }
        return unsafe transfer.supply(UnsafeMutableRawBufferPointer(start: room, count: size * count))
    }

    /// Sees the address that is about to be connected to, whatever name or spelling led there.
    private static let openSocket: curl_opensocket_callback = { context, _, address in
        guard let transfer = unsafe transfer(context), let address = unsafe address else { return CURL_SOCKET_BAD }
        guard let peer = unsafe IPAddress(address), transfer.addressPolicy.allows(peer) else {
            transfer.refusedSockets += 1
            return CURL_SOCKET_BAD
        }
        transfer.openedSockets += 1
        let socket = unsafe martlet_open_socket(address)
        transfer.opened(socket)
        return socket
    }

    /// A connection that another transfer opened was held against that one's policy, and not against this one's.
    private static let beforeRequest: curl_prereq_callback = { context, peer, _, _, _ in
        guard let transfer = unsafe transfer(context), let peer = unsafe peer, let easy = transfer.easy else {
            return CURL_PREREQFUNC_ABORT
        }
        guard let address = unsafe IPAddress(String(cString: peer)), transfer.addressPolicy.allows(address) else {
            transfer.ownFailure = .refusedAddress
            return CURL_PREREQFUNC_ABORT
        }
        if let failure = transfer.mayBegin(easy) {
            transfer.ownFailure = failure
            return CURL_PREREQFUNC_ABORT
        }
        transfer.hasBegunRequest = true
        return CURL_PREREQFUNC_OK
    }
}

/// How a transfer ended.
struct TransferOutcome: Sendable {
    /// libcurl's own word; nil where it wasn't asked.
    var code: CURLcode?
    /// Nil where all went well.
    var failure: NetworkFailure?
    /// Whether it went over a connection that had served another.
    var isReused = false
    /// What libcurl says.
    var reason = ""
}

extension IPAddress {
    /// The IP address that libcurl is about to connect to; nil where it is no IP address.
    fileprivate init?(_ address: UnsafeMutablePointer<curl_sockaddr>) {
        guard let bytes = unsafe martlet_address(address) else { return nil }
        switch unsafe (address.pointee.family, Int(address.pointee.addrlen)) {
        case (AF_INET, MemoryLayout<sockaddr_in>.size...):
            let peer = unsafe bytes.loadUnaligned(as: sockaddr_in.self)
            self.init(version4: UInt32(bigEndian: peer.sin_addr.s_addr))
        case (AF_INET6, MemoryLayout<sockaddr_in6>.size...):
            let peer = unsafe bytes.loadUnaligned(as: sockaddr_in6.self)
            let parts = unsafe withUnsafeBytes(of: peer.sin6_addr) {
                unsafe $0.loadUnaligned(as: (UInt64, UInt64).self)
            }
            self.init(high: UInt64(bigEndian: parts.0), low: UInt64(bigEndian: parts.1))
        default: return nil
        }
    }
}
