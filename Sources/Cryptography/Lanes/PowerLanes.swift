import CCryptoMB
import COpenSSL

/// Eight powers at a time, modulo numbers of 3,072 bits, in the time of three.
enum PowerLanes {
    /// The size that a modulus has, and the largest that an exponent may have, in bits.
    static let modulusBits = Int(MARTLET_POWER_BITS)
    static let exponentBits = Int(MARTLET_EXPONENT_BITS)

    /// The numbers of a power; the base is below the modulus, which is odd.
    typealias Operation = (base: BigNumber, exponent: BigNumber, modulus: BigNumber)

    /// Raises up to eight bases to their exponents, in a time that depends on no number. Nil for each result that can't
    /// be right, as it is zero or not below the modulus, and for all where a number hasn't the size that lanes are made
    /// for, or lanes aren't available.
    static func powers(_ operations: [Operation]) -> [BigNumber?] {
        let none = operations.map { _ in BigNumber?.none }
        guard Lanes.areAvailable, let first = operations.first, operations.count <= Lanes.width else { return none }
        let size = Lanes.width * MemoryLayout<martlet_lane_power>.size
        let powers = UnsafeMutablePointer<martlet_lane_power>.allocate(capacity: Lanes.width)
        defer {
            unsafe OPENSSL_cleanse(powers, size)
            unsafe powers.deallocate()
        }
        for lane in 0..<Lanes.width {
            // A lane that nobody needs repeats the first.
            let operation = lane < operations.count ? operations[lane] : first
            guard unsafe write(operation, to: powers + lane) else { return none }
        }
        unsafe martlet_lanes_powers(powers)
        return operations.indices.map { unsafe result(of: powers + $0, below: operations[$0].modulus) }
    }

    /// False where a number hasn't its size.
    private static func write(_ operation: Operation, to power: UnsafeMutablePointer<martlet_lane_power>) -> Bool {
        guard operation.modulus.bitWidth == modulusBits else { return false }
        // One array after the other, as the structure has them.
        var place = unsafe UnsafeMutableRawPointer(power).assumingMemoryBound(to: UInt8.self)
        for (number, bits) in [
            (operation.base, modulusBits), (operation.exponent, exponentBits), (operation.modulus, modulusBits),
        ] {
            guard unsafe BN_bn2lebinpad(number.pointer, place, Int32(bits / 8)) == bits / 8 else {
                ERR_clear_error()
                return false
            }
            unsafe place += bits / 8
        }
        return true
    }

    private static func result(
        of power: UnsafeMutablePointer<martlet_lane_power>,
        below modulus: BigNumber
    ) -> BigNumber? {
        let size = modulusBits / 8
        let place = unsafe UnsafeRawPointer(power) + (MemoryLayout<martlet_lane_power>.size - size)
        guard let number = unsafe BN_lebin2bn(place, Int32(size), nil) else { return nil }
        let result = unsafe BigNumber(takingOwnershipOf: number)
        return unsafe result.isZero || BN_cmp(number, modulus.pointer) >= 0 ? nil : result
    }
}
