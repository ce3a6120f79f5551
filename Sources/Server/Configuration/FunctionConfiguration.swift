import Cryptography
import Domain
import EncryptionSDK
import NetworkClient
import OperatingSystem
import Triggers

/// Where the functions of pools are, and by which keys the codes are encrypted that they deliver.
package struct FunctionConfiguration: Sendable {
    /// Nil where the operator has named none: no pool's function is reached.
    private var places: FunctionPlaces?
    private var trust = TLSTrust.system
    private var codeKeys: [String: WrappingKey.Material] = [:]
    private var codeKey: WrappingKey.Material?

    static let flags = [
        Flag(
            "lambda-endpoint",
            "URL",
            "where functions are called by Lambda's Invoke API, but for those that --functions names; aws for AWS's own "
                + "endpoint in the region of a function's ARN"
        ),
        Flag(
            "functions",
            "FILE",
            "where functions are, by their ARNs: at an Invoke API, or at a webhook (docs/TRIGGERS.md has the form)"
        ),
        Flag(
            "functions-ca",
            "FILE",
            "certificates in PEM of the authorities that vouch for the functions' hosts, in place of the system's"
        ),
        Flag(
            "aws-credentials",
            "FILE",
            "an AWS credentials file, whose default profile signs what goes to AWS; without it AWS_ACCESS_KEY_ID, "
                + "AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN do"
        ),
        Flag(
            "code-encryption-key",
            "FILE",
            "the key that stands for the KMSKeyID of pools, under which codes for custom senders are encrypted: 32 bytes in "
                + "base64, or an RSA public key in PEM"
        ),
    ]

    /// Which private networks matter only where not all are open.
    static let productionFlags =
        flags + [
            Flag(
                "functions-networks",
                "LIST",
                "addresses and CIDR blocks, separated by commas, of the private networks where functions' hosts may be that "
                    + "are named, and not by their addresses"
            )
        ]

    /// None.
    package init() {}

    init(_ values: FlagValues, environment: [String: String]) throws {
        try self.init(values, environment: environment, reach: FunctionReach(values))
    }

    /// In dev every address is open.
    init(development values: FlagValues, environment: [String: String]) throws {
        try self.init(values, environment: environment, reach: .everywhere)
    }

    private init(_ values: FlagValues, environment: [String: String], reach: FunctionReach) throws {
        let reader = FunctionFile(
            reach: reach,
            credentials: try CredentialsFile.source(values["aws-credentials"], environment: environment)
        )
        let others = try values["lambda-endpoint"].map { try reader.lambda(at: $0, of: "--lambda-endpoint") }
        var named: [String: FunctionPlace] = [:]
        if let path = values["functions"] {
            let contents = try reader.read(path)
            named = contents.places
            codeKeys = contents.codeKeys
        }
        if others != nil || !named.isEmpty { places = FunctionPlaces(named: named, others: others) }
        trust = try TLSTrust.file(values["functions-ca"], of: "--functions-ca")
        codeKey = try values["code-encryption-key"].map { try CodeKeyFile.read($0, of: "--code-encryption-key") }
    }

    /// Functions share what is under way at once: where one answers nobody and all of its calls hang, the others have as much
    /// room as it.
    var networkLimits: NetworkClientLimits {
        var limits = NetworkClientLimits()
        limits.concurrentTransfers = 2 * max(places?.greatestConcurrency ?? 0, FunctionPlace.concurrency)
        return limits
    }

    /// What calls functions; nothing is opened before the first call.
    func caller(
        transport: any FunctionTransport,
        clock: WallClock,
        random: RandomSource,
        observer: @escaping @Sendable (FunctionCall) -> Void
    ) -> any FunctionCaller {
        guard let places else { return NoFunctions() }
        return FunctionClient(
            places: places,
            transport: transport,
            trust: trust,
            clock: clock,
            random: random,
            observer: observer
        )
    }

    /// What encrypts codes for custom senders.
    func codeEncryption(random: RandomSource) -> OperatorCodeEncryption {
        OperatorCodeEncryption(keys: codeKeys, anyKey: codeKey, random: random)
    }
}
