import CognitoModel
import Cryptography
import Database
import DatabaseTestSupport
import Domain
import JOSE
import Messaging
import Storage
import Synchronization
import Triggers

/// A node that sends messages, on a database that is gone afterwards, with a clock that tests set.
struct MessagingFixture: Sendable {
    static let now = Timestamp(milliseconds: 1_795_000_000_000)

    let url: String
    let clock: TestClock
    let store: Store
    let line: Line
    let log: EventLog
    let sender: MessageSender
    let pool: UserPool

    /// Whom a node asks beside the database.
    struct Parts: Sendable {
        var functions: any FunctionCaller = NoFunctions()
        var encryption: any CodeEncryption = OperatorCodeEncryption(keys: [:], anyKey: nil, random: .system)
        /// The pool's.
        var lambdaConfig: LambdaConfigType?
    }

    private let parts: Parts

    static func run(
        _ engine: TestEngine,
        _ parts: Parts = Parts(),
        _ body: (MessagingFixture) async throws -> Void
    ) async throws {
        try await engine.withURL { url in
            let clock = TestClock()
            let fixture = try await MessagingFixture(url, parts, clock: clock, isNew: true)
            do {
                try await body(fixture)
            } catch {
                await fixture.store.database.close()
                throw error
            }
            await fixture.store.database.close()
        }
    }

    /// Another node on the same database.
    func otherNode(_ body: (MessagingFixture) async throws -> Void) async throws {
        let other = try await MessagingFixture(url, parts, clock: clock, isNew: false)
        do {
            try await body(other)
        } catch {
            await other.store.database.close()
            throw error
        }
        await other.store.database.close()
    }

    private init(_ url: String, _ parts: Parts, clock: TestClock, isNew: Bool) async throws {
        self.url = url
        self.parts = parts
        self.clock = clock
        store = Store(
            database: try openDatabase(url, options: .small),
            vault: try Vault(masterKeys: [MasterKey([UInt8](repeating: 7, count: 32))]),
            clock: clock.wallClock
        )
        let (line, log) = (Line(), EventLog())
        self.line = line
        self.log = log
        sender = MessageSender(
            store: store,
            triggers: TriggerService(functions: parts.functions),
            delivery: line,
            identifiers: IdentifierGenerator(random: .system),
            clock: clock.wallClock,
            encryption: parts.encryption
        ) { log.add($0) }
        pool = Self.pool("us-east-1_Test00001", parts)
        try await store.prepare()
        if isNew { _ = try await store.pools.create(pool, keys: Self.keys.get(), now: Self.now) }
    }

    private static func pool(_ id: String, _ parts: Parts) -> UserPool {
        var configuration = UserPoolType(id: id, name: "test")
        configuration.schemaAttributes = StandardAttributes.schema
        configuration.lambdaConfig = parts.lambdaConfig
        return UserPool(id: id, region: "us-east-1", accountID: "000000000000", configuration: configuration)
    }

    /// A further pool, which is made.
    func makePool(_ id: String) async throws -> UserPool {
        let made = Self.pool(id, parts)
        _ = try await store.pools.create(made, keys: Self.keys.get(), now: Self.now)
        return made
    }

    private static let keys = Result {
        TokenKeys(
            id: try SigningKey(id: "id", privateKey: .generate()),
            access: try SigningKey(id: "access", privateKey: .generate())
        )
    }

    func user(_ name: String = "ada", sub: String = "00000000-0000-4000-8000-00000000ada0") -> User {
        User(
            poolID: pool.id,
            sub: sub,
            username: name,
            status: .confirmed,
            attributes: UserAttributes([UserAttribute("email", "\(name)@example.com")]),
            createdAt: Self.now,
            modifiedAt: Self.now
        )
    }

