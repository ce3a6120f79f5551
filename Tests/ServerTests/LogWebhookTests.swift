import Cryptography
import Domain
import NetworkClient
import Synchronization
import Testing

@testable import Server

/// The webhook to which pools' logs are posted: what Tests/Wire doesn't see of it.
@Suite struct LogWebhookTests {
    @Test("past a pool's bound entries are dropped, and so is what is left at the end; all of them are counted")
    func bounded() async throws {
        let dropped = Counter()
        let client = NetworkClient()
        let webhook = LogWebhook(
            LogDeliveryConfiguration.Webhook(
                url: "http://127.0.0.1:1/",
                secrets: { ["secret"] },
                addressPolicy: .anyAddress,
                trust: .system
            ),
            client: client,
            clock: .system,
            random: .system
        ) { outcome, count in
            #expect(outcome == .dropped)
            dropped.add(count)
        }
        for _ in 0..<5_003 { webhook.add([1], of: "loud") }
        #expect(dropped.count == 3)
        // Whoever comes next finds room.
        for _ in 0..<2_500 { webhook.add([1], of: "quiet") }
        #expect(dropped.count == 3)
        // Nobody is there.
        await webhook.finish(within: .seconds(5))
        #expect(dropped.count == 7_503)
        await client.close()
    }

    @Test(
        "what can't be followed",
        arguments: [
            ["--log-delivery-webhook", "https://a.example"], ["--log-delivery-secret-file", "secret"],
            ["--log-delivery-ca", "ca"], ["--log-delivery-webhook", "ftp://a", "--log-delivery-secret-file", "none"],
        ]
    )
    func refusals(arguments: [String]) {
        #expect(throws: UsageError.self) {
            let values = try FlagValues(arguments, flags: LogDeliveryConfiguration.flags, environment: [:])
            _ = try LogDeliveryConfiguration(values, reach: .named(networks: []))
        }
    }
}

private final class Counter: Sendable {
    private let value = Atomic(0)

    var count: Int { value.load(ordering: .relaxed) }

    func add(_ more: Int) { value.add(more, ordering: .relaxed) }
}
