import CCryptoMB
import COpenSSL

/// Eight RSA-2048 operations at a time, each with a key of its own, in the time of three: AVX-512 computes eight products
/// in one instruction (docs/ARCHITECTURE.md, "Eight at a time").
package enum RSALanes {
    /// How many operations a call computes. It takes as long for fewer.
    package static let width = Int(MARTLET_LANES)

    /// Whether the library was there when Martlet was built.
    package static var areBuilt: Bool { martlet_lanes_are_built() }

    /// Whether it was, and processor and operating system can what it needs.
    package static let areAvailable = martlet_lanes_are_available()

    /// How signatures are computed here, and why not in lanes where they aren't.
    package static var summary: String {
        if areAvailable { return "up to \(width) at a time (AVX-512 IFMA)" }
        return areBuilt
            ? "one at a time: the processor has no AVX-512 IFMA" : "one at a time: built without Intel's crypto_mb"
    }

    /// Raises up to eight inputs, of 256 big-endian bytes and below their key's modulus, to their keys' private exponents.
    /// Nil for each result that isn't right, which is seen by raising it back, and for all where lanes aren't available.
    static func privatePowers(_ operations: [(key: LaneKey, input: [UInt8])]) -> [[UInt8]?] {
        let size = Int(MARTLET_LANE_BYTES)
        guard areAvailable, let first = operations.first, operations.count <= width,
            operations.allSatisfy({ $0.input.count == size })
        else { return operations.map { _ in nil } }
        // A lane that nobody needs repeats the first.
        let lanes = operations + repeatElement(first, count: width - operations.count)
        let inputs = lanes.flatMap(\.input)
        var results = [UInt8](repeating: 0, count: width * size)
        let right = withExtendedLifetime(lanes) {
            let keys = unsafe lanes.map { unsafe Optional(UnsafePointer($0.key.pointer)) }
            return unsafe martlet_lanes_private(keys, inputs, &results)
        }
        return operations.indices.map { lane in
            right >> lane & 1 == 1 ? Array(results[lane * size..<(lane + 1) * size]) : nil
        }
    }
}
