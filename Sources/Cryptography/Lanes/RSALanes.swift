import CCryptoMB
import COpenSSL

/// Eight RSA-2048 operations at a time, each with a key of its own, in the time of three.
enum RSALanes {
    /// Raises up to eight inputs, of 256 big-endian bytes and below their key's modulus, to their keys' private exponents.
    /// Nil for each result that isn't right, which is seen by raising it back, and for all where lanes aren't available.
    static func privatePowers(_ operations: [(key: LaneKey, input: [UInt8])]) -> [[UInt8]?] {
        let size = Int(MARTLET_LANE_BYTES)
        guard Lanes.areAvailable, let first = operations.first, operations.count <= Lanes.width,
            operations.allSatisfy({ $0.input.count == size })
        else { return operations.map { _ in nil } }
        // A lane that nobody needs repeats the first.
        let lanes = operations + repeatElement(first, count: Lanes.width - operations.count)
        let inputs = lanes.flatMap(\.input)
        var results = [UInt8](repeating: 0, count: Lanes.width * size)
        let right = withExtendedLifetime(lanes) {
            let keys = unsafe lanes.map { unsafe Optional(UnsafePointer($0.key.pointer)) }
            return unsafe martlet_lanes_private(keys, inputs, &results)
        }
        return operations.indices.map { lane in
            right >> lane & 1 == 1 ? Array(results[lane * size..<(lane + 1) * size]) : nil
        }
    }
}
