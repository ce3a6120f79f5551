/// By which addresses the pages of pools are reached.
package struct LoginHosts: Sendable, Hashable {
    /// Where the server is reached itself, without a trailing slash. There the client says of which pool the pages are.
    package let plainURL: String
    /// What stands after `<prefix>.auth.<region>.` in the names of prefix domains.
    package let prefixBase: String
    /// Its name, without scheme and port.
    package let plainName: String
    /// `https` or `http`, and what follows the name of a domain, such as `:8484`.
    package let scheme: String
    package let port: String

    /// The hosts of a server that is reached at that URL.
    package init(plainURL: String, prefixBase: String) {
        self.plainURL = plainURL
        self.prefixBase = prefixBase
        scheme = plainURL.hasPrefix("http://") ? "http" : "https"
        let authority = plainURL.drop { $0 != "/" }.dropFirst(2).prefix { $0 != "/" }
        let name = authority.hasPrefix("[") ? authority.drop { $0 != "]" }.dropFirst() : authority.drop { $0 != ":" }
        port = String(name)
        plainName = String(authority.dropLast(name.count))
    }

    /// Whether browsers keep what they are told there from everybody on the way.
    package var isSecure: Bool { scheme == "https" }

    /// The address of a pool's domain, without a trailing slash.
    package func url(ofHost host: String) -> String { "\(scheme)://\(host)\(port)" }

    /// Where a pool's endpoints are: at its domain, or else at the plain host.
    package func url(of pool: UserPool) -> String { pool.domain.map(url(ofHost:)) ?? plainURL }

    /// Whether a host can be a pool's domain: a prefix domain, or a name of a pool's own, which has three labels.
    package func canBeDomain(_ host: String) -> Bool {
        if prefix(ofHost: host) != nil { return true }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        let isAddress = host.contains(":") || labels.last?.allSatisfy(\.isNumber) != false
        return host != plainName && labels.count > 2 && !isAddress
    }

    /// The name of a prefix domain, where a host can be one.
    package func prefix(ofHost host: String) -> (prefix: String, region: String)? {
        guard host.hasSuffix(".\(prefixBase)") else { return nil }
        let labels = host.dropLast(prefixBase.count + 1).split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count == 3, labels[1] == "auth" else { return nil }
        return (String(labels[0]), String(labels[2]))
    }
}
