/// Calls the functions that pools name by their ARNs, wherever the operator runs them.
package protocol FunctionCaller: Sendable {
    /// Calls a function with an event and returns what it answered: JSON, if the function keeps to the rules. Throws
    /// `FunctionFailure`. Takes five seconds at most, tries included.
    func call(_ arn: String, event: [UInt8]) async throws(FunctionFailure) -> [UInt8]
}

/// Why a function gave no answer.
package enum FunctionFailure: Error, Hashable, Sendable {
    /// It ended with an error: its `errorMessage`.
    case failed(message: String)
    /// It wasn't reached, or didn't answer in time: Lambda's error code, or what stands for one.
    case unreachable(code: String)
}

/// Where the operator has named no place for functions: none is reached.
package struct NoFunctions: FunctionCaller {
    package init() {}

    package func call(_ arn: String, event: [UInt8]) async throws(FunctionFailure) -> [UInt8] {
        throw .unreachable(code: FunctionError.notFound)
    }
}
