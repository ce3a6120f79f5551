import Foundation

/// The PostgreSQL of this test process, and the PgBouncer before it, each started by the first test that wants it.
///
/// Their guards stop them when our end of the guard's standard input closes, which the kernel does however we end.
package enum PostgreSQLCluster {
    private struct Running: Sendable {
        let url: String
        /// Held open as long as the process lives.
        let input: Pipe
    }

    /// Where it is, without a query, as `postgresql://user@host:port/database`.
    package static var url: String {
        get throws { try cluster.get().url }
    }

    /// Where PgBouncer is, which pools its transactions.
    package static var pooledURL: String {
        get throws { try pooler.get().url }
    }

    private static let cluster = Result { try start("throwaway-postgres", ["guard", newFolder()]) }
    private static let pooler = Result { try start("throwaway-pgbouncer", [newFolder(), url]) }

    private static func newFolder() -> String { "/tmp/martlet-postgres-\(UUID().uuidString)" }

    private static func start(_ script: String, _ arguments: [String]) throws -> Running {
        let repository = URL(filePath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let process = Process()
        process.executableURL = repository.appending(path: "scripts/\(script)")
        process.arguments = arguments
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line = Data()
        while let byte = try output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty, byte != Data([10]) {
            line += byte
        }
        guard !line.isEmpty else { throw CocoaError(.executableLoad) }
        return Running(url: String(decoding: line, as: UTF8.self), input: input)
    }
}
