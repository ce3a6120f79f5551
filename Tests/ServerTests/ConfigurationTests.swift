import Cryptography
import Domain
import FoundationEssentials
import OperatingSystem
import Testing

@testable import Server

@Suite("Configuration")
struct ConfigurationTests {
    private static let whole = [
        "--database", "sqlite:///tmp/a.db", "--public-url", "https://auth.example.com/", "--master-key", "/tmp/key",
    ]

    @Test("the command line comes before the environment, and that before the default")
    func precedence() throws {
        let environment = ["MARTLET_PORT": "9000", "MARTLET_HOST": "0.0.0.0"]
        let fromEnvironment = try Configuration.production(Self.whole, environment: environment)
        #expect(fromEnvironment.listener.port == 9000)
        #expect(fromEnvironment.listener.host == "0.0.0.0")
        #expect(fromEnvironment.issuer == .publicURL("https://auth.example.com"))
        let fromFlags = try Configuration.production(Self.whole + ["--port=9001"], environment: environment)
        #expect(fromFlags.listener.port == 9001)
        #expect(try Configuration.production(Self.whole, environment: [:]).listener.port == 8484)
    }

    @Test(
        "what can't be followed ends with one clear line",
        arguments: [
            ([], "--database is required"),
            (["--nonsense", "1"], "unknown flag: --nonsense"),
            (["--port"], "--port needs a value"),
            (["--port", "1", "--port", "2"], "--port is given twice"),
            (["stray"], "unexpected argument: stray"),
            (whole + ["--port", "70000"], "--port: 70000 isn't a port number"),
            (
                whole + ["--trusted-proxies", "10.0.0.1,proxy"],
                "--trusted-proxies: proxy isn't an IP address or a CIDR block"
            ),
            (whole + ["--issuer", "me"], "--issuer: me is neither public-url nor aws"),
        ]
    )
    func refusals(arguments: [String], message: String) {
        #expect {
            _ = try Configuration.production(arguments, environment: [:])
        } throws: {
            ($0 as? UsageError)?.description == message
        }
    }

    private static func production(
        database: String,
        environment: [String: String] = [:]
    ) throws -> Configuration {
        try Configuration.production(
            ["--database", database, "--mail", "stdout", "--texts", "stdout"] + whole.dropFirst(2),
            environment: environment
        )
    }

    @Test(
        "a database on another host is taken only with word of how the way there is protected",
        arguments: [
            "postgres://user@db/martlet", "postgresql://user:secret@10.0.0.1:5432/martlet", "postgres://localhost,db/m",
            "postgres:///martlet?host=db.example.com", "postgres://localhost/m?hostaddr=10.0.0.1",
            "postgres:///m?service=main", "postgres://127.0.0.1.evil.com/m", "postgres://db/m?sslmode=",
        ]
    )
    func unprotected(database: String) throws {
        #expect {
            _ = try Self.production(database: database)
        } throws: {
            let words = ($0 as? UsageError)?.description ?? ""
            return words.contains("?sslmode=verify-full") && !words.contains("secret")
        }
        #expect(throws: UsageError.self) {
            try KeysCommand(["list", "--database", database, "--master-key", "k"], environment: [:])
        }
        let whole = try Self.production(database: database, environment: ["PGSSLMODE": "verify-full"])
        #expect(whole.warnings == [])
    }

    @Test(
        "any mode is the operator's word, and less than verify-full is warned of",
        arguments: ["disable", "prefer", "require", "verify-ca", "verify-full"]
    )
    func protected(mode: String) throws {
        let configuration = try Self.production(database: "postgres://user@db/martlet?sslmode=\(mode)")
        #expect(configuration.warnings.count == (mode == "verify-full" ? 0 : 1))
        #expect(configuration.warnings.allSatisfy { $0.contains("sslmode=\(mode) ") && !$0.contains("\"") })
    }

    @Test("a mode that libpq hasn't is told at the start, not at the first connection")
    func unknownMode() {
        #expect {
            _ = try Self.production(database: "postgres://db/m?sslmode=full")
        } throws: {
            ($0 as? UsageError)?.description.hasPrefix("--database: sslmode is one of disable, ") == true
        }
    }

    @Test(
        "sockets and loopback need none",
        arguments: [
            "postgres:///martlet", "postgres://%2Fvar%2Frun/martlet", "postgres:///m?host=/tmp",
            "postgres://localhost/m",
            "postgres://127.0.0.1,127.0.0.2:5433/m", "postgres://[::1]/m", "postgres://db/m?hostaddr=127.0.0.1",
            "sqlite:///tmp/a.db",
        ]
    )
    func local(database: String) throws {
        #expect(try Self.production(database: database).warnings == [])
    }

    @Test("the help lists every flag with its environment variable")
    func help() throws {
        for (topic, flags) in [
            ("serve", Configuration.productionFlags), ("dev", Configuration.developmentFlags),
            ("keys", KeysCommand.flags),
        ] {
            let text = try HelpText.topic(topic)
            #expect(Set(flags.map(\.name)).count == flags.count)
            for flag in flags {
                #expect(text.contains("  --\(flag.name)"))
                #expect(!text.contains("(default )"))
                #expect(text.contains("environment: \(flag.environmentVariable)"))
            }
        }
    }

    @Test("the issuer is the public URL, Amazon's, or in dev the port that was free")
    func issuers() throws {
        let aws = try Configuration.production(Self.whole + ["--issuer", "aws"], environment: [:])
        #expect(aws.issuer.issuer(port: 1) == .aws)
        let development = try Configuration.development(["--port", "0"], environment: [:])
        #expect(development.issuer.issuer(port: 4711) == .publicURL("http://127.0.0.1:4711"))
        let amazon = try Configuration.development(["--issuer", "aws"], environment: [:])
        #expect(amazon.issuer.issuer(port: 4711) == .aws)
        let loopback = try Configuration.development([], environment: ["MARTLET_ISSUER": "public-url"])
        #expect(loopback.issuer == .loopback)
        #expect(throws: UsageError.self) { try Configuration.development(["--issuer", "me"], environment: [:]) }
        #expect(development.masterKeys == .fileMadeIfAbsent("./martlet-data/master.key"))
        let ephemeral = try Configuration.development(["--ephemeral"], environment: [:])
        #expect(ephemeral.masterKeys == .ofThisProcess)
        #expect(ephemeral.database.url == "sqlite::memory:")
    }

    @Test(
        "only loopback may do without TLS",
        arguments: ["http://auth.example.com", "ftp://x", "http://localhost.evil.com"]
    )
    func publicURL(url: String) {
        let arguments = ["--database", "sqlite:///a", "--master-key", "/k", "--public-url", url]
        #expect(throws: UsageError.self) { try Configuration.production(arguments, environment: [:]) }
    }

    @Test("a folder that isn't there is named, with the command that makes it")
    func databaseFolder() throws {
        #expect {
            try DatabaseConfiguration(url: "sqlite:///tmp/martlet-no-such-folder/a.db").prepareFolder()
        } throws: {
            ($0 as? UsageError)?.description.contains("mkdir -p /tmp/martlet-no-such-folder") == true
        }
        for url in ["sqlite:///tmp/a.db", "sqlite:a.db", "sqlite::memory:", "postgres://localhost/none/such"] {
            try DatabaseConfiguration(url: url).prepareFolder()
        }
    }

    @Test("a master key that others can read is refused, and so is one of another size")
    func masterKey() throws {
        let path = "/tmp/martlet-test-\(UInt64.random(in: 0...(.max))).key"
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(throws: UsageError.self) { try MasterKeyFile.read(path) }
        try MasterKeyFile.makeIfAbsent(path)
        #expect(try MasterKeyFile.read(path).map(\.bytes.count) == [32])
        #expect(FilePermissions.bits(of: path) == 0o600)
        for permissions in [0o644, 0o640, 0o604, 0o620] {
            try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
            #expect {
                _ = try MasterKeyFile.read(path)
            } throws: {
                ($0 as? UsageError)?.description.contains("chmod 600") == true
            }
        }
        try FileManager.default.removeItem(atPath: path)
        _ = FileManager.default.createFile(
            atPath: path,
            contents: Data("c2hvcnQ=\n".utf8),
            attributes: [.posixPermissions: 0o600]
        )
        #expect(throws: UsageError.self) { try MasterKeyFile.read(path) }
    }

    @Test("the first master key and those marked current open everything, the others what is kept")
    func masterKeyMarks() throws {
        let lines = (1...3).map { Base64.encode([UInt8](repeating: $0, count: 32)) }
        let file = "# comment\n\(lines[0])\n current: \(lines[1]) \n\n\(lines[2])\n"
        try Self.withKeyFile(file) { path in
            let keys = try MasterKeyFile.read(path)
            #expect(keys.map { $0.bytes[0] } == [1, 2, 3])
            #expect(keys.map(\.reach) == [.keptValues, .everything, .keptValues])
        }
        for file in ["current:\n", "retired: \(lines[0])\n", "\(lines[0])\n\(lines[0])\n", "\(lines[0]) current:\n"] {
            try Self.withKeyFile(file) { path in
                #expect(throws: UsageError.self) { try MasterKeyFile.read(path) }
            }
        }
    }

    private static func withKeyFile(_ text: String, _ body: (String) throws -> Void) throws {
        let path = "/tmp/martlet-test-\(UInt64.random(in: 0...(.max))).key"
        defer { try? FileManager.default.removeItem(atPath: path) }
        _ = FileManager.default.createFile(
            atPath: path,
            contents: Data(text.utf8),
            attributes: [.posixPermissions: 0o600]
        )
        try body(path)
    }

    @Test("prefix domains are below the base that is given, or the name in --public-url")
    func domains() throws {
        let arguments = [
            "--database", "sqlite:///a", "--master-key", "/k", "--public-url", "https://auth.example.com:8443",
        ]
        let hosts = try Configuration.production(arguments, environment: [:]).domains.hosts(port: 1)
        #expect(hosts == LoginHosts(plainURL: "https://auth.example.com:8443", prefixBase: "auth.example.com"))
        let given = arguments + ["--domain-base", "login.example.com"]
        let other = try Configuration.production(given, environment: [:]).domains.hosts(port: 1)
        #expect(other == LoginHosts(plainURL: "https://auth.example.com:8443", prefixBase: "login.example.com"))
        let development = try Configuration.development([], environment: [:]).domains.hosts(port: 8484)
        #expect(development == LoginHosts(plainURL: "http://127.0.0.1:8484", prefixBase: "localhost"))
        let named = try Configuration.development(["--domain-base", "test"], environment: [:]).domains.hosts(port: 1)
        #expect(named.prefixBase == "test")
    }

    @Test(
        "a base that is no host name is refused",
        arguments: ["Login.example.com", "login..com", ".com", "com.", "a b", "x:8484", "https://x", "é.com"]
    )
    func domainBase(name: String) {
        let error = #expect(throws: UsageError.self) {
            try Configuration.development(["--domain-base", name], environment: [:])
        }
        #expect(error?.description == "--domain-base: \(name) isn't a host name in lower case")
    }
}
