import Glibc

/// A POSIX semaphore: what a thread of our own sleeps on. Never waited on from async code.
///
/// Sendable because `sem_t` is made for use from many threads and its address never changes.
@safe package final class Semaphore: @unchecked Sendable {
    private let semaphore: UnsafeMutablePointer<sem_t>

    package init() {
        unsafe semaphore = .allocate(capacity: 1)
        let result = unsafe sem_init(semaphore, 0, 0)
        precondition(result == 0, "sem_init fails only for a bad argument")
    }

    deinit {
        unsafe sem_destroy(semaphore)
        unsafe semaphore.deallocate()
    }

    /// Lets one waiting thread go on.
    package func signal() {
        unsafe sem_post(semaphore)
    }

    /// Sleeps until signalled.
    package func wait() {
        while unsafe sem_wait(semaphore) != 0 {}
    }
}
