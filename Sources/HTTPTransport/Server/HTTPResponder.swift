/// What answers one request, and where.
package struct HTTPResponder: Sendable {
    /// Where `respond` begins.
    package let execution: Execution
    /// Whether it is to be answered though as many handlers run as may.
    package let isReserved: Bool
    /// Makes the answer. Called once.
    package let respond: @Sendable () async -> HTTPResponse

    /// Answers there.
    package init(
        execution: Execution,
        isReserved: Bool = false,
        respond: @escaping @Sendable () async -> HTTPResponse
    ) {
        self.execution = execution
        self.isReserved = isReserved
        self.respond = respond
    }

    /// The same, on the executor, once that is done.
    func after(_ work: @escaping @Sendable () async -> Void) -> HTTPResponder {
        HTTPResponder(execution: .executor, isReserved: isReserved) {
            await work()
            return await respond()
        }
    }
}
