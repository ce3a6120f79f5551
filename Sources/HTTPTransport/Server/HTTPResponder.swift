/// What answers one request, and where.
package struct HTTPResponder: Sendable {
    /// Where `respond` begins.
    package let execution: Execution
    /// Makes the answer. Called once.
    package let respond: @Sendable () async -> HTTPResponse

    /// Answers there.
    package init(execution: Execution, respond: @escaping @Sendable () async -> HTTPResponse) {
        self.execution = execution
        self.respond = respond
    }
}
