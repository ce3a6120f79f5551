import CCryptoMB
import COpenSSL

/// The numbers of an RSA private key as a lane takes them.
///
/// Invariant behind `@unchecked Sendable`: the numbers are only read after `init`.
@safe final class LaneKey: @unchecked Sendable {
    let pointer: UnsafeMutablePointer<martlet_lane_key>

    /// Nil for a key that no lane takes: of another size than 2,048 bits, with primes that aren't both of 1,024, with
    /// more than two of them, or with another public exponent than 65537.
    convenience init?(_ key: PublicKeyHandle) {
        // OpenSSL's names of them, which are macros that Swift doesn't see.
        let names = [
            "rsa-factor1", "rsa-factor2", "rsa-exponent1", "rsa-exponent2", "rsa-coefficient1", OSSL_PKEY_PARAM_RSA_N,
        ]
        guard key.bigNumber(OSSL_PKEY_PARAM_RSA_E) == BigNumber(65537), key.bigNumber("rsa-factor3") == nil else {
            return nil
        }
        let numbers = names.compactMap { key.bigNumber($0) }
        guard numbers.count == names.count else { return nil }
        self.init(p: numbers[0], q: numbers[1], dp: numbers[2], dq: numbers[3], qInverse: numbers[4], n: numbers[5])
    }

    /// Nil where a number hasn't the size that lanes are made for.
    init?(p: BigNumber, q: BigNumber, dp: BigNumber, dq: BigNumber, qInverse: BigNumber, n: BigNumber) {
        let half = Int(MARTLET_LANE_BYTES) / 2
        guard p.bitWidth == half * 8, q.bitWidth == half * 8, n.bitWidth == half * 16 else { return nil }
        unsafe pointer = .allocate(capacity: 1)
        unsafe pointer.initialize(to: martlet_lane_key())
        // One array after the other, as the structure has them.
        var place = unsafe UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: UInt8.self)
        for (number, size) in [(p, half), (q, half), (dp, half), (dq, half), (qInverse, half), (n, 2 * half)] {
            guard unsafe BN_bn2lebinpad(number.pointer, place, Int32(size)) == size else {
                ERR_clear_error()
                return nil
            }
            unsafe place += size
        }
    }

    deinit {
        unsafe OPENSSL_cleanse(pointer, MemoryLayout<martlet_lane_key>.size)
        unsafe pointer.deallocate()
    }
}
