package import HTTPTransport
import OperatingSystem

extension HTTPRequest {
    /// Whether a web page made the request that isn't this machine's own. What no browser sends, such as `curl`'s
    /// requests, isn't from a page.
    ///
    /// A browser says of every request but a plain GET of the page's own server where the page is from (`Origin`), and to
    /// loopback how near that is (`Sec-Fetch-Site`). Pages that this machine serves, on any port, are its developer's.
    var isFromForeignPage: Bool {
        let origins = headers.values("Origin")
        guard origins.isEmpty else { return !origins.allSatisfy(Self.isLoopback) }
        return headers.values("Sec-Fetch-Site").contains { !["same-origin", "same-site", "none"].contains($0) }
    }

    /// Whether the name that the client reached us by is one that anybody can register. A page whose name is bound to
    /// 127.0.0.1 after it was loaded passes for our own, and only that name gives it away.
    var isForPublicName: Bool {
        let name = Self.hostName(headers["Host"] ?? "")
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count > 1, IPAddress(name) == nil, let last = labels.last else { return false }
        return !["localhost", "internal", "local", "test"].contains(last)
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
