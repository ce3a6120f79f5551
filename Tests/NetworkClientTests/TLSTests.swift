import Foundation
import Glibc
import NetworkClient
import Testing

/// Against `openssl s_server` with a certificate of its own making, for `localhost` alone.
@Suite("TLS of the HTTP client", .timeLimit(.minutes(1))) struct TLSTests {
    @Test("A server is trusted by its authority and its name, and by nothing less")
    func trust() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "martlet-tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let making = try openssl(
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-days", "1",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
            ],
            in: folder
        )
        making.waitUntilExit()
        for version in ["-tls1_3", "-tls1_2", "-tls1_1"] {
            let free = try ScriptedServer { _ in }
            let port = free.port
            free.stop()
            await awaiting { free.isStopped }
            let serving = try openssl(
                [
                    "s_server", "-accept", "127.0.0.1:\(port)", "-cert", "cert.pem", "-key", "key.pem", "-www", version,
                    "-cipher", "ALL:@SECLEVEL=0",
                ],
                in: folder
            )
            // It inherits a signal mask in which SIGTERM may be blocked.
            defer { kill(serving.processIdentifier, SIGKILL) }
            try await withClient { client in
                func send(_ host: String, _ trust: TLSTrust) async throws -> Int {
                    var request = HTTPClientRequest(
                        method: "GET",
                        url: "https://\(host):\(port)/",
                        addressPolicy: .anyAddress
                    )
                    request.trust = trust
                    let end = ContinuousClock.now + .seconds(20)
                    while true {
                        do {
                            return try await client.send(request).status
                        } catch {
                            guard error == NetworkFailure.couldNotConnect, ContinuousClock.now < end else {
                                throw error
                            }
                            // The server is starting.
                            try await Task.sleep(for: .milliseconds(20))
                        }
                    }
                }
                let own = TLSTrust.certificateAuthorities(path: folder.appending(path: "cert.pem").path)
                if version == "-tls1_1" {
                    await expectTLSFailure { try await send("localhost", own) }
                } else {
                    let status = try await send("localhost", own)
                    #expect(status == 200)
                    await expectTLSFailure { try await send("127.0.0.1", own) }
                    await expectTLSFailure { try await send("localhost", .system) }
                }
                await expectTLSFailure { try await send("localhost", .certificateAuthorities(path: "/nowhere.pem")) }
            }
        }
    }

    private func expectTLSFailure(_ body: () async throws -> Int) async {
        do {
            let status = try await body()
            Issue.record("answered \(status)")
        } catch NetworkFailure.tls {
        } catch {
            Issue.record(error)
        }
    }

    private func openssl(_ arguments: [String], in folder: URL) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }
}
