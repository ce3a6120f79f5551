import CognitoModel
import Cryptography
import Domain
import Storage
import Testing

@testable import Server

@Suite("Signing keys are replaced when they are of an age")
struct SigningKeyRotatorTests {
    private static func rotator(_ server: TestServer) -> SigningKeyRotator {
        SigningKeyRotator(
            store: server.store,
            identifiers: IdentifierGenerator(random: .system),
            clock: server.clock.wallClock,
            makeKey: { try RSAPrivateKey.generate() }
        )
    }

    @Test("each pool gets new keys once, however many nodes look")
    func age() async throws {
        try await TestServer.run { server in
            for name in ["a", "b"] {
                let pool = await server.call("CreateUserPool", #"{"PoolName":"\#(name)"}"#)
                #expect(pool.errorType == nil)
            }
            let rotator = Self.rotator(server)
            #expect(try await rotator.rotateKeys(olderThan: 7 * 86_400) == 0)
            server.clock.advance(seconds: 7 * 86_400 + 1)
            async let first = rotator.rotateKeys(olderThan: 7 * 86_400)
            async let second = rotator.rotateKeys(olderThan: 7 * 86_400)
            let rotated = try await (first, second)
            #expect(rotated.0 + rotated.1 == 2)
            #expect(try await rotator.rotateKeys(olderThan: 7 * 86_400) == 0)
            let generations = try await server.store.signingKeys.generations(after: "", limit: 9)
            #expect(generations.map(\.number) == [1, 1])
            #expect(generations.allSatisfy { server.clock.wallClock.now() < $0.signsFrom })
        }
    }

    @Test("all that is due, however many are listed at a time", arguments: [1, 2, 3])
    func batches(size: Int) async throws {
        try await TestServer.run { server in
            for name in ["a", "b", "c"] { _ = await server.call("CreateUserPool", #"{"PoolName":"\#(name)"}"#) }
            server.clock.advance(seconds: 7 * 86_400 + 1)
            var rotator = Self.rotator(server)
            rotator.batch = size
            let rotated = try await rotator.rotateKeys(olderThan: 7 * 86_400)
            #expect(rotated == 3)
        }
    }

    @Test(
        "the age is 0 or some days",
        arguments: [("0", nil), ("7", 604_800), ("90", 7_776_000)] as [(String, Int64?)]
    )
    func flag(text: String, age: Int64?) throws {
        let flags = ["--database", "sqlite:///a", "--public-url", "http://localhost", "--master-key", "/k"]
        let configuration = try Configuration.production(flags + ["--signing-key-age", text], environment: [:])
        #expect(configuration.signingKeys.age == age)
        #expect(try Configuration.production(flags, environment: [:]).signingKeys.age == nil)
    }

    @Test("another age is refused", arguments: ["-1", "1", "6", "3651", "x", "1.5"])
    func wrongFlag(text: String) {
        let flags = ["--database", "sqlite:///a", "--public-url", "http://localhost", "--master-key", "/k"]
        #expect(throws: UsageError.self) {
            try Configuration.production(flags + ["--signing-key-age", text], environment: [:])
        }
    }

    @Test(
        "a command that can't be followed is refused",
        arguments: [[], ["--pool", "p", "--all"], ["--pools", "p"], ["--all", "--now=1"]]
    )
    func command(flags: [String]) {
        let place = ["--database", "sqlite:///a", "--master-key", "/k"]
        #expect(throws: UsageError.self) { try KeysCommand(["rotate-signing"] + place + flags, environment: [:]) }
    }
}