    /// A message with that code, which is good for an hour, by a call that began so long ago.
    func message(
        _ code: String = "123456",
        handling: MessageHandling = .delivered,
        isLimited: Bool = false,
        secondsAgo: Int64 = 0,
        to address: String = "ada@example.com",
        in pool: UserPool? = nil
    ) throws -> PreparedMessage {
        var draft = MessageDraft(
            to: user(),
            at: CodeDestination(UserAttribute(address.hasPrefix("+") ? "phone_number" : "email", address)),
            .forgotPassword,
            by: TriggerCaller(clientID: "client", clientMetadata: ["k": "v"]),
            handling: handling,
            words: ("Subject", "Code \(code)"),
            expiresAt: clock.now.adding(seconds: 3600)
        )
        draft.code = code
        draft.isLimited = isLimited
        return try sender.prepare(draft, in: pool ?? self.pool, now: clock.now.adding(seconds: -secondsAgo))
    }

    /// A message whose caller hangs up while it is handed over, to a line that hangs.
    func hangUp() async throws -> PreparedMessage {
        line.hang()
        let message = try self.message()
        try await store.outbox.put(message.stored)
        await withDiscardingTaskGroup { group in
            group.addTask { try? await sender.send(message) }
            while line.hanging == 0 { await Task.yield() }
            group.cancelAll()
        }
        return message
    }

    func count() async throws -> Int { try await store.outbox.count() }

    /// The rows of the outbox: when each is due, and how many of its tries failed.
    func rows() async throws -> [(due: Int64, attempts: Int, sealed: [UInt8])] {
        try await store.database.read { connection in
            try connection.rows("select due_at, attempts, sealed from outbox order by due_at").map {
                (try $0.integer(0), try $0.int(1), try $0.bytes(2))
            }
        }
    }
}

/// A clock that stands still until it is told to move.
final class TestClock: Sendable {
    private let time = Mutex(MessagingFixture.now)

    var wallClock: WallClock { WallClock { self.now } }

    var now: Timestamp { time.withLock { $0 } }

    func advance(seconds: Int64) { time.withLock { $0 = $0.adding(seconds: seconds) } }
}

/// Keeps what it is given, or fails.
final class Line: MessageDelivery {
    struct Down: Error {}

    private let kept = Mutex<[Message]>([])
    private let failing = Mutex<Bool?>(nil)
    private let hangs = Mutex<(channels: Set<Message.Channel>, pools: Set<String>?, count: Int)>(([], nil, 0))

    var codes: [String] { kept.withLock { $0.compactMap(\.code) } }
    var messages: [Message] { kept.withLock { $0 } }

    /// Fails from now on, for good or not; nil: works.
    func fail(permanently: Bool?) { failing.withLock { $0 = permanently } }

    /// Takes messages from now on, or those of some pools, and does nothing with them, until it goes on.
    func hang(_ channels: Set<Message.Channel> = [.email, .sms], of pools: Set<String>? = nil) {
        hangs.withLock { ($0.channels, $0.pools) = (channels, pools) }
    }

    func goOn() { hang([]) }

    /// How many it took.
    var hanging: Int { hangs.withLock { $0.count } }

    func deliver(_ message: Message) async throws(DeliveryFailure) {
        let hangs = hangs.withLock { hangs in
            let isHanging =
                hangs.channels.contains(message.channel) && hangs.pools?.contains(message.poolID) ?? true
            hangs.count += isHanging ? 1 : 0
            return isHanging
        }
        if hangs {
            while self.hangs.withLock({ $0.channels.contains(message.channel) }), !Task.isCancelled {
                try? await Task.sleep(for: .milliseconds(1))
            }
            guard !Task.isCancelled else {
                throw DeliveryFailure(message.channel, isPermanent: false, cause: CancellationError())
            }
        }
        if let isPermanent = failing.withLock({ $0 }) {
            throw DeliveryFailure(message.channel, isPermanent: isPermanent, cause: Down())
        }
        kept.withLock { $0.append(message) }
    }
}

/// Keeps what became of messages.
final class EventLog: Sendable {
    private let kept = Mutex<[MessageEvent]>([])

    var outcomes: [MessageOutcome] { kept.withLock { $0.map(\.outcome) } }

    /// Why messages weren't sent, as the log has it.
    var causes: [String] { kept.withLock { $0.compactMap(\.failure).map { "\($0.cause)" } } }

    func add(_ event: MessageEvent) { kept.withLock { $0.append(event) } }
}
