import AWSSignature
import FoundationEssentials
import NetworkClient
import OperatingSystem
import Testing
import Triggers

@testable import Server

@Suite("Where functions are")
struct FunctionConfigurationTests {
    private static let networks = ["10.0.0.0/8"].compactMap(IPAddressBlock.init)

    private static func allows(_ url: String, _ address: String, networks: [IPAddressBlock] = []) throws -> Bool {
        let policy = try FunctionReach.named(networks: networks).policy(for: url, of: "--f")
        return policy.allows(try #require(IPAddress(address)))
    }

    @Test(
        "a host that is named leads to the public internet alone, and to the operator's networks",
        arguments: [
            ("8.8.8.8", true, true), ("127.0.0.1", false, false), ("10.1.2.3", false, true),
            ("169.254.169.254", false, false), ("::1", false, false), ("192.168.1.1", false, false),
        ]
    )
    func names(address: String, isPublic: Bool, withNetworks: Bool) throws {
        #expect(try Self.allows("https://lambda.example.com", address) == isPublic)
        #expect(try Self.allows("https://lambda.example.com", address, networks: Self.networks) == withNetworks)
    }

    @Test("without TLS a name leads to the operator's networks alone")
    func unencrypted() throws {
        #expect(try Self.allows("http://lambda:8080", "10.1.2.3", networks: Self.networks))
        #expect(try !Self.allows("http://lambda:8080", "8.8.8.8", networks: Self.networks))
        for url in ["http://lambda:8080", "http://8.8.8.8/", "http://[2606:4700::1111]/"] {
            #expect(throws: UsageError.self) { try Self.allows(url, "8.8.8.8") }
        }
    }

    @Test("an address that the operator names is open, and no other at its URL")
    func addresses() throws {
        #expect(try Self.allows("http://127.0.0.1:4566", "127.0.0.1"))
        #expect(try !Self.allows("http://127.0.0.1:4566", "127.0.0.2"))
        #expect(try Self.allows("http://192.168.1.9:4566", "192.168.1.9"))
        #expect(try Self.allows("https://[fd00::1]/", "fd00::1"))
        #expect(try !Self.allows("https://[fd00::1]/", "8.8.8.8"))
        for address in ["127.0.0.1", "::1"] { #expect(try Self.allows("http://localhost:4566", address)) }
        #expect(try !Self.allows("http://localhost:4566", "10.0.0.1", networks: Self.networks))
    }

    @Test("in dev all are open")
    func development() throws {
        let policy = try FunctionReach.everywhere.policy(for: "http://lambda:8080", of: "--f")
        #expect(policy.allows(try #require(IPAddress("169.254.169.254"))))
    }

    /// A folder with files of these texts, which only the owner may read.
    private static func withFiles(_ files: [String: String], _ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "martlet-functions-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files {
            let path = folder.appending(path: name).path
            let isMade = FileManager.default.createFile(
                atPath: path,
                contents: Data(text.utf8),
                attributes: [.posixPermissions: name.hasPrefix("open") ? 0o644 : 0o600]
            )
            #expect(isMade)
        }
        try body(folder.path)
    }

    private static let secret = String(repeating: "s", count: 32)
    private static let production = [
        "--database", "sqlite:///tmp/a.db", "--public-url", "https://auth.example.com/", "--master-key", "/tmp/key",
    ]

    @Test("a file that says it all is read")
    func whole() throws {
        let map = """
            {"functions": {
                "arn:1": {"lambda": "http://127.0.0.1:9000", "concurrency": 1},
                "arn:2": {"lambda": "aws"},
                "arn:3": {"webhook": "https://hooks.example.com/a", "secretFile": "secret"}
             }, "codeEncryptionKeys": {"arn:k": "key"}}
            """
        let files = ["map": map, "secret": "\(Self.secret)\n# old\n\(Self.secret)2\n", "key": Self.key]
        try Self.withFiles(files) { folder in
            let environment = ["AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"]
            _ = try Configuration.production(
                Self.production + ["--functions", "\(folder)/map"],
                environment: environment
            )
            #expect {
                _ = try Configuration.production(Self.production + ["--functions", "\(folder)/map"], environment: [:])
            } throws: {
                "\($0)".hasSuffix("AWS needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or --aws-credentials")
            }
        }
    }

