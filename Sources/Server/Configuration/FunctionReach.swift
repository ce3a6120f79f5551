import NetworkClient
import OperatingSystem

/// Which addresses functions' hosts may have, so that a name that is changed leads nowhere else.
enum FunctionReach: Sendable {
    /// Any: in dev.
    case everywhere
    /// Those that the operator's URLs name, those of the public internet for names, and these networks.
    case named(networks: [IPAddressBlock])

    /// As `--functions-networks` says. Throws `UsageError`.
    init(_ values: FlagValues) throws {
        self = .named(
            networks: try IPAddressBlock.list(values["functions-networks"] ?? "", of: "--functions-networks")
        )
    }

    private static let loopback = ["127.0.0.0/8", "::1"].compactMap(IPAddressBlock.init)

    /// The policy for a URL of the operator's. Events carry passwords: without TLS none leaves for the internet. Throws
    /// `UsageError`.
    func policy(for text: String, of flag: String) throws -> AddressPolicy {
        let url = try HTTPURL(text, of: flag)
        guard case .named(let networks) = self else { return .anyAddress }
        let isEncrypted = url.scheme == "https"
        if url.host == "localhost" || url.host.hasSuffix(".localhost") { return .only(Self.loopback) }
        let host = url.host.hasPrefix("[") ? String(url.host.dropFirst().dropLast()) : url.host
        if let address = IPAddress(host), let block = IPAddressBlock(host) {
            guard isEncrypted || !AddressPolicy.publicOnly.allows(address) else { throw Self.unencrypted(flag) }
            return .only([block])
        }
        if isEncrypted { return networks.isEmpty ? .publicOnly : .publicAnd(networks) }
        guard !networks.isEmpty else { throw Self.unencrypted(flag) }
        return .only(networks)
    }

    // What is wrong with a URL is said without it, as it may have a password in it.
    private static func unencrypted(_ flag: String) -> UsageError {
        UsageError(
            "\(flag): the URL must begin with https:// (http:// is for this machine, private addresses, and names in "
                + "--functions-networks)"
        )
    }
}

extension HTTPURL {
    /// A URL of the operator's. Throws `UsageError`.
    init(_ text: String, of flag: String) throws {
        do {
            try self.init(text)
        } catch {
            throw UsageError("\(flag): not a URL of https or http")
        }
    }
}

extension IPAddressBlock {
    /// Reads a list of addresses and CIDR blocks. Throws `UsageError` naming what is neither.
    static func list(_ text: String, of flag: String) throws -> [IPAddressBlock] {
        try text.split(separator: ",").map { entry in
            let entry = entry.filter { !$0.isWhitespace }
            guard let block = IPAddressBlock(entry) else {
                throw UsageError("\(flag): \(entry) isn't an IP address or a CIDR block")
            }
            return block
        }
    }
}
