/// The body of a `read` or `write` and the caller who waits for it.
protocol PendingWork: AnyObject, Sendable {
    /// Runs the body and keeps its value. Throws what the body throws; may be called again to retry.
    func perform(on connection: any Connection) throws

    /// Lets the caller go on with the value, or with the error if there is one. Called exactly once.
    func finish(_ failure: (any Error)?)
}

/// One waiting caller.
///
/// Sendable because a queue hands it to one thread, and from then on that thread alone touches `value`.
final class Work<Value: Sendable>: PendingWork, @unchecked Sendable {
    private let body: @Sendable (any Connection) throws -> Value
    private let continuation: CheckedContinuation<Value, any Error>
    private var value: Value?

    init(
        _ body: @escaping @Sendable (any Connection) throws -> Value,
        for continuation: CheckedContinuation<Value, any Error>
    ) {
        self.body = body
        self.continuation = continuation
    }

    func perform(on connection: any Connection) throws {
        value = try body(connection)
    }

    func finish(_ failure: (any Error)?) {
        if let failure {
            continuation.resume(throwing: failure)
        } else if let value {
            continuation.resume(returning: value)
        } else {
            preconditionFailure("Finished without a failure before it was performed")
        }
    }
}

/// Waits for the body while a queue has it served.
func waitForWork<Value: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> Value,
    submit: (any PendingWork) throws(DatabaseError) -> Void
) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        let work = Work(body, for: continuation)
        do {
            try submit(work)
        } catch {
            work.finish(error)
        }
    }
}
