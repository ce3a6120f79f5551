import Foundation

/// The PostgreSQL of this test process, started by the first test that wants it.
///
/// Its guard stops it when our end of the guard's standard input closes, which the kernel does however we end.
package enum PostgreSQLCluster {
    private struct Running: Sendable {
        let url: String
        /// Held open as long as the process lives.
        let input: Pipe
    }

    /// Where it is, without a query, as `postgresql://user@host:port/database`.
    package static var url: String {
        get throws { try running.get().url }
    }

    private static let running = Result { try start() }

    private static func start() throws -> Running {
        let script = URL(filePath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "scripts/throwaway-postgres")
        let process = Process()
        process.executableURL = script
        process.arguments = ["guard", "/tmp/martlet-postgres-\(UUID().uuidString)"]
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