    @Test("a function that hangs leaves the others as much as it may have itself")
    func room() throws {
        let map = #"{"functions": {"arn:1": {"lambda": "https://a.example", "concurrency": 5000}}}"#
        try Self.withFiles(["map": map]) { folder in
            let flags = FunctionConfiguration.productionFlags
            let values = try FlagValues(["--functions", "\(folder)/map"], flags: flags, environment: [:])
            let functions = try FunctionConfiguration(values, environment: [:])
            #expect(functions.networkLimits.concurrentTransfers == 10_000)
        }
        #expect(FunctionConfiguration().networkLimits.concurrentTransfers == 2 * FunctionPlace.concurrency)
    }

    private static let key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"

    @Test(
        "a file that can't be followed ends with one clear line",
        arguments: [
            ("[]", "isn't a JSON object"),
            (#"{"function": {}}"#, "has an unknown member: function"),
            (#"{"functions": {"a": {"lambda": "http://8.8.8.8"}}}"#, "must begin with https://"),
            (#"{"functions": {"a": {"lambda": "ftp://x"}}}"#, "not a URL of https or http"),
            (#"{"functions": {"a": {"lambda": "https://x/?q"}}}"#, "must be without a query and a fragment"),
            (#"{"functions": {"a": {"lambda": "https://x", "concurrency": 0}}}"#, "concurrency is a number"),
            (#"{"functions": {"a": {"webhook": "https://x"}}}"#, "either lambda is needed, or webhook and secretFile"),
            (#"{"functions": {"a": {}}}"#, "either lambda is needed, or webhook and secretFile"),
            (#"{"functions": {"a": {"lambda": "https://x", "url": 1}}}"#, "has an unknown member: url"),
            (#"{"functions": {"a": {"webhook": "https://x", "secretFile": "none"}}}"#, "doesn't exist"),
            (#"{"functions": {"a": {"webhook": "https://x", "secretFile": "open"}}}"#, "others can read"),
            (#"{"functions": {"a": {"webhook": "https://x", "secretFile": "short"}}}"#, "32 characters or more"),
            (#"{"codeEncryptionKeys": {"a": "short"}}"#, "must hold 32 bytes in base64, or an RSA public key"),
            (#"{"codeEncryptionKeys": {"a": "open-key"}}"#, "others can read"),
            (#"{"codeEncryptionKeys": {"a": "pem"}}"#, "isn't an RSA public key of 2048 to 8192 bits"),
        ]
    )
    func refusals(map: String, words: String) throws {
        let files = [
            "map": map, "open": Self.secret, "short": "short", "open-key": Self.key,
            "pem": "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
        ]
        try Self.withFiles(files) { folder in
            #expect {
                _ = try Configuration.production(Self.production + ["--functions", "\(folder)/map"], environment: [:])
            } throws: {
                ($0 as? UsageError)?.description.contains(words) == true
            }
        }
    }

    @Test("keys are those of the credentials file's default profile, or the environment's")
    func credentials() throws {
        let text = """
            [other]
            aws_access_key_id = NO
            [default]
            aws_access_key_id = AKID
            aws_secret_access_key = a+b/c=
            aws_session_token=t
            """
        try Self.withFiles(["keys": text, "open": text, "empty": "[default]\n"]) { folder in
            let keys = try #require(try CredentialsFile.source("\(folder)/keys", environment: [:])?.credentials())
            #expect((keys.accessKeyID, keys.secretAccessKey) == ("AKID", "a+b/c="))
            #expect(keys.sessionToken == "t")
            #expect(throws: UsageError.self) { try CredentialsFile.source("\(folder)/open", environment: [:]) }
            #expect(throws: UsageError.self) { try CredentialsFile.source("\(folder)/empty", environment: [:]) }
        }
        let environment = ["AWS_ACCESS_KEY_ID": "E", "AWS_SECRET_ACCESS_KEY": "S", "AWS_SESSION_TOKEN": ""]
        let keys = try #require(try CredentialsFile.source(nil, environment: environment)?.credentials())
        #expect(keys.accessKeyID == "E" && keys.sessionToken == nil)
        #expect(try CredentialsFile.source(nil, environment: ["AWS_ACCESS_KEY_ID": "E"]) == nil)
    }
}
