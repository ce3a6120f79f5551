import CognitoModel
import Operations
import Testing
import UserPools

/// A call of an operation, for tables over many of them.
struct Sample: Sendable, CustomTestStringConvertible {
    let name: String
    /// What the call is made with, in a pool and by a client.
    let input: @Sendable (Cognito) -> Members
    private let invoke: @Sendable (Cognito, Members, Sender) async -> Answer

    init<Called: Operation>(_ operation: Called.Type, _ input: @escaping @Sendable (Cognito) -> Members) {
        name = String(describing: operation)
        self.input = input
        invoke = { cognito, members, sender in await cognito.call(operation, members, from: sender) }
    }

    var testDescription: String { name }

    func call(_ cognito: Cognito, _ more: Members = [:], from sender: Sender = .administrator) async -> Answer {
        await invoke(cognito, input(cognito).with(more), sender)
    }
}
