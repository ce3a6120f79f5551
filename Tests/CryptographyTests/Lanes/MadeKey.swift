@testable import Cryptography

/// An RSA key of primes that a seed determines, with all its numbers: the same in every run.
struct MadeKey {
    let p: BigNumber
    let q: BigNumber
    let d: BigNumber
    let dp: BigNumber
    let dq: BigNumber
    let qInverse: BigNumber
    let n: BigNumber

    /// Modulo this, products of what is smaller are those of whole numbers.
    private static let whole = Result {
        try ModularArithmetic(modulus: BigNumber([UInt8](repeating: 255, count: 1025)))
    }

    init(bits: (p: Int, q: Int) = (1024, 1024), seed: UInt64) throws {
        var numbers = SeededNumbers(seed)
        try self.init(p: numbers.prime(bits: bits.p), q: numbers.prime(bits: bits.q))
    }

    init(p: BigNumber, q: BigNumber) throws {
        let whole = try Self.whole.get()
        let one = BigNumber([1])
        let (p1, q1) = (try whole.difference(p, one), try whole.difference(q, one))
        self.p = p
        self.q = q
        n = try whole.product(p, q)
        d = Self.inverseOfExponent(modulo: try whole.product(p1, q1))
        dp = Self.inverseOfExponent(modulo: p1)
        dq = Self.inverseOfExponent(modulo: q1)
        let modP = try ModularArithmetic(modulus: p)
        qInverse = try modP.inverse(modP.reduced(q))
    }

    /// The key with its primes the other way round.
    func swapped() throws -> MadeKey { try MadeKey(p: q, q: p) }

    /// As a lane takes it; nil where none does.
    var lane: LaneKey? { LaneKey(p: p, q: q, dp: dp, dq: dq, qInverse: qInverse, n: n) }

    /// As OpenSSL takes it: PKCS #8 (RFC 5208) around RSAPrivateKey (RFC 8017 appendix A.1.2).
    func privateKey() throws -> RSAPrivateKey {
        let numbers = [BigNumber([]), n, BigNumber([1, 0, 1]), d, p, q, dp, dq, qInverse]
        let key = Self.der(0x30, numbers.flatMap { Self.der(0x02, [0] + $0.bytes) })
        let algorithm = Self.der(0x30, Array<UInt8>(hex: "06092a864886f70d0101010500"))
        return try RSAPrivateKey(pkcs8: Self.der(0x30, Self.der(0x02, [0]) + algorithm + Self.der(0x04, key)))
    }

    /// The input to the private exponent without the remainder theorem: by OpenSSL, in another way than lanes have.
    func power(_ input: BigNumber) throws -> BigNumber { try ModularArithmetic(modulus: n).power(input, d) }

    /// A tag, a length and the contents. A number's leading zero beyond need goes.
    private static func der(_ tag: UInt8, _ contents: [UInt8]) -> [UInt8] {
        var contents = contents
        if tag == 0x02 {
            while contents.count > 1, contents[0] == 0, contents[1] < 0x80 { contents.removeFirst() }
        }
        let count = contents.count
        let length = count < 0x80 ? [UInt8(count)] : [0x82, UInt8(count >> 8), UInt8(count & 0xff)]
        return [tag] + length + contents
    }

    /// What 65537 is to be multiplied by to leave 1: (1 + k · modulus) / 65537, with the k for which that is whole.
    private static func inverseOfExponent(modulo modulus: BigNumber) -> BigNumber {
        let e = 65537
        let remainder = modulus.bytes.reduce(0) { ($0 << 8 | Int($1)) % e }
        // 65537 is a prime: the inverse is the power of its predecessor's.
        var inverse = 1
        for _ in 0..<e - 2 { inverse = inverse * remainder % e }
        let k = e - inverse
        var carry = 1
        var product: [UInt8] = []
        for byte in modulus.bytes.reversed() {
            carry += Int(byte) * k
            product.append(UInt8(carry & 0xff))
            carry >>= 8
        }
        while carry > 0 {
            product.append(UInt8(carry & 0xff))
            carry >>= 8
        }
        var rest = 0
        return BigNumber(
            product.reversed().map { byte in
                rest = rest << 8 | Int(byte)
                defer { rest %= e }
                return UInt8(rest / e)
            }
        )
    }
}

/// Numbers that a seed determines (SplitMix64).
struct SeededNumbers {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
        return z ^ z >> 31
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
    }

    /// A prime of so many bits, a multiple of eight, its highest two set, whose predecessor 65537 doesn't divide.
    mutating func prime(bits: Int) throws -> BigNumber {
        let small = Array(stride(from: 3, to: 2000, by: 2)).filter { n in
            !(2..<n).contains { n % $0 == 0 && $0 * $0 <= n }
        }
        while true {
            var start = bytes(bits / 8)
            start[0] |= 0xc0
            start[start.count - 1] = 1
            start[start.count - 2] = 0
            let remainders = small.map { prime in start.reduce(0) { ($0 << 8 | Int($1)) % prime } }
            for offset in stride(from: 0, to: 0xfff0, by: 2)
            where !zip(small, remainders).contains(where: { ($1 + offset) % $0 == 0 }) {
                var candidate = start
                candidate[candidate.count - 2] = UInt8(offset >> 8)
                candidate[candidate.count - 1] = UInt8(offset & 0xff) + 1
                let number = BigNumber(candidate)
                candidate[candidate.count - 1] -= 1
                let isFermat = try ModularArithmetic(modulus: number).power(BigNumber([2]), BigNumber(candidate))
                if isFermat == BigNumber([1]), candidate.reduce(0, { ($0 << 8 | Int($1)) % 65537 }) != 0 {
                    return number
                }
            }
        }
    }
}
