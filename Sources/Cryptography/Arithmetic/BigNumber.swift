import COpenSSL

/// A non-negative whole number of any size. Immutable.
///
/// Invariant behind `@unchecked Sendable`: the number is never changed after `init`.
@safe package final class BigNumber: @unchecked Sendable, Equatable {
    let pointer: OpaquePointer

    @unsafe init(takingOwnershipOf pointer: OpaquePointer) { unsafe self.pointer = pointer }

    /// Reads big-endian bytes.
    package convenience init(_ bytes: [UInt8]) {
        let pointer = unsafe BN_bin2bn(bytes, Int32(bytes.count), nil)
        // Only memory can run out here.
        guard let pointer = unsafe pointer else { preconditionFailure("out of memory") }
        unsafe self.init(takingOwnershipOf: pointer)
    }

    /// A number that fits into 32 bits.
    convenience init(_ number: Int) {
        self.init((0..<4).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) })
    }

    // The clearing free, as a number may be a secret.
    deinit { unsafe BN_clear_free(pointer) }

    /// Big-endian without leading zeros; empty for 0.
    package var bytes: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Int(unsafe BN_num_bits(pointer) + 7) / 8)
        _ = unsafe BN_bn2bin(pointer, &bytes)
        return bytes
    }

    /// How many bits it takes; none for 0.
    var bitWidth: Int { Int(unsafe BN_num_bits(pointer)) }

    /// Whether it is 0.
    package var isZero: Bool { unsafe BN_is_zero(pointer) == 1 }

    package static func == (left: BigNumber, right: BigNumber) -> Bool {
        unsafe BN_cmp(left.pointer, right.pointer) == 0
    }
}
