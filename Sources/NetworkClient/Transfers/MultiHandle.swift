internal import CCurl

/// libcurl's handle of many transfers and the connections that they share.
///
/// Sendable by this invariant: `wake` may be called from any thread while the handle lives, which `Driver` sees to;
/// everything else is called on the driver's thread alone.
@safe final class MultiHandle: @unchecked Sendable {
    private let pointer: UnsafeMutableRawPointer

    /// Nil where memory is exhausted.
    init?(_ limits: NetworkClientLimits) {
        guard Self.isReady, let pointer = unsafe curl_multi_init() else { return nil }
        unsafe self.pointer = pointer
        _ = unsafe martlet_set_multi_number(pointer, CURLMOPT_MAXCONNECTS, limits.keptConnections)
    }

    deinit { unsafe curl_multi_cleanup(pointer) }

    /// Once in a process, and not before it is needed.
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// Begins the transfer of a handle. False where memory is exhausted.
    func add(_ easy: EasyHandle) -> Bool { unsafe curl_multi_add_handle(pointer, easy.pointer) == CURLM_OK }

    /// Takes a handle out. A transfer that isn't over ends, and its connection with it.
    func remove(_ easy: EasyHandle) { _ = unsafe curl_multi_remove_handle(pointer, easy.pointer) }

    /// Does what can be done now.
    func perform() {
        var running: Int32 = 0
        _ = unsafe curl_multi_perform(pointer, &running)
    }

    /// A transfer that is over, and how; nil where none is.
    func nextFinished() -> (easy: UnsafeMutableRawPointer, code: CURLcode)? {
        var code = CURLE_OK
        guard let easy = unsafe martlet_next_finished(pointer, &code) else { return nil }
        return unsafe (easy, code)
    }

    /// Sleeps until there is something to do, somebody wakes it, or the time is over.
    func sleep(for limit: Duration) {
        _ = unsafe curl_multi_poll(pointer, nil, 0, Int32(clamping: limit.milliseconds), nil)
    }

    /// Ends the sleep, or the next one.
    func wake() { _ = unsafe curl_multi_wakeup(pointer) }
}
