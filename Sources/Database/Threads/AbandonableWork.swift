import Synchronization

/// Waits for work no longer than a time limit; past it, throws `connectionFailure` and leaves the work to itself.
func waitForWork<Value: Sendable>(
    atMost limit: Duration,
    _ body: @escaping @Sendable (any Connection) throws -> Value,
    submit: @escaping @Sendable (any PendingWork) throws(DatabaseError) -> Void
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
        group.addTask {
            let work = AbandonableWork(body)
            return try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { continuation in
                    work.wait(continuation)
                    do {
                        try submit(work)
                    } catch {
                        work.finish(error)
                    }
                }
            } onCancel: {
                work.finish(CancellationError())
            }
        }
        group.addTask {
            try await Task.sleep(for: limit)
            throw DatabaseError(.connectionFailure, "The database did not answer within \(limit).")
        }
        defer { group.cancelAll() }
        guard let value = try await group.next() else { throw CancellationError() }
        return value
    }
}

/// Work whose caller may leave before it is done.
private final class AbandonableWork<Value: Sendable>: PendingWork {
    private enum State {
        case new
        case waiting(CheckedContinuation<Value, any Error>)
        case performed(Value, CheckedContinuation<Value, any Error>)
        case finished(any Error)
    }

    private let body: @Sendable (any Connection) throws -> Value
    private let state = Mutex(State.new)

    init(_ body: @escaping @Sendable (any Connection) throws -> Value) {
        self.body = body
    }

    func wait(_ continuation: CheckedContinuation<Value, any Error>) {
        let failure: (any Error)? = state.withLock { state in
            if case .finished(let failure) = state { return failure }
            state = .waiting(continuation)
            return nil
        }
        if let failure {
            continuation.resume(throwing: failure)
        }
    }

    func perform(on connection: any Connection) throws {
        let value = try body(connection)
        state.withLock { state in
            switch state {
            case .waiting(let continuation), .performed(_, let continuation):
                state = .performed(value, continuation)
            case .new, .finished:
                break
            }
        }
    }

    func finish(_ failure: (any Error)?) {
        let previous = state.withLock { state in
            defer { state = .finished(failure ?? CancellationError()) }
            return state
        }
        switch (previous, failure) {
        case (.performed(_, let continuation), let failure?), (.waiting(let continuation), let failure?):
            continuation.resume(throwing: failure)
        case (.performed(let value, let continuation), nil):
            continuation.resume(returning: value)
        case (.waiting(let continuation), nil):
            continuation.resume(throwing: CancellationError())
        case (.new, _), (.finished, _):
            break
        }
    }
}
