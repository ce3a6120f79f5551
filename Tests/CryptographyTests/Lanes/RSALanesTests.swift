import FoundationEssentials
import Testing

@testable import Cryptography

/// What lanes compute is what OpenSSL computes. The suite compares some thousands of signatures;
/// `MARTLET_LANES_SIGNATURES=1000000 MARTLET_LANES_KEYS=64 swift test --filter RSALanesTests` as many as it says.
@Suite(.enabled(if: Lanes.areAvailable)) struct RSALanesTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let keyCount = environment["MARTLET_LANES_KEYS"].flatMap { Int($0) } ?? 6
    private static let signatureCount = environment["MARTLET_LANES_SIGNATURES"].flatMap { Int($0) } ?? 2000

    private static let made = Result { try (0..<UInt64(keyCount)).map { try MadeKey(seed: $0) } }

    private let made: [MadeKey]
    private let keys: [RSAPrivateKey]

    init() throws {
        made = try Self.made.get()
        keys = try made.map { try $0.privateKey() }
    }

    @Test("signatures of seeded keys and messages are OpenSSL's, bit by bit, whichever keys share a call")
    func signatures() throws {
        var numbers = SeededNumbers(1)
        var compared = 0
        while compared < Self.signatureCount {
            let work = (0..<8).map { _ in
                let key = keys[Int(numbers.next() % UInt64(keys.count))]
                return RSASignature(of: numbers.bytes(Int(numbers.next() % 100)), by: key)
            }
            let expected = try work.map { try $0.alone() }
            #expect(RSASignature.together(work) == expected)
            compared += work.count
        }
    }

    @Test("a call with fewer than eight gives as many", arguments: 1...8)
    func partlyFilled(count: Int) throws {
        let work = (0..<count).map { RSASignature(of: [UInt8($0)], by: keys[$0 % keys.count]) }
        #expect(try RSASignature.together(work) == work.map { try $0.alone() })
    }

    @Test("the signature of RFC 7515 comes out of every lane")
    func published() throws {
        let work = RSASignature(of: RFC7515Key.signedPart, by: try RSAPrivateKey(pkcs8: RFC7515Key.pkcs8))
        #expect(
            RSASignature.together([RSASignature](repeating: work, count: 8))
                == Array(repeating: RFC7515Key.signature, count: 8)
        )
    }

    @Test("the padding is what a verified signature opens to")
    func padding() throws {
        let message = Array("message".utf8)
        let signature = try keys[0].sign(message)
        #expect(try keys[0].publicKey.verify(signature, over: message))
        let opened = try ModularArithmetic(modulus: made[0].n).power(BigNumber(signature), public: BigNumber(65537))
        #expect(opened == BigNumber(PKCS1Encoding.encode(SHA256.digest(message), size: 256)))
    }

    @Test("inputs at the edges give the power that OpenSSL has, with the primes in either order")
    func edges() throws {
        for made in try [made[0], made[0].swapped(), made[1], made[1].swapped()] {
            let lane = try #require(made.lane)
            let arithmetic = try ModularArithmetic(modulus: made.n)
            let one = BigNumber([1])
            let last = try arithmetic.difference(BigNumber([]), one)
            let inputs = [
                BigNumber([]), one, BigNumber([2]), last, try arithmetic.difference(last, one), made.p, made.q,
                try arithmetic.difference(BigNumber([]), made.p),
            ]
            let results = RSALanes.privatePowers(inputs.map { (lane, Self.padded($0)) })
            #expect(try results == inputs.map { Self.padded(try made.power($0)) })
            #expect(results[0] == [UInt8](repeating: 0, count: 256))
            #expect(results[3] == Self.padded(last))
        }
    }

    @Test(
        "no lane takes a key of another form, and OpenSSL signs with it",
        arguments: [(1016, 1032), (1536, 1536), (512, 512)]
    )
    func otherKeys(bits: (p: Int, q: Int)) async throws {
        let made = try MadeKey(bits: bits, seed: 9)
        let key = try made.privateKey()
        #expect(made.lane == nil)
        let work = RSASignature(of: [1, 2, 3], by: key)
        #expect(!work.fitsLanes)
        #expect(RSASignature.together([work, RSASignature(of: [], by: keys[0])]) == [nil, nil])
        let signature = try await RSASignature.queue.run([work])[0]
        #expect(try key.publicKey.verify(signature, over: [1, 2, 3]))
    }

    @Test("a result that is wrong doesn't leave, and the other lanes' do")
    func fault() throws {
        let made = made[0]
        let sound = try #require(made.lane)
        // One bit of one exponent: the fault that tells a factor of the modulus to whoever gets the signature.
        let dp = BigNumber(made.dp.bytes.flipped(at: 100))
        let faulty = try #require(
            LaneKey(p: made.p, q: made.q, dp: dp, dq: made.dq, qInverse: made.qInverse, n: made.n)
        )
        let input = PKCS1Encoding.encode(SHA256.digest([1]), size: 256)
        for broken in 0..<8 {
            let results = RSALanes.privatePowers((0..<8).map { ($0 == broken ? faulty : sound, input) })
            #expect(results.indices.filter { results[$0] == nil } == [broken])
            #expect(Set(results.compactMap { $0 }) == [Self.padded(try made.power(BigNumber(input)))])
        }
    }

    private static func padded(_ number: BigNumber) -> [UInt8] {
        [UInt8](repeating: 0, count: 256 - number.bytes.count) + number.bytes
    }
}
