import Glibc

/// A pipe by which one thread interrupts another that waits for a socket.
///
/// A semaphore wouldn't do: `poll` waits for descriptors only.
struct WakeDescriptor: ~Copyable, Sendable {
    private let readEnd: Int32
    private let writeEnd: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        let result = unsafe pipe(&ends)
        precondition(result == 0, "A process without descriptors to spare can't serve")
        (readEnd, writeEnd) = (ends[0], ends[1])
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    /// Ends the present or the next wait.
    func signal() {
        // A full pipe refuses the byte, and wakes as well as one more would.
        _ = unsafe write(writeEnd, [1] as [UInt8], 1)
    }

    /// Waits for a signal, for input on the socket (-1 for none) or for the time to pass (-1 for no limit).
    func wait(orReadable socket: Int32, milliseconds: Int32) {
        var descriptors = [
            pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0),
            pollfd(fd: socket, events: Int16(POLLIN), revents: 0),
        ]
        unsafe poll(&descriptors, 2, milliseconds)
        var signals = [UInt8](repeating: 0, count: 64)
        while unsafe read(readEnd, &signals, signals.count) == signals.count {}
    }
}
