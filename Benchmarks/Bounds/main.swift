import Cryptography
import Glibc
import SRP

/// Measures what one core can do at best, in microseconds of processor time, and prints it as JSON. Argument: how many
/// milliseconds to spend on each figure.
let duration = Double(CommandLine.arguments.dropFirst().first ?? "") ?? 500

/// Processor time of this process in microseconds.
func processorMicroseconds() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) * 1e6 }

/// The time of one run of `body`, over at least `duration` of runs. Never inlined: Swift 6.3.1 crashes over some bodies.
@inline(never)
func measure(_ body: () throws -> Void) throws -> Double {
    try body()
    let start = processorMicroseconds()
    var runs = 0.0
    while processorMicroseconds() - start < duration * 1000 {
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

/// What one of eight signatures takes, with the look at its result; of one alone where there are no lanes.
let eight = [RSASignature](repeating: RSASignature(of: message, by: key), count: Lanes.width)
func signInLanes() throws {
    if Lanes.areAvailable { _ = RSASignature.together(eight) } else { for one in eight { _ = try one.alone() } }
}

/// What one of eight of a proof's powers takes; of one alone where there are no lanes.
let power = try ModularPower(of: element, exponent, arithmetic)
func raiseInLanes() throws {
    let powers = [ModularPower](repeating: power, count: Lanes.width)
    if Lanes.areAvailable { _ = ModularPower.together(powers) } else { for one in powers { _ = try one.alone() } }
}

let figures = [
    ("rsa_signature", try measure { _ = try key.sign(message) }),
    ("rsa_signature_in_lanes", try measure(signInLanes) / Double(Lanes.width)),
    ("rsa_verification", try measure { _ = try publicKey.verify(signature, over: message) }),
    (
        "srp_powers_in_lanes",
        try measure { _ = try arithmetic.power(generator, exponent) } + measure(raiseInLanes) / Double(Lanes.width) * 2
    ),
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
