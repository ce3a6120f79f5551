import FoundationEssentials
import Synchronization
import Testing

@testable import Server

@Suite("Files of secrets that are read anew")
struct RenewedFileTests {
    /// Runs with a path where a file may be made, and with what the log was told.
    private static func run(_ body: (_ path: String, _ log: Lines) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "martlet-secrets-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path, Lines())
    }

    private static func write(_ text: String, to path: String, permissions: Int = 0o600) throws {
        try Data(text.utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
    }

    private static let good = String(repeating: "s", count: 32)

    @Test("what passes is followed; what doesn't leaves what was good, and is logged once")
    func renewed() throws {
        try Self.run { path, log in
            try Self.write(Self.good, to: path)
            let file = try RenewedFile(path, age: .zero, log: log.add) {
                try WebhookSecretFile.read(path, of: "--texts-secret-file")
            }
            try Self.write(Self.good + "\n" + Self.good + "2", to: path)
            #expect(file.value == [Self.good, Self.good + "2"])
            for (text, permissions, reason) in [
                ("short", 0o600, "32 characters or more"), (Self.good, 0o644, "others can read"),
                (String(repeating: "#\n", count: 40_000), 0o600, "more than 65536 bytes"),
            ] {
                try Self.write(text, to: path, permissions: permissions)
                #expect(file.value.count == 2 && file.value.count == 2)
                #expect(log.texts.count == 1 && log.texts.first?.contains(reason) == true, "\(log.texts)")
                try Self.write(Self.good + "\n" + Self.good + "2", to: path)
                #expect(file.value.count == 2 && log.texts.last?.contains("followed again") == true)
                log.clear()
            }
            try FileManager.default.removeItem(atPath: path)
            #expect(file.value.count == 2 && log.texts.first?.contains("doesn't exist") == true)
        }
    }

    @Test("what was read a moment ago isn't read again")
    func age() throws {
        try Self.run { path, log in
            try Self.write(Self.good, to: path)
            let file = try RenewedFile(path, age: .seconds(3600), log: log.add) {
                try PrivateFile.lines(path, of: "--mail-password-file")
            }
            try Self.write("other", to: path)
            #expect(file.value == [Self.good] && log.texts.isEmpty)
        }
    }

    @Test(
        "a file of passwords has a line for all servers, or one for each",
        arguments: [(1, true), (2, false), (3, true)]
    )
    func counts(lines: Int, isGood: Bool) throws {
        try Self.run { path, _ in
            try Self.write(String(repeating: "p\n", count: lines), to: path)
            let found = try? PrivateFile.lines(path, of: "--mail-password-file", count: 3)
            #expect((found?.count == lines) == isGood)
        }
    }
}

/// Keeps lines of a log.
private final class Lines: Sendable {
    private let kept = Mutex<[String]>([])

    var texts: [String] { kept.withLock { $0 } }

    var add: @Sendable ([UInt8]) -> Void {
        { line in self.kept.withLock { $0.append(String(decoding: line, as: UTF8.self)) } }
    }

    func clear() { kept.withLock { $0 = [] } }
}
