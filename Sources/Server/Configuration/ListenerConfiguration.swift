import HTTPTransport

/// Where the server listens, and which proxies are before it.
package struct ListenerConfiguration: Sendable {
    /// An IP address or `localhost`.
    package let host: String
    /// 0 takes a free one.
    package let port: UInt16
    let trustedProxies: TrustedProxies

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
    ]

    init(_ values: FlagValues) throws {
        host = try values.required("host")
        port = try values.port("port")
        trustedProxies = try TrustedProxies(list: values["trusted-proxies"] ?? "")
    }

    init(development values: FlagValues) throws {
        host = Self.loopback
        port = try values.port("port")
        trustedProxies = TrustedProxies([])
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
