import Accounts
import Cryptography
import Database
import Delivery
import Domain
package import Messaging
import NetworkClient
import OperatingSystem
import Operations
import SignIn
package import Storage
import Triggers
package import UserPools

/// Everything behind the socket, put together and open.
package struct Application: Sendable {
    private static let sweepInterval = Duration.seconds(60)

    /// Answers the requests.
    package let gateway: Gateway
    /// Answers health and metrics on the port that is theirs alone; nil where they have none.
    package let monitor: Gateway?
    /// What is stored.
    package let store: Store
    /// In dev, the messages that were "sent".
    package let inbox: MessageInbox?
    /// What was counted.
    package let metrics: Metrics
    /// Sends messages to users.
    package let messages: MessageSender
    /// Works the jobs that import users.
    package let imports: ImportWorker
    private let clock: WallClock
    private let signingKeyAge: Int64?
    private let rotator: SigningKeyRotator
    private let logs: LogExporter?
    private let stock: SigningKeyStock
    private let opened: OpenResources

    /// Puts it together for a server that listens on `port`. Whatever fails, what was opened until then is closed.
    /// Throws `UsageError` or `StartFailure`, which say it in one line.
    package static func open(
        _ configuration: Configuration,
        port: UInt16,
        parts: ApplicationParts = ApplicationParts()
    ) async throws -> Application {
        var opened = OpenResources()
        do {
            return try await Application(configuration, port: port, parts: parts, opened: &opened)
        } catch {
            await opened.close()
            throw error is UsageError || error is StartFailure ? error : StartFailure("can't start", error)
        }
    }

    private init(
        _ configuration: Configuration,
        port: UInt16,
        parts: ApplicationParts,
        opened: inout OpenResources
    ) async throws {
        try configuration.database.prepareFolder()
        let vault = try configuration.masterKeys.vault(random: parts.random)
        // Takes a processor as long as the schema of a new database, so both go on at once.
        async let hasher = PasswordHasher(vault: vault, random: parts.random)
        store = try await Store.open(
            configuration.database,
            vault: vault,
            clock: parts.clock,
            prefixDomainBase: configuration.domains.prefixBase,
            options: parts.databaseOptions,
            into: &opened
        )
        let metrics = Metrics()
        let log = RequestLog(stream: parts.log)
        let audit: AuditLog?
        do {
            audit = try configuration.audit.map { configuration throws(FileFailure) in try AuditLog(configuration) }
        } catch {
            throw StartFailure("can't write the audit log", error)
        }
        // Opens nothing until an entry is posted.
        let logClient = NetworkClient()
        opened.add { await logClient.close() }
        let logs: LogExporter?
        do {
            let pools = store.pools
            logs = try configuration.logDelivery.map { delivery throws(FileFailure) in
                let webhook = delivery.webhook.map { place in
                    LogWebhook(place, client: logClient, clock: parts.clock, random: parts.random) {
                        metrics.recordLog($0, count: $1)
                    }
                }
                return try LogExporter(path: delivery.file, webhook: webhook, pools: pools)
            }
        } catch {
            throw StartFailure("can't write pools' logs", error)
        }
        if let logs {
            store.eventFeed.listen { logs.add(DeliveredLog($0, writtenAt: parts.clock.now())) }
            opened.add { await logs.finish() }
        }
        self.logs = logs
        inbox = configuration.mode == .production ? nil : MessageInbox()
        // Opens nothing until a message is sent.
        let messengers = NetworkClient()
        opened.add { await messengers.close() }
        let delivery: any MessageDelivery =
            parts.delivery
            ?? configuration.messages.delivery(inbox: inbox, client: messengers, clock: parts.clock) { failure in
                log.write(passedOver: failure, at: parts.clock.now())
            }
        let stock = SigningKeyStock()
        opened.add { await stock.close() }
        let hosts = configuration.domains.hosts(port: port)
        // Opens nothing until a function is called.
        let functions = NetworkClient(limits: configuration.functions.networkLimits)
        opened.add { await functions.close() }
        let services = try await Services(
            store: store,
            clock: parts.clock,
            random: parts.random,
            hasher: hasher,
            issuer: configuration.issuer.issuer(port: port),
            hosts: hosts,
            delivery: delivery,
            functions: parts.functions
                ?? configuration.functions.caller(transport: functions, clock: parts.clock, random: parts.random) {
                    call in
                    metrics.recordFunction(call)
                    if case .unreachable = call.outcome { log.write(call, at: parts.clock.now()) }
                },
            codeEncryption: parts.codeEncryption ?? configuration.functions.codeEncryption(random: parts.random),
            compromisedPasswords: configuration.protection.compromisedPasswords.map(CompromisedPasswordFile.init),
            makeKey: parts.makeKey ?? { try await stock.take() },
            observer: { event in
                metrics.recordSignIn(flow: event.step, outcome: event.result.rawValue)
                audit?.write(event, at: parts.clock.now())
                parts.observer?(event)
            },
            messageLimits: configuration.protection.messageLimits,
            messageObserver: { event in
                metrics.recordMessage(channel: event.channel.rawValue, outcome: event.outcome)
                if let failure = event.failure?.cause as? TransportFailure {
                    metrics.recordRefusal(channel: event.channel.rawValue, kind: failure.kind)
                }
                log.write(event, at: parts.clock.now())
                logs?.add(event, writtenAt: parts.clock.now())
            },
            pinsIdentifiers: configuration.mode != .production
        )
        let monitoring = MonitoringEndpoints(database: store.database, metrics: metrics)
        let isMonitoredElsewhere = configuration.listener.monitoring != nil
        func gateway(_ router: Router) -> Gateway {
            Gateway(
                router: router,
                trustedProxies: configuration.listener.trustedProxies,
                clock: parts.clock,
                identifiers: services.identifiers,
                metrics: metrics,
                log: log,
                audit: audit
            )
        }
        self.gateway = gateway(
            .all(
                services,
                hosts: hosts,
                signatures: try parts.signatures?(store) ?? Self.signatureCheck(configuration.mode, store),
                limiter: configuration.protection.enforcesLimits ? store.limits.limiter : nil,
                monitoring: monitoring,
                isMonitoredElsewhere: isMonitoredElsewhere,
                inbox: inbox
            )
        )
        monitor = isMonitoredElsewhere ? gateway(Router([monitoring.healthRoute, monitoring.metricsRoute])) : nil
        self.metrics = metrics
        messages = services.messages
        clock = parts.clock
        signingKeyAge = configuration.signingKeys.age
        imports = try ImportWorker(services: services) { log.write($0, $1, $2, at: parts.clock.now()) }
        rotator = SigningKeyRotator(
            store: store,
            identifiers: services.identifiers,
            clock: parts.clock,
            makeKey: services.makeKey
        )
        self.stock = stock
        self.opened = opened
    }

    /// Does what goes on beside the requests, until it is cancelled: hears of changes on other nodes, deletes what has
    /// run out, sends messages, imports users, and makes signing keys.
    package func maintain() async {
        stock.fill()
        await withDiscardingTaskGroup { group in
            group.addTask { await store.directory.follow(store.database) }
            group.addTask { await store.limits.follow() }
            group.addTask { await sweep() }
            group.addTask {
                await imports.run { _ in StandardStream.error.write(#"{"message":"importing users failed"}"#) }
            }
            group.addTask {
                await messages.run { _ in StandardStream.error.write(#"{"message":"the outbox can't be worked"}"#) }
            }
            if let logs { group.addTask { await logs.run() } }
            if let signingKeyAge { group.addTask { await rotator.keepKeys(youngerThan: signingKeyAge) } }
        }
    }

    /// Closes what was opened. No request may be in flight.
    package func close() async { await opened.close() }

    /// What can't be deleted now can be next time.
    private func sweep() async {
        while (try? await Task.sleep(for: Self.sweepInterval)) != nil {
            do {
                try await store.sweep(now: clock.now())
            } catch {
                StandardStream.error.write(#"{"message":"deleting what has expired failed"}"#)
            }
        }
    }

    private static func signatureCheck(_ mode: ServerMode, _ store: Store) -> any SignatureCheck {
        switch mode {
        case .development(let region, let accountID):
            WithoutSignatureCheck(defaultRegion: region, accountID: accountID)
        case .production: SignatureVerifier(accessKeys: store.accessKeys)
        }
    }
}
