import HTTPTransport
import OperatingSystem

/// Where the server listens, and which proxies are before it.
package struct ListenerConfiguration: Sendable {
    /// An address and a port.
    package struct Address: Sendable, Equatable {
        /// An IP address or `localhost`.
        package let host: String
        /// 0 takes a free one.
        package let port: UInt16
    }

    /// An IP address or `localhost`.
    package let host: String
    /// 0 takes a free one.
    package let port: UInt16
    let trustedProxies: TrustedProxies
    /// Where health and metrics have a port of their own; nil where they haven't.
    package let monitoring: Address?

    private static let loopback = "127.0.0.1"
    private static let port = Flag("port", "PORT", "the port to listen on; 0 takes a free one", default: "8484")

    static let developmentFlags = [port]
    static let flags = [
        Flag("host", "ADDRESS", "the address to listen on", default: loopback),
        port,
        Flag(
            "trusted-proxies",
            "LIST",
            "addresses and CIDR blocks, separated by commas, of the proxies whose X-Forwarded-For is believed"
        ),
        Flag(
            "admin-listen",
            "ADDRESS:PORT",
            "where metrics are answered instead of at --port, and health as well as there, whatever the load"
        ),
    ]

    init(_ values: FlagValues) throws {
        host = try values.required("host")
        port = try values.port("port")
        trustedProxies = try TrustedProxies(list: values["trusted-proxies"] ?? "")
        monitoring = try values["admin-listen"].map(Address.init)
    }

    init(development values: FlagValues) throws {
        host = Self.loopback
        port = try values.port("port")
        trustedProxies = TrustedProxies([])
        monitoring = nil
    }
}

extension ListenerConfiguration.Address {
    /// Reads `address:port` or `[address]:port`. Throws `UsageError` for anything else.
    fileprivate init(_ text: String) throws {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            throw UsageError("--admin-listen: \(text) isn't an address and a port, such as 127.0.0.1:8485")
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        self.init(host: String(host), port: port)
    }
}

extension TrustedProxies {
    /// Reads the flag. Throws `UsageError` naming what isn't an address.
    fileprivate init(list: String) throws {
        self.init(
            try list.split(separator: ",").map { entry in
                let text = entry.filter { !$0.isWhitespace }
                guard let block = IPAddressBlock(text) else {
                    throw UsageError("--trusted-proxies: \(text) isn't an IP address or a CIDR block")
                }
                return block
            }
        )
    }
}
