import NetworkClient
import OperatingSystem

/// A URL of the operator's to which messages are handed over, and which addresses it may lead to. Messages carry codes:
/// what isn't encrypted stays on this machine and in private networks, whatever name servers say.
struct MessageEndpoint {
    /// Without a slash at its end.
    let base: String
    let host: String
    let policy: AddressPolicy

    private static let privateNetworks = [
        "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1", "fc00::/7",
    ].compactMap(IPAddressBlock.init)

    /// Nil without a text. Throws `UsageError`.
    init?(_ text: String?, of flag: String) throws {
        guard let text else { return nil }
        let url = try HTTPURL(text, of: flag)
        var base = text
        while base.hasSuffix("/") { base.removeLast() }
        self.base = base
        host = url.authority
        policy = url.scheme == "https" ? .anyAddress : .only(Self.privateNetworks)
    }
}
