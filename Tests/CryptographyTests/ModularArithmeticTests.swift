import Cryptography
import Testing

@Suite struct ModularArithmeticTests {
    /// Computed by Python's integers. `y` is larger than the modulus; `power` is y to the z.
    struct Vector: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let modulus: String
        let x: String
        let y: String
        let z: String
        let power: String
        let product: String
        let sum: String
        let difference: String
        let reduced: String
    }

    static let vectors = [
        Vector(
            testDescription: "64 bits",
            modulus: "97b750923ceb3ffd",
            x: "042c6c6d8b529b4a",
            y: "0135ea7b5bf55eb561a4",
            z: "0194b2b8fda02f34a6795b929e",
            power: "0a2b80aaf3304739",
            product: "8a808115eb30a99a",
            sum: "92dd7e32b257830c",
            difference: "0d32ab3aa138f385",
            reduced: "8eb111c52704e7c2"
        ),
        Vector(
            testDescription: "521 bits",
            modulus: """
                01cb79f248b08cb4a0d7d62256758a7d43b578633074b7970386fee29476311624273bfd1d338d0038ec426506\
                44781f9c58d6645fa9e8a8529f035efa259b08923d
                """,
            x: """
                3028ce6f2410645d51c6f8da3eabe19f5803e0a813bdc2ae9963d2e49085ef3430ed038db4de38378426d0b944\
                a2863a7f3b5f3d86268ecc45dc6bf1e1a399f82a
                """,
            y: """
                032706b6d13089633a50eee0f9e038eb8f624fb804d820984181177906159644f9794cdd933160d2d5844307f0\
                62cec7b317d94d1fe09f0af438d297524d6af51e8722
                """,
            z: "0b651c52536d4b9adbebcd1f5e",
            power: """
                60caf4c264e5c52998e280cf684fc90ae801d241f3273ee698d56745cc4a1adc0ef8716b87c6f9cadfd449682d\
                f29d331e8322eee59ba2942f66a1efc46415c859
                """,
            product: """
                01ac331f5563426edecfefbae749947ca97e4f62bf805f9ccd5ece7ecfaabeaf5f84c43699475ddf3cc60a5ccd\
                bcfa437040be8d0472a88f9aab6fec18c0bac26276
                """,
            sum: """
                0155fdae2206aad093b215b9164fb1bd405f95ed837e5626ffebd17296dab31344ad93a687ab63a9e566bb911d\
                fcbac81a8882735524224a1c338a298357aeb0024f
                """,
            difference: """
                d5cde104f202acc7c94e5af4a330834205ea36fd1ddcf560cdf515c6bc89e147db825db0f1e5c6c28dd4755ad1\
                0263f6cecaaf8592137bcef7320d5a91338c8042
                """,
            reduced: """
                0125d4dfb2e29a6c36604ec03c1105dba107920cdb6a986451526d9fb24a2d24107ca6a2f9f68571ade294c064\
                b81841e0094714179dfbbb4fedadbd91760b160a25
                """
        ),
    ]

    @Test("the results are Python's", arguments: vectors)
    func published(vector: Vector) throws {
        let arithmetic = try ModularArithmetic(modulus: number(vector.modulus))
        let (x, y) = (number(vector.x), number(vector.y))
        #expect(try arithmetic.power(y, number(vector.z)) == number(vector.power))
        #expect(try arithmetic.power(y, public: number(vector.z)) == number(vector.power))
        #expect(try arithmetic.product(x, y) == number(vector.product))
        #expect(try arithmetic.sum(x, y) == number(vector.sum))
        #expect(try arithmetic.difference(x, y) == number(vector.difference))
        #expect(try arithmetic.reduced(y) == number(vector.reduced))
    }

    @Test(
        "small numbers",
        arguments: [(0, 0, 1), (0, 5, 0), (5, 0, 1), (1, 200, 1), (12, 1, 12), (12, 2, 1), (13, 3, 0)]
    )
    func small(base: UInt8, exponent: UInt8, result: UInt8) throws {
        let arithmetic = try ModularArithmetic(modulus: BigNumber([13]))
        #expect(try arithmetic.power(BigNumber([base]), BigNumber([exponent])) == BigNumber([result]))
        #expect(try arithmetic.power(BigNumber([base]), public: BigNumber([exponent])) == BigNumber([result]))
    }

    /// Fermat's little theorem, with the prime that SRP uses.
    @Test("the prime of RFC 3526 is one of 3072 bits")
    func prime() throws {
        let prime = BigNumber.rfc3526Prime3072
        #expect(prime.bytes.count == 384)
        #expect(prime.bytes.prefix(12) == Array(hex: "ffffffffffffffffc90fdaa2")[...])
        #expect(prime.bytes.suffix(16) == Array(hex: "4b82d120a93ad2caffffffffffffffff")[...])
        let arithmetic = try ModularArithmetic(modulus: prime)
        let exponent = try arithmetic.difference(prime, BigNumber([1]))
        #expect(try arithmetic.power(BigNumber([2]), exponent) == BigNumber([1]))
    }

    @Test(
        "bytes are read with leading zeros and written without",
        arguments: [
            ([], []), ([0], []), ([0, 0, 0], []), ([0, 1], [1]), ([1, 0], [1, 0]), ([0, 0x80, 0xFF], [0x80, 0xFF]),
        ] as [([UInt8], [UInt8])]
    )
    func bytes(input: [UInt8], output: [UInt8]) {
        let number = BigNumber(input)
        #expect(number.bytes == output)
        #expect(number.isZero == output.isEmpty)
        #expect(number == BigNumber(output))
    }

    @Test("an even or empty modulus is refused", arguments: [[], [0], [2], [4, 0]] as [[UInt8]])
    func evenModulus(bytes: [UInt8]) {
        #expect(throws: CryptographyError.self) {
            let arithmetic = try ModularArithmetic(modulus: BigNumber(bytes))
            _ = try arithmetic.power(BigNumber([3]), BigNumber([3]))
        }
    }

    private func number(_ hex: String) -> BigNumber { BigNumber(Array(hex: hex)) }
}
