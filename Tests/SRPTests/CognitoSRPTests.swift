import Cryptography
import SRP
import Testing

@Suite struct CognitoSRPTests {
    @Test("k is that of pycognito")
    func multiplier() throws {
        #expect(try CognitoSRP.makeGroup().multiplier == number(CognitoSRPVector.multiplier))
    }

    @Test(
        "a number is padded as Java's BigInteger writes it",
        arguments: [
            ([], [0]), ([0], [0]), ([1], [1]), ([0x7F], [0x7F]), ([0x80], [0, 0x80]), ([0, 0, 0x80], [0, 0x80]),
            ([0, 1, 2], [1, 2]), ([0xFF, 0], [0, 0xFF, 0]),
        ] as [([UInt8], [UInt8])]
    )
    func padding(bytes: [UInt8], padded: [UInt8]) {
        #expect(CognitoSRP.padded(BigNumber(bytes)) == padded)
    }

    @Test("x and the verifier are those of pycognito", arguments: CognitoSRPVector.all)
    func verifier(vector: CognitoSRPVector) throws {
        let x = privateKey(vector)
        #expect(x == number(vector.x))
        #expect(digest(try CognitoSRP.makeGroup().verifier(privateKey: x)) == vector.digestOfVerifier)
    }

    @Test("A, B, u and the premaster secret are those of pycognito", arguments: CognitoSRPVector.all)
    func exchange(vector: CognitoSRPVector) async throws {
        let group = try CognitoSRP.makeGroup()
        let exchange = try await Exchange(vector, group: group)
        #expect(digest(exchange.clientKey) == vector.digestOfA)
        #expect(digest(exchange.serverKey) == vector.digestOfB)
        #expect(exchange.scrambler == number(vector.u))
        #expect(digest(exchange.premaster) == vector.digestOfPremaster)
    }

    @Test("the proof is that of pycognito", arguments: CognitoSRPVector.all)
    func proof(vector: CognitoSRPVector) async throws {
        let exchange = try await Exchange(vector, group: CognitoSRP.makeGroup())
        let key = try CognitoSRP.proofKey(premasterSecret: exchange.premaster, scrambler: exchange.scrambler)
        #expect(key == Array(hex: vector.proofKey))
        let proof = CognitoSRP.proof(
            key: key,
            poolName: vector.pool,
            userID: vector.user,
            secretBlock: Array(hex: vector.secretBlock),
            timestamp: CognitoSRPVector.timestamp
        )
        #expect(proof == Array(hex: vector.proof))
    }

    @Test("x depends on pool, user, password and salt")
    func privateKeyInputs() {
        let salt = [UInt8](repeating: 5, count: 16)
        let keys = [
            CognitoSRP.privateKey(salt: salt, poolName: "p", userID: "u", password: "w"),
            CognitoSRP.privateKey(salt: salt, poolName: "q", userID: "u", password: "w"),
            CognitoSRP.privateKey(salt: salt, poolName: "p", userID: "v", password: "w"),
            CognitoSRP.privateKey(salt: salt, poolName: "p", userID: "u", password: "x"),
            CognitoSRP.privateKey(salt: salt + [0], poolName: "p", userID: "u", password: "w"),
        ]
        #expect(Set(keys.map(\.bytes)).count == keys.count)
    }

    /// The server's side of a vector's exchange, and A from the client's secret.
    private struct Exchange {
        let clientKey: BigNumber
        let serverKey: BigNumber
        let scrambler: BigNumber
        let premaster: BigNumber

        init(_ vector: CognitoSRPVector, group: SRPGroup) async throws {
            let b = BigNumber(Array(hex: vector.b))
            let verifier = try group.verifier(privateKey: BigNumber(Array(hex: vector.x)))
            clientKey = try group.verifier(privateKey: BigNumber(Array(hex: vector.a)))
            serverKey = try group.serverPublicKey(verifier: verifier, ephemeral: b)
            scrambler = try #require(
                CognitoSRP.scrambler(clientPublicKey: clientKey, serverPublicKey: serverKey)
            )
            premaster = try await group.premasterSecret(
                clientPublicKey: clientKey,
                verifier: verifier,
                scrambler: scrambler,
                ephemeral: b
            )
        }
    }

    private func privateKey(_ vector: CognitoSRPVector) -> BigNumber {
        CognitoSRP.privateKey(
            salt: Array(hex: vector.salt),
            poolName: vector.pool,
            userID: vector.user,
            password: vector.password
        )
    }

    private func number(_ hex: String) -> BigNumber { BigNumber(Array(hex: hex)) }

    private func digest(_ number: BigNumber) -> String { Hex.encode(SHA256.digest(number.bytes)) }
}
