import CognitoModel
import Domain
import Synchronization
import Testing

@testable import Accounts

@Suite(.timeLimit(.minutes(1))) struct ProofGateTests {
    private let gate = ProofGate()
    private let ada = AttemptSubject.user(sub: "ada")
    private let bob = AttemptSubject.user(sub: "bob")

    private static func lockout(_ failures: Int) -> PasswordLockout {
        PasswordLockout(failures: failures, lastFailure: AccountsFixture.now)
    }

    /// Takes a turn in which so many failures are counted, and tells those that were known.
    private func count(
        _ failures: Int?,
        of subject: AttemptSubject,
        since ticket: ProofTicket,
        known: Int? = nil
    ) async -> Int? {
        await gate.withTurn(of: subject, since: ticket, known: known.map(Self.lockout)) { lockout in
            (lockout?.failures, failures.map(Self.lockout))
        }
    }

    @Test("what was counted since the user was read counts, and what was read counts otherwise")
    func tickets() async {
        let before = gate.ticket()
        #expect(await count(1, of: ada, since: before) == nil)
        let after = gate.ticket()
        #expect(await count(nil, of: ada, since: before, known: nil) == 1)
        #expect(await count(nil, of: ada, since: before, known: 7) == 1)
        // Who reads the user later has read what was counted, or that it was forgotten.
        #expect(await count(nil, of: ada, since: after, known: 7) == 7)
        #expect(await count(nil, of: ada, since: after, known: nil) == nil)
        #expect(await count(nil, of: bob, since: before, known: nil) == nil)
    }

    @Test("one user's proofs come one after the other, in the order in which they came")
    func order() async {
        let events = Events()
        let (entered, release) = (Signal(), Signal())
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [gate, ada] in
                await gate.withTurn(of: ada, since: gate.ticket(), known: nil) { _ in
                    entered.send()
                    await release.wait()
                    events.append(0)
                    return ((), nil)
                }
            }
            await entered.wait()
            for number in 1...20 {
                group.addTask { [gate, ada] in
                    await gate.withTurn(of: ada, since: gate.ticket(), known: nil) { _ in
                        events.append(number)
                        return ((), nil)
                    }
                }
            }
            for _ in 0..<1000 { await Task.yield() }
            #expect(events.all == [])
            release.send()
        }
        #expect(events.all.first == 0)
        #expect(events.all.sorted() == Array(0...20))
    }

    @Test("two users don't wait for each other")
    func independence() async {
        let (bobIsDone, adaHasBegun) = (Signal(), Signal())
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [gate, ada] in
                await gate.withTurn(of: ada, since: gate.ticket(), known: nil) { _ in
                    adaHasBegun.send()
                    // Would wait for ever, if Bob waited for Ada.
                    await bobIsDone.wait()
                    return ((), nil)
                }
            }
            await adaHasBegun.wait()
            #expect(await count(1, of: bob, since: gate.ticket()) == nil)
            bobIsDone.send()
        }
    }

    @Test("a turn that ends with an error is passed on, and counts nothing")
    func errors() async {
        let before = gate.ticket()
        for _ in 0..<3 {
            await #expect(throws: SignInFailure.locked) {
                try await gate.withTurn(of: ada, since: before, known: nil) { _ -> (Void, PasswordLockout?) in
                    throw SignInFailure.locked
                }
            }
        }
        #expect(await count(nil, of: ada, since: before) == nil)
    }

    @Test("only so many users are remembered, the newest among them")
    func limit() async {
        let before = gate.ticket()
        for number in 0..<3 * 4096 { _ = await count(1, of: .user(sub: "u\(number)"), since: before) }
        #expect(await count(nil, of: .user(sub: "u0"), since: before, known: 9) == 9)
        #expect(await count(nil, of: .user(sub: "u\(3 * 4096 - 1)"), since: before, known: 9) == 1)
        #expect(await count(nil, of: .user(sub: "u\(2 * 4096)"), since: before, known: 9) == 1)
    }
}

/// Something that happens once, and that others wait for.
private final class Signal: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    func send() { continuation.finish() }

    func wait() async { for await _ in stream {} }
}

/// What happened, in order.
private final class Events: Sendable {
    private let numbers = Mutex<[Int]>([])

    var all: [Int] { numbers.withLock { $0 } }

    func append(_ number: Int) { numbers.withLock { $0.append(number) } }
}
