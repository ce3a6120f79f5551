package import OperatingSystem

/// Which addresses may be connected to. It is held against the address itself, after names are resolved, and again
/// before anything is sent on a connection that is used once more: a name that changes its address is of no help.
package enum AddressPolicy: Sendable {
    /// Any, those of this machine and its network among them.
    case anyAddress
    /// Those of the public internet alone.
    case publicOnly
    /// Those of the public internet, and those in the blocks.
    case publicAnd([IPAddressBlock])
    /// Those in the blocks, and no others.
    case only([IPAddressBlock])

    /// Whether the address may be connected to.
    package func allows(_ address: IPAddress) -> Bool {
        switch self {
        case .anyAddress: true
        case .publicOnly: address.isPublic
        case .publicAnd(let blocks): address.isPublic || blocks.contains { $0.contains(address) }
        case .only(let blocks): blocks.contains { $0.contains(address) }
        }
    }
}

extension IPAddress {
    /// Whether the address is a unicast address of the public internet: none that the registries of special-purpose
    /// addresses (RFC 6890) hold for hosts, networks, tunnels, documentation or tests.
    var isPublic: Bool {
        // The last four bytes are the IPv4 address that a NAT64 connects to (RFC 6052).
        if high == 0x0064_FF9B_0000_0000, low >> 32 == 0 {
            return IPAddress(version4: UInt32(truncatingIfNeeded: low)).isPublic
        }
        if isVersion4 { return !Self.specialVersion4.contains { $0.contains(self) } }
        // Global unicast is 2000::/3 and nothing else (RFC 4291).
        return high >> 61 == 1 && !Self.specialVersion6.contains { $0.contains(self) }
    }

    private static let specialVersion4 = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
    ].compactMap(IPAddressBlock.init)

    /// In 2000::/3: protocol assignments with Teredo, documentation, and 6to4, in which any IPv4 address may stand.
    private static let specialVersion6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]
        .compactMap(IPAddressBlock.init)
}
