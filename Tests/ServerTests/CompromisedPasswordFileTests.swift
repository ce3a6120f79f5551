import Cryptography
import Dispatch
import FoundationEssentials
import Glibc
import OperatingSystem
import Synchronization
import Testing

@testable import Server

@Suite("A file of compromised passwords")
struct CompromisedPasswordFileTests {
    private func withFile(_ text: String, _ body: (String) throws -> Void) throws {
        let path = "/tmp/martlet-test-\(try RandomSource.system.uuid())"
        try Data(text.utf8).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }

    private func hash(_ password: String) -> String { Hex.encode(SHA1.digest(Array(password.utf8))) }

    @Test("SHA-1 is SHA-1 (FIPS 180-4)")
    func digest() { #expect(hash("abc") == "a9993e364706816aba3e25717850c26c9cd0d89d") }

    @Test("finds what is in it and nothing else, whatever its size and line ends", arguments: [1, 2, 3, 64, 1000])
    func finds(count: Int) throws {
        let passwords = (0..<count).map { "word \($0)" }
        for (end, isUpper) in [("\n", false), (":12\r\n", true), (":\(String(repeating: "9", count: 100))\n", true)] {
            let lines = passwords.map { isUpper ? hash($0).uppercased() : hash($0) }.sorted()
            try withFile(lines.joined(separator: end) + (isUpper ? end : "")) { path in
                let file = try CompromisedPasswordFile(path)
                for password in passwords { #expect(file.contains(password), "\(password)") }
                for number in 0..<200 { #expect(!file.contains("other \(number)")) }
            }
        }
    }

    @Test("a file that isn't one is told at the start")
    func refusals() throws {
        let lines = (0..<100).map { hash("\($0)").uppercased() }.sorted()
        for text in ["", "password\n", lines.reversed().joined(separator: "\n"), "Z" + lines[0].dropFirst() + "\n"] {
            try withFile(text) { path in
                #expect(throws: StartFailure.self) { try CompromisedPasswordFile(path) }
            }
        }
        #expect(throws: StartFailure.self) { try CompromisedPasswordFile("/nowhere/at/all") }
    }

    @Test("a refused file is closed once: its descriptor may be another thread's by then")
    func closesOnce() throws {
        try withFile("no such file") { path in
            let isRefusing = Atomic(true)
            DispatchQueue.concurrentPerform(iterations: 2) { number in
                if number == 0 {
                    for _ in 0..<2000 { _ = try? CompromisedPasswordFile(path) }
                    isRefusing.store(false, ordering: .relaxed)
                }
                var lost = 0
                while isRefusing.load(ordering: .relaxed) {
                    let descriptor = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
                    sched_yield()
                    if close(descriptor) != 0 { lost += 1 }
                }
                #expect(lost == 0)
            }
        }
    }
}
