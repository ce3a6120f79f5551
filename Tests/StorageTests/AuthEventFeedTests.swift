import CognitoModel
import Domain
import Synchronization
import Testing

@testable import Storage

@Suite("Whoever listens is told of events")
struct AuthEventFeedTests {
    private static func event(isSimulated: Bool = false) -> AuthEvent {
        let now = Timestamp(milliseconds: 0)
        let user = User(
            poolID: "us-east-1_1",
            sub: "1",
            username: "ada",
            status: .confirmed,
            attributes: UserAttributes(),
            createdAt: now,
            modifiedAt: now
        )
        return AuthEvent(
            .signIn,
            of: user,
            isSimulated: isSimulated,
            id: "1",
            at: now,
            .pass,
            challenges: [],
            risk: EventRiskType(),
            from: SignInPlace(address: nil, userAgent: nil, encodedData: nil)
        )
    }

    @Test("of each, but of nobody's")
    func told() {
        let feed = AuthEventFeed()
        let count = Mutex(0)
        feed.tell(Self.event())
        feed.listen { _ in count.withLock { $0 += 1 } }
        feed.tell(nil)
        feed.tell(Self.event(isSimulated: true))
        feed.tell(Self.event())
        #expect(count.withLock(\.self) == 1)
    }

    /// A listener that was wrapped anew each time ended the stack, and with it the server, after some nine thousand.
    @Test("however many there are")
    func many() {
        let (feed, event) = (AuthEventFeed(), Self.event())
        let count = Mutex(0)
        feed.listen { _ in count.withLock { $0 += 1 } }
        for _ in 0..<200_000 { feed.tell(event) }
        #expect(count.withLock(\.self) == 200_000)
    }
}
