/// The addresses to which a browser may be sent back.
enum RedirectURL {
    /// Throws `ClientSettingsFailure` for one that isn't safe: without TLS only this machine is reached, and a fragment
    /// is where tokens go.
    static func check(_ url: String) throws {
        if url.contains("#") { throw ClientSettingsFailure.redirectHasFragment(url) }
        if url.lowercased().hasPrefix("http://"), !isOfThisMachine(url) {
            throw ClientSettingsFailure.redirectWithoutTLS(url)
        }
    }

    private static func isOfThisMachine(_ url: String) -> Bool {
        let rest = url.lowercased().dropFirst("http://".count)
        return ["localhost", "127.0.0.1", "[::1]"].contains { host in
            guard rest.hasPrefix(host) else { return false }
            guard let next = rest.dropFirst(host.count).first else { return true }
            guard next == ":" else { return "/?".contains(next) }
            // A port, and no user in front of another host.
            let port = rest.dropFirst(host.count + 1).prefix { !"/?".contains($0) }
            return UInt16(port) != nil
        }
    }
}
