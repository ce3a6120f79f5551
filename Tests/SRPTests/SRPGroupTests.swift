import Cryptography
import OperatingSystem
import SRP
import Testing

@Suite struct SRPGroupTests {
    private let group: SRPGroup

    init() throws {
        group = try SRPGroup(
            prime: RFC5054Vector.prime,
            generator: RFC5054Vector.generator,
            multiplier: RFC5054Vector.multiplier,
            exponentSize: 32
        )
    }

    @Test("the verifier is that of RFC 5054")
    func verifier() throws {
        #expect(try group.verifier(privateKey: RFC5054Vector.privateKey) == RFC5054Vector.verifier)
    }

    @Test("the server's public key is that of RFC 5054")
    func serverPublicKey() throws {
        let key = try group.serverPublicKey(
            verifier: RFC5054Vector.verifier,
            ephemeral: RFC5054Vector.serverEphemeral
        )
        #expect(key == RFC5054Vector.serverPublicKey)
    }

    @Test("the premaster secret is that of RFC 5054")
    func premasterSecret() async throws {
        let secret = try await group.premasterSecret(
            clientPublicKey: RFC5054Vector.clientPublicKey,
            verifier: RFC5054Vector.verifier,
            scrambler: RFC5054Vector.scrambler,
            ephemeral: RFC5054Vector.serverEphemeral
        )
        #expect(secret == RFC5054Vector.premasterSecret)
    }

    @Test("another verifier gives another secret")
    func wrongVerifier() async throws {
        let secret = try await group.premasterSecret(
            clientPublicKey: RFC5054Vector.clientPublicKey,
            verifier: BigNumber([9]),
            scrambler: RFC5054Vector.scrambler,
            ephemeral: RFC5054Vector.serverEphemeral
        )
        #expect(secret != RFC5054Vector.premasterSecret)
    }

    @Test("exchanges that are looked at at once all get their own secret, most in lanes where there are any")
    func together() async throws {
        let group = try CognitoSRP.makeGroup()
        let arithmetic = try ModularArithmetic(modulus: group.prime)
        let before = ModularPower.queue.statistics
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for number in UInt8(1)...100 {
                tasks.addTask(executorPreference: RequestExecutor.shared) {
                    let a = try group.verifier(privateKey: BigNumber(SHA256.digest([1, number])))
                    let v = try group.verifier(privateKey: BigNumber(SHA256.digest([2, number])))
                    let (u, b) = (BigNumber(SHA256.digest([3, number])), BigNumber(SHA256.digest([4, number])))
                    let secret = try await group.premasterSecret(
                        clientPublicKey: a,
                        verifier: v,
                        scrambler: u,
                        ephemeral: b
                    )
                    #expect(try secret == arithmetic.power(arithmetic.product(a, arithmetic.power(v, u)), b))
                }
            }
            try await tasks.waitForAll()
        }
        let after = ModularPower.queue.statistics
        #expect(after.alone + after.inLanes >= before.alone + before.inLanes + 200)
        #expect(after.faults == 0)
        if Lanes.areAvailable { #expect(after.inLanes >= before.inLanes + 100) }
    }

    @Test("the client's public key of RFC 5054 is taken, with or without leading zeros", arguments: [0, 1, 500])
    func clientPublicKey(zeros: Int) throws {
        let bytes = [UInt8](repeating: 0, count: zeros) + RFC5054Vector.clientPublicKey.bytes
        #expect(try group.clientPublicKey(bytes) == RFC5054Vector.clientPublicKey)
    }
}

/// Public keys with which a client would know the secret without the password.
@Suite struct ForgedPublicKeyTests {
    @Test("a multiple of the prime is refused", arguments: 0...4)
    func multiples(factor: UInt8) throws {
        let group = try CognitoSRP.makeGroup()
        #expect(try group.clientPublicKey(Self.multiple(of: group.prime.bytes, by: factor)) == nil)
    }

    @Test("zeros of any length, and no bytes at all, are refused", arguments: [0, 1, 384, 1000])
    func zeros(count: Int) throws {
        #expect(try CognitoSRP.makeGroup().clientPublicKey([UInt8](repeating: 0, count: count)) == nil)
    }

    @Test("what is not below the prime is refused")
    func above() throws {
        let group = try CognitoSRP.makeGroup()
        let prime = group.prime.bytes
        let ones = [UInt8](repeating: 0xFF, count: 384)
        #expect(try group.clientPublicKey(Self.adding(1, to: prime)) == nil)
        #expect(try group.clientPublicKey(ones) == nil)
        #expect(try group.clientPublicKey([1] + [UInt8](repeating: 0, count: 384)) == nil)
        #expect(try group.clientPublicKey(ones + ones) == nil)
        #expect(try group.clientPublicKey([UInt8](repeating: 1, count: 100_000)) == nil)
    }

    @Test("the smallest and the largest key are taken")
    func limits() throws {
        let group = try CognitoSRP.makeGroup()
        var largest = group.prime.bytes
        largest[383] -= 1
        #expect(try group.clientPublicKey([1]) == BigNumber([1]))
        #expect(try group.clientPublicKey(largest) == BigNumber(largest))
    }

    /// Big-endian multiplication by one byte.
    private static func multiple(of number: [UInt8], by factor: UInt8) -> [UInt8] {
        var carry = 0
        var result: [UInt8] = []
        for byte in number.reversed() {
            carry += Int(byte) * Int(factor)
            result.append(UInt8(carry & 255))
            carry >>= 8
        }
        return ([UInt8(carry)] + result.reversed()).drop { $0 == 0 }.map { $0 }
    }

    private static func adding(_ addend: Int, to number: [UInt8]) -> [UInt8] {
        var carry = addend
        let result = number.reversed().map { byte in
            carry += Int(byte)
            defer { carry >>= 8 }
            return UInt8(carry & 255)
        }
        return (carry > 0 ? [UInt8(carry)] : []) + result.reversed()
    }
}
