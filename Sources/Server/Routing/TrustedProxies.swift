package import HTTPTransport
package import OperatingSystem
import Operations

/// The proxies whose word is taken on whom a request comes from.
package struct TrustedProxies: Sendable {
    /// Where they are.
    let blocks: [IPAddressBlock]

    /// Proxies at these addresses; none is trusted if there are none.
    package init(_ blocks: [IPAddressBlock]) { self.blocks = blocks }

    /// The address that a request comes from.
    ///
    /// Each proxy appends its own peer to `X-Forwarded-For`. What a trusted one appended is true, so the walk goes from
    /// the right for as long as it meets trusted ones, and ends at the first that isn't: what stands left of it,
    /// anybody may have written. It also ends before an entry that is no address.
    package func peerAddress(of request: HTTPRequest) -> String {
        guard !blocks.isEmpty, var peer = IPAddress(request.remoteAddress), isTrusted(peer) else {
            return request.remoteAddress
        }
        let entries = request.headers.values("X-Forwarded-For").flatMap { value in
            value.split(separator: ",", omittingEmptySubsequences: false)
        }
        for entry in entries.reversed() {
            guard let earlier = IPAddress(entry.filter { $0 != " " && $0 != "\t" }) else { break }
            peer = earlier
            guard isTrusted(earlier) else { break }
        }
        return peer.text
    }

    /// The name that the client reached us by: what a trusted proxy says that it was (`X-Forwarded-Host`), or else
    /// `Host`.
    package func hostName(of request: HTTPRequest) -> String {
        // Every request is asked: without proxies nothing is read of its address.
        let isProxied = !blocks.isEmpty && IPAddress(request.remoteAddress).map(isTrusted) == true
        let forwarded = isProxied ? request.headers["X-Forwarded-Host"] : nil
        return HTTPRequest.hostName(forwarded ?? request.headers["Host"] ?? "")
    }

    private func isTrusted(_ address: IPAddress) -> Bool { blocks.contains { $0.contains(address) } }
}
