import Glibc

/// Starts a thread that runs the body and ends. It is scheduled as any other, whoever starts it.
///
/// Throws when the system has no thread to give.
package func startThread(_ body: @escaping @Sendable () -> Void) throws(ThreadError) {
    let box = unsafe Unmanaged.passRetained(ThreadBody(body))
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    defer { unsafe pthread_attr_destroy(&attributes) }
    // Or it would inherit `withBatchScheduling`.
    unsafe pthread_attr_setinheritsched(&attributes, CInt(PTHREAD_EXPLICIT_SCHED))
    var thread = pthread_t()
    let result = unsafe pthread_create(
        &thread,
        &attributes,
        { context in
            guard let context = unsafe context else { return nil }
            let body = unsafe Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue()
            body.run()
            return nil
        },
        box.toOpaque()
    )
    guard result == 0 else {
        unsafe box.release()
        throw ThreadError(number: result)
    }
    pthread_detach(thread)
}

/// The system refuses to start a thread.
package struct ThreadError: Error, CustomStringConvertible {
    /// As `pthread_create` gives it.
    package let number: Int32

    package var description: String { "The system refuses to start a thread (error \(number))." }
}

private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) {
        self.run = run
    }
}
