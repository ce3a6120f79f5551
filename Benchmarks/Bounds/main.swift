import Cryptography
import Glibc
import SRP

/// Measures what the machine can do at best on one core, in microseconds of processor time, and prints it as JSON.

/// Processor time of this process in microseconds.
func processorMicroseconds() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) * 1e6 }

/// The time of one run of `body`, over at least half a second of runs.
func measure(_ body: () throws -> Void) rethrows -> Double {
    try body()
    let start = processorMicroseconds()
    var runs = 0.0
    while processorMicroseconds() - start < 500_000 {
        try body()
        runs += 1
    }
    return (processorMicroseconds() - start) / runs
}

let key = try RSAPrivateKey.generate()
let message = [UInt8](repeating: 7, count: 700)
let signature = try key.sign(message)
let publicKey = try key.publicKey
// The general power on purpose: what Martlet does cleverly must not lower the bar that it is measured against.
let arithmetic = try ModularArithmetic(modulus: .rfc3526Prime3072)
let generator = BigNumber([2])
let exponent = BigNumber(try RandomSource.system.bytes(CognitoSRP.ephemeralSize))
let element = try arithmetic.power(generator, BigNumber(try RandomSource.system.bytes(CognitoSRP.ephemeralSize)))
let scrambler = BigNumber(try RandomSource.system.bytes(CognitoSRP.ephemeralSize))

let figures = [
    ("rsa_signature", try measure { _ = try key.sign(message) }),
    ("rsa_verification", try measure { _ = try publicKey.verify(signature, over: message) }),
    ("modular_power", try measure { _ = try arithmetic.power(generator, exponent) }),
    (
        "srp_powers",
        try measure {
            _ = try arithmetic.power(generator, exponent)
            _ = try arithmetic.power(arithmetic.product(element, arithmetic.power(element, scrambler)), exponent)
        }
    ),
]
print("{\(figures.map { "\"\($0)\": \(($1 * 10).rounded() / 10)" }.joined(separator: ", "))}")
