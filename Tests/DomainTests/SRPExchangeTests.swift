import CognitoModel
import Cryptography
import Domain
import SRP
import Testing

@Suite struct SRPExchangeTests {
    private let vault: Vault
    private let hasher: PasswordHasher
    private let identity: SRPIdentity
    private let client: AppClient

    init() throws {
        vault = try makeVault()
        hasher = try PasswordHasher(vault: vault, random: .system)
        client = try makeClient()
        identity = SRPIdentity(poolID: client.poolID, userID: "alice")
    }

    @Test(
        "a client with the right password proves it, and no other does",
        arguments: [
            ("Passw0rd!", true), ("passw0rd!", false), ("", false), ("Passw0rd! ", false), ("Pässw0rd!", false),
        ]
    )
    func exchange(typed: String, isRight: Bool) async throws {
        let stored = try hasher.hash("Passw0rd!", of: identity)
        let proofs = try await run(
            typed: typed,
            salt: stored.salt,
            verifier: try hasher.verifier(stored, of: identity)
        )
        #expect(constantTimeEqual(proofs.client, proofs.server) == isRight)
    }

    @Test("a simulated user's exchange looks the same and never succeeds")
    func simulated() async throws {
        let simulated = try hasher.simulatedPassword(of: identity)
        let proofs = try await run(
            typed: "Passw0rd!",
            salt: simulated.salt,
            verifier: try hasher.verifier(simulated, of: identity)
        )
        #expect(proofs.client != proofs.server)
        #expect(proofs.server.count == 32)
    }

    @Test("the block is opaque and opens for its own purpose alone")
    func block() throws {
        let block = try vault.sealState(makeExchange(verifier: BigNumber([4])).exchange)
        let opened = try #require(try vault.openState(SRPExchange.self, from: block)).state
        #expect(opened.name == "alice" && opened.clientID == client.id && opened.poolID == client.poolID)
        #expect(opened.flow == .userSrpAuth && opened.nonce == "n" && opened.sub == makeUser().sub)
        #expect(opened.challenge == .passwordVerifier && opened.expiresAt == Timestamp.test.milliseconds)
        #expect(try vault.openState(SignInState.self, from: block) == nil)
        #expect(try makeVault(8).openState(SRPExchange.self, from: block) == nil)
        #expect(try vault.openState(SRPExchange.self, from: Array(block.dropLast())) == nil)
    }

    @Test("timestamp, block and verifier all enter the proof")
    func inputs() async throws {
        let exchange = try makeExchange(verifier: BigNumber([4])).exchange
        func proof(_ verifier: UInt8, _ block: [UInt8], _ timestamp: String) async throws -> [UInt8]? {
            try await exchange.expectedProof(
                verifier: BigNumber([verifier]),
                secretBlock: block,
                timestamp: timestamp,
                identity: identity,
                group: hasher.group
            )
        }
        let right = try #require(try await proof(4, [1, 2], "t"))
        #expect(try await proof(4, [1, 2], "t") == right)
        #expect(try await proof(5, [1, 2], "t") != right)
        #expect(try await proof(4, [1, 3], "t") != right)
        #expect(try await proof(4, [1, 2], "u") != right)
    }

    /// Both sides of a sign-in; the client's is computed here by the client's formula, S = (B − k·g^x)^(a + u·x).
    private func run(
        typed: String,
        salt: [UInt8],
        verifier: BigNumber
    ) async throws -> (client: [UInt8], server: [UInt8]) {
        let group = hasher.group
        let arithmetic = try ModularArithmetic(modulus: group.prime)
        let (exchange, keys) = try makeExchange(verifier: verifier)
        let block = try vault.sealState(exchange)
        let timestamp = "Tue Nov 14 22:13:20 UTC 2023"

        let u = try #require(CognitoSRP.scrambler(clientPublicKey: keys.client, serverPublicKey: keys.server))
        let x = CognitoSRP.privateKey(salt: salt, poolName: identity.poolName, userID: "alice", password: typed)
        let masked = try arithmetic.product(group.multiplier, group.verifier(privateKey: x))
        let base = try arithmetic.difference(keys.server, masked)
        let secret = try arithmetic.product(
            arithmetic.power(base, keys.clientSecret),
            arithmetic.power(arithmetic.power(base, u), x)
        )
        let proof = CognitoSRP.proof(
            key: try CognitoSRP.proofKey(premasterSecret: secret, scrambler: u),
            poolName: identity.poolName,
            userID: "alice",
            secretBlock: block,
            timestamp: timestamp
        )
        let returned = try #require(try vault.openState(SRPExchange.self, from: block))
        let expected = try await returned.expectedProof(
            verifier: verifier,
            secretBlock: block,
            timestamp: timestamp,
            identity: identity,
            group: group
        )
        return (proof, try #require(expected))
    }

    /// What the two sides of an exchange hold.
    private struct Keys {
        let clientSecret: BigNumber
        let client: BigNumber
        let server: BigNumber
    }

    private func makeExchange(verifier: BigNumber) throws -> (exchange: SRPExchange, keys: Keys) {
        let clientSecret = BigNumber(try RandomSource.system.bytes(32))
        let ephemeral = BigNumber(try RandomSource.system.bytes(CognitoSRP.ephemeralSize))
        let keys = Keys(
            clientSecret: clientSecret,
            client: try hasher.group.verifier(privateKey: clientSecret),
            server: try hasher.group.serverPublicKey(verifier: verifier, ephemeral: ephemeral)
        )
        let state = SignInState(
            of: makeUser(),
            named: "alice",
            client: client,
            flow: .userSrpAuth,
            nonce: "",
            expiresAt: .test
        ).awaiting(.passwordVerifier, of: makeUser(), codeHash: nil, nonce: "n", expiresAt: .test)
        return (SRPExchange(state, keys: (keys.client, ephemeral, keys.server)), keys)
    }
}
