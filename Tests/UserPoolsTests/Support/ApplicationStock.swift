import DatabaseTestSupport
import Synchronization
import Testing

/// A few applications that tests take one after the other, each for itself: to open one takes longer than most tests.
/// What a test leaves behind is in pools of its own, and the clock only ever goes on.
final class ApplicationStock: Sendable {
    private static let sqlite = ApplicationStock(size: 4) { try await Cognito.open("sqlite::memory:") }
    private static let postgreSQL = ApplicationStock(size: 2) {
        var opened: Cognito?
        try await TestEngine.postgreSQL.withURL { opened = try await Cognito.open($0) }
        return try #require(opened)
    }

    /// The applications on a database of that engine.
    static func on(_ engine: TestEngine) -> ApplicationStock { engine == .sqlite ? sqlite : postgreSQL }

    private struct State {
        var free: [Cognito] = []
        var opened = 0
        var waiting: [CheckedContinuation<Cognito, Never>] = []
    }

    private enum Taken {
        case free(Cognito)
        case toBeOpened, toBeAwaited
    }

    private let size: Int
    private let open: @Sendable () async throws -> Cognito
    private let state = Mutex(State())

    private init(size: Int, open: @escaping @Sendable () async throws -> Cognito) {
        self.size = size
        self.open = open
    }

    /// Runs the body with an application that nobody else has meanwhile.
    func with(_ body: (Cognito) async throws -> Void) async throws {
        let cognito = try await take()
        cognito.refresh()
        do {
            try await body(cognito)
        } catch {
            giveBack(cognito)
            throw error
        }
        giveBack(cognito)
    }

    private func take() async throws -> Cognito {
        let taken = state.withLock { state -> Taken in
            if let free = state.free.popLast() { return .free(free) }
            guard state.opened < size else { return .toBeAwaited }
            state.opened += 1
            return .toBeOpened
        }
        switch taken {
        case .free(let cognito): return cognito
        case .toBeOpened: return try await open()
        case .toBeAwaited: return await wait()
        }
    }

    private func wait() async -> Cognito {
        await withCheckedContinuation { continuation in
            let free = state.withLock { state -> Cognito? in
                if let free = state.free.popLast() { return free }
                state.waiting.append(continuation)
                return nil
            }
            if let free { continuation.resume(returning: free) }
        }
    }

    private func giveBack(_ cognito: Cognito) {
        let next = state.withLock { state -> CheckedContinuation<Cognito, Never>? in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.free.append(cognito)
            return nil
        }
        next?.resume(returning: cognito)
    }
}
