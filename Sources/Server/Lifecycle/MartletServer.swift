import CognitoModel
import Cryptography
import Database
package import Domain
import FoundationEssentials
import HTTPTransport
import OperatingSystem
import Operations
import SignIn
import Storage
import UserPools

/// The server: puts everything together, runs until a signal comes, and leaves nothing half-done.
package struct MartletServer: Sendable {
    /// How long requests in flight have when a signal comes.
    private static let drainTime = Duration.seconds(10)
    private static let sweepInterval = Duration.seconds(60)
    /// How many requests are handled at once, for each processor. Time in the server is this over the requests that a
    /// processor serves in a second, so it decides how long those wait who aren't refused: a processor makes some 700
    /// sign-ins a second, and 250 where overload takes most of it for refusals.
    private static let requestsInFlight = 64

    private let configuration: Configuration

    package init(_ configuration: Configuration) { self.configuration = configuration }

    /// Serves until SIGTERM or SIGINT. `ready` is told the port once the first request can come.
    package func run(ready: (UInt16) -> Void) async throws {
        let termination = TerminationSignals()
        let clock = WallClock.system
        let vault = try makeVault()
        try DatabaseFolder.check(configuration.databaseURL)
        let database = try openDatabase(configuration.databaseURL)
        let store = Store(database: database, vault: vault, clock: clock)
        do {
            try await store.prepare()
        } catch {
            await database.close()
            throw error
        }

        let socket = try ListeningSocket(host: configuration.host, port: configuration.port)
        let port = socket.port
        let metrics = Metrics()
        let inbox = MessageInbox()
        let stock = SigningKeyStock()
        let actual = configuration.listening(on: port)
        let isDevelopment = actual.mode != .production
        let services = try Services(
            store: store,
            clock: clock,
            random: .system,
            issuer: actual.issuer,
            delivery: isDevelopment ? inbox : OutputDelivery(stream: .output),
            makeKey: { try await stock.take() },
            observer: { metrics.recordSignIn(flow: $0.step, outcome: $0.result.rawValue) },
            pinsIdentifiers: isDevelopment
        )
        let gateway = Gateway(
            router: .all(
                services,
                signatures: signatureCheck(store),
                metrics: metrics,
                inbox: isDevelopment ? inbox : nil
            ),
            clock: clock,
            identifiers: services.identifiers,
            metrics: metrics,
            log: RequestLog(stream: .error)
        )
        let server = try HTTPServer(
            on: socket,
            limits: Self.limits,
            rejection: { gateway.reject($0, $1) },
            responder: { gateway.responder(for: $0) }
        )
        ready(port)

        await withDiscardingTaskGroup { group in
            group.addTask { await store.directory.follow(database) }
            group.addTask { await Self.sweep(store, clock) }
            await termination.wait()
            await server.drain(within: Self.drainTime)
            await server.stop()
            await stock.close()
            group.cancelAll()
            await database.close()
        }
        StandardStream.error.flush()
        StandardStream.output.flush()
    }

    private static var limits: HTTPServerLimits {
        var limits = HTTPServerLimits()
        limits.maximumRequestsInFlight = requestsInFlight * limits.workerThreads
        limits.maximumConnections = 20_000
        return limits
    }

    private func makeVault() throws -> Vault {
        guard let file = configuration.masterKeyFile else {
            return try Vault(masterKeys: [RandomSource.system.bytes(32)])
        }
        if configuration.mode != .production {
            let folder = String(
                file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            )
            do {
                try FileManager.default.createDirectory(
                    atPath: folder,
                    withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700]
                )
            } catch {
                throw UsageError("--data: the folder \(folder) can't be made: \(error)")
            }
            try MasterKeyFile.makeIfAbsent(file)
        }
        return try Vault(masterKeys: MasterKeyFile.read(file))
    }

    private func signatureCheck(_ store: Store) -> any SignatureCheck {
        switch configuration.mode {
        case .development(let region, let accountID):
            WithoutSignatureCheck(defaultRegion: region, accountID: accountID)
        case .production: SignatureVerifier(accessKeys: store.accessKeys)
        }
    }

    /// Deletes what has run out, now and then. What can't be deleted now can be next time.
    private static func sweep(_ store: Store, _ clock: WallClock) async {
        while (try? await Task.sleep(for: sweepInterval)) != nil {
            do {
                try await store.sweep(now: clock.now())
            } catch {
                StandardStream.error.write(#"{"message":"sweeping failed"}"#)
            }
        }
    }
}

extension WallClock {
    /// The system's clock.
    package static let system = WallClock {
        Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }
}
