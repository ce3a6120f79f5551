import CognitoModel
import Cryptography
import Domain
import FoundationEssentials
import Storage

/// `martlet keys rotate-signing`: new signing keys for one pool or all.
struct SigningKeysCommand: Sendable {
    private static let batch = 100

    static let flags = [
        Flag("pool", "ID", "rotate-signing: the pool that gets new signing keys"),
        Flag("all", nil, "rotate-signing: every pool gets new signing keys"),
        Flag("now", nil, "rotate-signing: they sign at once, not when everyone has fetched them"),
        Flag("compromised", nil, "rotate-signing: they sign at once, and tokens that the old ones signed are void"),
    ]

    private let pool: String?
    private let schedule: SigningKeySchedule

    init(_ values: FlagValues) throws {
        pool = values["pool"]
        guard (pool == nil) == values.isOn("all") else {
            throw UsageError("keys rotate-signing: say either --pool ID or --all")
        }
        schedule = values.isOn("compromised") ? .compromised : values.isOn("now") ? .atOnce : .publishedAhead
    }

    func run(_ store: Store, _ print: (String) -> Void) async throws {
        let rotator = SigningKeyRotator(
            store: store,
            identifiers: IdentifierGenerator(random: .system),
            clock: .system,
            makeKey: { try RSAPrivateKey.generate() }
        )
        if let pool {
            guard let generation = try await store.signingKeys.generation(of: pool) else {
                throw UsageError("keys rotate-signing: there is no pool \(pool)")
            }
            try await rotate(generation, rotator, print)
            return
        }
        var last = ""
        while true {
            let generations = try await store.signingKeys.generations(after: last, limit: Self.batch)
            for generation in generations { try await rotate(generation, rotator, print) }
            guard let next = generations.last?.poolID else { return }
            last = next
        }
    }

    private func rotate(
        _ generation: SigningKeyRepository.Generation,
        _ rotator: SigningKeyRotator,
        _ print: (String) -> Void
    ) async throws {
        let now = WallClock.system.now()
        if schedule == .publishedAhead, now < generation.signsFrom {
            print("\(generation.poolID)\thas new keys already, which sign from \(Self.text(generation.signsFrom))")
        } else if try await rotator.rotate(generation, schedule) {
            print(
                "\(generation.poolID)\tnew keys sign from \(Self.text(schedule.signsFrom(now))), "
                    + "older ones leave the key set at \(Self.text(schedule.olderKeysExpire(now)))"
            )
        } else {
            print("\(generation.poolID)\twas deleted, or got new keys from elsewhere just now")
        }
    }

    private static func text(_ time: Timestamp) -> String {
        Date(timeIntervalSince1970: TimeInterval(time.seconds)).formatted(.iso8601)
    }
}
