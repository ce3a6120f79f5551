import Cryptography
import FoundationEssentials
import HTTPTransport
import Synchronization
import Testing

@testable import Server

/// Descriptors of the process are counted, so one after another.
@Suite("The application, serialized", .serialized)
struct ApplicationTests {
    @Test("what fails after the database is open leaves nothing open, and says so in one line")
    func failsLate() async throws {
        try await Self.withFolder { folder in
            var parts = Self.quiet
            // Its key stock and its database are open by then.
            parts.makeKey = nil
            parts.signatures = { _ in throw Lost() }
            let configuration = try Configuration.development(["--data", folder], environment: [:])
            let error = await #expect(throws: (any Error).self) {
                try await Application.open(configuration, port: 1, parts: parts).close()
            }
            #expect(error.map { "\($0)" } == "can't start: the keys are lost")
            #expect(Self.openFiles(in: folder) == [])
        }
    }

    @Test("a master key that the data isn't sealed under is told, and the database closed")
    func wrongMasterKey() async throws {
        try await Self.withFolder { folder in
            let configuration = try Configuration.development(["--data", folder], environment: [:])
            try await Application.open(configuration, port: 1, parts: Self.quiet).close()
            try FileManager.default.removeItem(atPath: "\(folder)/master.key")
            let error = await #expect(throws: StartFailure.self) {
                try await Application.open(configuration, port: 1, parts: Self.quiet).close()
            }
            #expect(
                error?.description == "can't use the database: the database's key of hashes can't be opened: "
                    + "is the master key the right one?"
            )
            #expect(Self.openFiles(in: folder) == [])
        }
    }

    @Test("a file that is no database is told in one line")
    func noDatabase() async throws {
        try await Self.withFolder { folder in
            let text = Data(String(repeating: "not a database\n", count: 100).utf8)
            _ = FileManager.default.createFile(atPath: "\(folder)/martlet.db", contents: text)
            let configuration = try Configuration.development(["--data", folder], environment: [:])
            let error = await #expect(throws: StartFailure.self) {
                try await Application.open(configuration, port: 1, parts: Self.quiet).close()
            }
            #expect(error?.description.hasPrefix("can't use the database: ") == true)
            #expect(error?.description.contains("\n") == false)
            #expect(Self.openFiles(in: folder) == [])
        }
    }

    @Test("a database that can't be reached is told in one line, though libpq uses several")
    func unreachableDatabase() async throws {
        let development = try Configuration.development([], environment: [:])
        let configuration = Configuration(
            mode: .production,
            listener: development.listener,
            database: DatabaseConfiguration(url: "postgres://127.0.0.1:1,127.0.0.1:2/none"),
            masterKeys: .ofThisProcess,
            signingKeys: .unlimited,
            issuer: .aws,
            domains: development.domains
        )
        let error = await #expect(throws: StartFailure.self) {
            try await Application.open(configuration, port: 1, parts: Self.quiet).close()
        }
        #expect(error?.description.hasPrefix("can't use the database: connectionFailure: ") == true)
        #expect(error?.description.contains("\n") == false)
    }

    @Test("a port that is taken is told before anything is made")
    func portTaken() async throws {
        try await Self.withFolder { folder in
            let socket = try ListeningSocket(host: "127.0.0.1", port: 0)
            let flags = ["--data", "\(folder)/data", "--port", "\(socket.port)"]
            let configuration = try Configuration.development(flags, environment: [:])
            let error = await #expect(throws: TransportError.self) {
                try await MartletServer(configuration).run { _ in Issue.record("it is ready") }
            }
            #expect(
                error?.description == "can't listen on 127.0.0.1 port \(socket.port): Address already in use"
            )
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/data"))
        }
    }

    @Test("what was opened is closed, the last first")
    func closes() async {
        let order = Mutex<[Int]>([])
        var opened = OpenResources()
        for number in 1...3 { opened.add { order.withLock { $0.append(number) } } }
        await opened.close()
        #expect(order.withLock { $0 } == [3, 2, 1])
    }

    private struct Lost: Error, CustomStringConvertible { let description = "the keys\nare lost" }

    private static var quiet: ApplicationParts {
        var parts = ApplicationParts()
        parts.log = nil
        parts.makeKey = { try RSAPrivateKey.generate() }
        return parts
    }

    private static func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = "/tmp/martlet-application-\(UInt64.random(in: 0...(.max)))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }

    /// What the process has open there.
    private static func openFiles(in folder: String) -> [String] {
        let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return descriptors.compactMap {
            try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
        }
        .filter { $0.hasPrefix(folder) }
    }
}
