package import HTTPTransport
import OperatingSystem

extension HTTPRequest {
    /// Whether a web page made the request that isn't this machine's own. What no browser sends, such as `curl`'s
    /// requests, isn't from a page.
    ///
    /// A browser says of every request but a plain GET of the page's own server where the page is from (`Origin`), and
    /// to loopback how near that is (`Sec-Fetch-Site`). Pages that this machine serves, on any port, are its
    /// developer's.
    var isFromForeignPage: Bool {
        let origins = headers.values("Origin")
        guard origins.isEmpty else { return !origins.allSatisfy(Self.isLoopback) }
        return headers.values("Sec-Fetch-Site").contains { !["same-origin", "same-site", "none"].contains($0) }
    }

    /// Whether the client reached us by an address, by `localhost` or by one of the names, or by a name below those. A
    /// page whose name is bound to 127.0.0.1 after it was loaded passes for our own, and only that name gives it away.
    /// Who answers for the network that a developer happens to be in can bind every other name, also one that nobody
    /// can register.
    func isForThisMachine(orOneOf names: [String]) -> Bool {
        // Every browser names a host.
        guard let host = headers["Host"] else { return true }
        let name = Self.hostName(host)
        return IPAddress(name) != nil || (names + ["localhost"]).contains { name == $0 || name.hasSuffix(".\($0)") }
    }

    private static func isLoopback(_ origin: String) -> Bool {
        for scheme in ["http://", "https://"] where origin.hasPrefix(scheme) {
            let authority = origin.dropFirst(scheme.count)
            let name = hostName(authority)
            guard !authority.contains("@") else { return false }
            return ["localhost", "127.0.0.1", "::1"].contains(name) || name.hasSuffix(".localhost")
        }
        return false
    }

    /// Of `name`, `name:port` or `[address]:port`, in lower case.
    package static func hostName(_ authority: some StringProtocol) -> String {
        if authority.hasPrefix("[") { return authority.dropFirst().prefix { $0 != "]" }.lowercased() }
        return authority.prefix { $0 != ":" }.lowercased()
    }
}
