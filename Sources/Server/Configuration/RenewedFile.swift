import AWSSignature
import CognitoModel
import OperatingSystem
import Synchronization

/// What a file of secrets says, which is read anew when it may have changed: whoever renews tokens, passwords or keys writes
/// them there. It is checked then as at the start. Where it doesn't pass, what was good stays, and the log says so once.
final class RenewedFile<Value: Sendable>: Sendable {
    private struct State {
        var value: Value
        var readAt = ContinuousClock.now
        var isRefused = false
    }

    private let path: String
    private let age: Duration
    private let log: @Sendable ([UInt8]) -> Void
    private let read: @Sendable () throws -> Value
    private let state: Mutex<State>

    /// `read` reads and checks the file; what it throws at the start is thrown on. `age` is how old what was read may be.
    init(
        _ path: String,
        age: Duration = .seconds(1),
        log: @escaping @Sendable ([UInt8]) -> Void = { StandardStream.error.write($0) },
        read: @escaping @Sendable () throws -> Value
    ) throws {
        self.path = path
        self.age = age
        self.log = log
        self.read = read
        state = Mutex(State(value: try read()))
    }

    /// What the file says, or said when it was last good.
    var value: Value {
        state.withLock { state in
            guard state.readAt.duration(to: .now) >= age else { return state.value }
            state.readAt = .now
            do {
                state.value = try read()
                if state.isRefused { note("a file of secrets is followed again") }
                state.isRefused = false
            } catch {
                if !state.isRefused { note("a file of secrets can't be followed: what it said before is used", error) }
                state.isRefused = true
            }
            return state.value
        }
    }

    private func note(_ message: String, _ cause: (any Error)? = nil) {
        var json = JSONWriter(capacity: 256)
        json.beginObject()
        json.member("message", message)
        json.member("file", path)
        json.member("cause", cause.map { "\($0)" })
        json.endObject()
        log(json.bytes)
    }
}

extension RenewedFile: CredentialSource where Value == AWSCredentials {
    func credentials() -> AWSCredentials? { value }
}
