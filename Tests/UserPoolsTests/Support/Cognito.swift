import CognitoModel
import Cryptography
import Database
import DatabaseTestSupport
import Domain
import HTTPTransport
import Messaging
import Operations
import SignIn
import Storage
import Synchronization
import Testing
import UserPools

@testable import Server

/// The whole application without a socket, on a database that is gone afterwards, with a clock that tests move, a pool
/// and a client.
struct Cognito: Sendable {
    let application: Application
    let clock: TestClock
    let outbox: Outbox
    let functions: Functions
    let events: SignInEvents
    /// As the application makes them.
    let simulatedUsers: SimulatedUsers
    /// The pool that was made first.
    var pool = ""
    /// Its client.
    var client = TestClient(id: "", pool: "", secret: nil)

    /// Runs the body with an application in which there are a pool and a client of these settings.
    static func run(
        on engine: TestEngine = .sqlite,
        pool: Members = [:],
        client: Members = [:],
        _ body: (Cognito) async throws -> Void
    ) async throws {
        try await ApplicationStock.on(engine).with { cognito in
            var cognito = cognito
            cognito.pool = try await cognito.makePool(pool)
            cognito.client = try await cognito.makeClient(client, in: cognito.pool)
            try await body(cognito)
        }
    }

    /// Opens an application on the database.
    static func open(_ database: String, enforcesLimits: Bool = false) async throws -> Cognito {
        let (clock, outbox, events, keys) = (TestClock(), Outbox(), SignInEvents(), TestKeys())
        let functions = Functions()
        var parts = ApplicationParts()
        parts.clock = clock.wallClock
        parts.databaseOptions = .small
        parts.log = nil
        parts.signatures = { TestSignatures(real: SignatureVerifier(accessKeys: $0.accessKeys)) }
        parts.makeKey = { try keys.next() }
        parts.delivery = outbox
        parts.functions = functions
        parts.codeEncryption = ReversingEncryption()
        parts.observer = { events.add($0) }
        let development = try Configuration.development([], environment: [:])
        var configuration = Configuration(
            mode: .development(region: Sender.administrator.region, accountID: Sender.administrator.account),
            listener: development.listener,
            database: DatabaseConfiguration(url: database),
            masterKeys: .ofThisProcess,
            signingKeys: .unlimited,
            issuer: .publicURL("https://cognito.test"),
            domains: development.domains
        )
        configuration.protection.compromisedPasswords = try CompromisedList.path.get()
        configuration.protection.enforcesLimits = enforcesLimits
        let application = try await Application.open(configuration, port: 8484, parts: parts)
        let hasher = try PasswordHasher(vault: application.store.vault, random: .system)
        return Cognito(
            application: application,
            clock: clock,
            outbox: outbox,
            functions: functions,
            events: events,
            simulatedUsers: SimulatedUsers(vault: application.store.vault, passwords: hasher)
        )
    }

    /// Takes away what an earlier test left, and begins a second.
    func refresh() {
        outbox.clear()
        functions.clear()
        events.clear()
        clock.begin()
    }

    /// Calls an operation and gives what it answers. An error that the operation's model doesn't declare is an issue.
    @discardableResult
    func call<Called: Operation>(
        _ operation: Called.Type,
        _ input: Members,
        from sender: Sender = .administrator,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async -> Answer {
        let name = String(describing: operation)
        var headers = sender.headers
        headers.append("Host", "cognito-idp.test")
        headers.append("Content-Type", "application/x-amz-json-1.1")
        headers.append("X-Amz-Target", "\(ServiceModel.userPools.targetPrefix).\(name)")
        let request = HTTPRequest(
            method: "POST",
            path: "/",
            headers: headers,
            body: input.json?.jsonBytes ?? [],
            remoteAddress: sender.address
        )
        let answer = Answer(await application.gateway.responder(for: request).respond())
        await application.messages.drain()
        Outcomes.note(name, answer.refusal)
        if let refusal = answer.refusal, !Declared.codes(of: name).contains(refusal.code) {
            Issue.record("\(name) doesn't declare \(refusal)", sourceLocation: sourceLocation)
        }
        return answer
    }

    /// As `call`, and throws where it isn't answered with success.
    @discardableResult
    func ok<Called: Operation>(
        _ operation: Called.Type,
        _ input: Members,
        from sender: Sender = .administrator,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        let answer = await call(operation, input, from: sender, sourceLocation: sourceLocation)
        try #require(answer.refusal == nil, sourceLocation: sourceLocation)
        return answer
    }
}

/// What operations may answer.
private enum Declared {
    /// Declared nowhere, but promised by the text of the model: see docs/ARCHITECTURE.md.
    private static let promised = ["AdminCreateUser": "AliasExistsException"]

    private static let table: [String: Set<String>] = Dictionary(
        uniqueKeysWithValues: ServiceModel.userPools.operations.map { operation in
            let declared = (operation.errors + ErrorCode.protocolCodes).map(\.name)
            return (operation.name, Set(declared + [promised[operation.name]].compactMap { $0 }))
        }
    )

    static func codes(of operation: String) -> Set<String> { table[operation] ?? [] }
}

/// A few RSA keys for the pools of all tests, as making them takes long: enough that three pools made after each other
/// have their own.
private final class TestKeys: Sendable {
    private static let keys = Result { try (0..<6).map { _ in try RSAPrivateKey.generate() } }

    private let taken = Mutex(0)

    func next() throws -> RSAPrivateKey {
        let number = taken.withLock { taken in
            taken += 1
            return taken
        }
        let keys = try Self.keys.get()
        return keys[number % keys.count]
    }
}
