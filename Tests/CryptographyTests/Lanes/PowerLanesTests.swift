import FoundationEssentials
import OperatingSystem
import Testing

@testable import Cryptography

/// What lanes compute is what OpenSSL computes. The suite compares some thousands of powers;
/// `MARTLET_LANES_POWERS=1000000 swift test --filter PowerLanesTests` as many as it says.
@Suite(.enabled(if: Lanes.areAvailable)) struct PowerLanesTests {
    private static let powerCount =
        ProcessInfo.processInfo.environment["MARTLET_LANES_POWERS"].flatMap { Int($0) } ?? 2000

    private let prime: ModularArithmetic
    /// As large as the prime, odd, and of several factors, one of them 15.
    private let composite: ModularArithmetic
    private let one = BigNumber([1])

    init() throws {
        prime = try ModularArithmetic(modulus: .rfc3526Prime3072)
        composite = try ModularArithmetic(modulus: BigNumber([UInt8](repeating: 0xff, count: 384)))
    }

    @Test("powers of seeded numbers are OpenSSL's, whichever moduli, exponents and secrets share a call")
    func seeded() throws {
        var numbers = SeededNumbers(1)
        var compared = 0
        while compared < Self.powerCount {
            let work = try (0..<8).map { _ in
                try ModularPower(
                    of: BigNumber(numbers.bytes(Int(numbers.next() % 385))),
                    BigNumber(numbers.bytes(numbers.next() % 4 == 0 ? Int(numbers.next() % 33) : 32)),
                    exponentIsPublic: numbers.next() % 2 == 0,
                    numbers.next() % 8 == 0 ? composite : prime
                )
            }
            #expect(try ModularPower.together(work) == work.map { try Self.expected(of: $0) })
            compared += work.count
        }
    }

    @Test("a call with fewer than eight gives as many", arguments: 1...8)
    func partlyFilled(count: Int) throws {
        let work = try (0..<count).map { try ModularPower(of: BigNumber([2]), BigNumber([UInt8($0) + 100]), prime) }
        #expect(try ModularPower.together(work) == work.map { try $0.alone() })
    }

    @Test("bases and exponents at the edges give the power that OpenSSL has, in every lane")
    func edges() throws {
        let last = try prime.difference(BigNumber([]), one)
        let bases = [
            one, BigNumber([2]), last, try prime.difference(last, one), prime.modulus, BigNumber(last.bytes + [0]),
            BigNumber([1] + [UInt8](repeating: 0, count: 383)), BigNumber([]),
        ]
        let zeros = [UInt8](repeating: 0, count: 31)
        let ones = [UInt8](repeating: 0xff, count: 32)
        let exponents: [[UInt8]] = [[], [1], [2], [16], [1] + zeros.prefix(8), [0x80] + zeros, ones]
        for exponent in exponents {
            for first in bases.indices {
                let work = try bases.indices.map {
                    try ModularPower(of: bases[($0 + first) % bases.count], BigNumber(exponent), prime)
                }
                #expect(try ModularPower.together(work) == work.map { try Self.expected(of: $0) })
            }
        }
    }

    @Test("a power that is zero, though its base isn't, isn't taken from a lane that may say the modulus")
    func zero() throws {
        // The root of (2^1536 - 1)^2, squared.
        let root = BigNumber([UInt8](repeating: 0xff, count: 192))
        let ones = [UInt8](repeating: 0xff, count: 191)
        let square = BigNumber(ones + [0xfe] + [UInt8](repeating: 0, count: 191) + [1])
        let work = try ModularPower(of: root, BigNumber([2]), ModularArithmetic(modulus: square))
        #expect(work.fitsLanes)
        #expect(try work.alone().isZero)
        #expect(ModularPower.together([work]) == [nil])
    }

    @Test("no lane takes numbers of another size, and OpenSSL raises them")
    func otherSizes() async throws {
        let small = try ModularArithmetic(modulus: BigNumber([UInt8](repeating: 0xff, count: 256)))
        let large = try ModularArithmetic(modulus: BigNumber([1] + [UInt8](repeating: 0xff, count: 384)))
        let fitting = try ModularPower(of: BigNumber([2]), BigNumber([3]), prime)
        #expect(fitting.fitsLanes)
        for (arithmetic, exponent) in [
            (small, [5]), (large, [5]), (prime, [1] + [UInt8](repeating: 0, count: 32)),
        ] as [(ModularArithmetic, [UInt8])] {
            let work = try ModularPower(of: BigNumber([2]), BigNumber(exponent), arithmetic)
            #expect(!work.fitsLanes)
            #expect(ModularPower.together([fitting, work]) == [nil, nil])
            #expect(
                try await arithmetic.powerInTurn(BigNumber([2]), BigNumber(exponent))
                    == arithmetic.power(BigNumber([2]), BigNumber(exponent))
            )
        }
    }

    /// OpenSSL's power; nil where that is zero, which can't be told from what a lane says that has failed.
    private static func expected(of work: ModularPower) throws -> BigNumber? {
        let power = try work.alone()
        return power.isZero ? nil : power
    }
}
