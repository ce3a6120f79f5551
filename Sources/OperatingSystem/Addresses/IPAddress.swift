import Glibc

/// An IPv4 or IPv6 address. An IPv4 address and the same one mapped into IPv6 are equal.
package struct IPAddress: Hashable, Sendable {
    /// `::ffff:0:0`, before the four bytes of an IPv4 address.
    private static let mapped: UInt64 = 0xFFFF_0000_0000

    /// The first eight bytes of the IPv6 address, the most significant first.
    package let high: UInt64
    /// The other eight.
    package let low: UInt64

    /// An address of these bytes.
    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// An IPv4 address.
    package init(version4: UInt32) { self.init(high: 0, low: Self.mapped | UInt64(version4)) }

    /// Reads a numeric address, without brackets, port or zone.
    package init?(_ text: String) {
        // C would stop reading at a NUL.
        guard !text.utf8.contains(0) else { return nil }
        var version4: UInt32 = 0
        if unsafe inet_pton(AF_INET, text, &version4) == 1 {
            high = 0
            low = Self.mapped | UInt64(UInt32(bigEndian: version4))
            return
        }
        var version6: (UInt64, UInt64) = (0, 0)
        guard unsafe inet_pton(AF_INET6, text, &version6) == 1 else { return nil }
        high = UInt64(bigEndian: version6.0)
        low = UInt64(bigEndian: version6.1)
    }

    /// Whether it is an IPv4 address.
    package var isVersion4: Bool { high == 0 && low & ~0xFFFF_FFFF == Self.mapped }

    /// As text, always the same for the same address.
    package var text: String {
        if isVersion4 {
            var address = UInt32(truncatingIfNeeded: low).bigEndian
            return unsafe Self.text(AF_INET, &address)
        }
        var address = (high.bigEndian, low.bigEndian)
        return unsafe Self.text(AF_INET6, &address)
    }

    private static func text(_ family: Int32, _ address: UnsafeRawPointer) -> String {
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { buffer in
            let text = unsafe inet_ntop(family, address, buffer.baseAddress, socklen_t(buffer.count))
            return unsafe text.map { unsafe String(cString: $0) } ?? ""
        }
    }
}

/// A range of addresses with a common prefix, such as `10.0.0.0/8`; or one address.
package struct IPAddressBlock: Sendable {
    private let first: IPAddress
    /// How many leading bits of the IPv6 form are common to all.
    private let prefix: Int

    /// Reads an address, or an address, a slash and the length of the prefix.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = parts.first.flatMap({ IPAddress(String($0)) }) else { return nil }
        let width = parts[0].utf8.contains(UInt8(ascii: ":")) ? 128 : 32
        var length = width
        if parts.count == 2 {
            guard parts[1].utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains),
                let given = Int(parts[1]), given <= width
            else { return nil }
            length = given
        }
        first = address
        prefix = 128 - width + length
    }

    /// Whether the address is in the block.
    package func contains(_ address: IPAddress) -> Bool {
        let highMask = prefix >= 64 ? UInt64.max : ~(UInt64.max >> UInt64(prefix))
        let lowMask = prefix <= 64 ? 0 : prefix == 128 ? UInt64.max : ~(UInt64.max >> UInt64(prefix - 64))
        return (address.high ^ first.high) & highMask == 0 && (address.low ^ first.low) & lowMask == 0
    }
}
