import HTTPTransport
import OperatingSystem
import Testing

@testable import Server

@Suite("Trusted proxies")
struct TrustedProxiesTests {
    private static func peer(
        _ direct: String,
        _ forwarded: [String],
        trusting blocks: [String] = ["10.0.0.0/8", "192.0.2.1", "2001:db8::/32"]
    ) -> String {
        var request = HTTPRequest(method: "GET", path: "/", remoteAddress: direct)
        for value in forwarded { request.headers.append("X-Forwarded-For", value) }
        return TrustedProxies(blocks.compactMap { IPAddressBlock($0) }).peerAddress(of: request)
    }

    @Test("nobody is believed unless they are trusted")
    func untrusted() {
        #expect(Self.peer("198.51.100.7", ["1.2.3.4"], trusting: []) == "198.51.100.7")
        #expect(Self.peer("198.51.100.7", ["1.2.3.4"]) == "198.51.100.7")
        #expect(Self.peer("", ["1.2.3.4"]) == "")
    }

    @Test(
        "the rightmost address that isn't a trusted proxy is the peer",
        arguments: [
            ([], "10.0.0.1"), (["1.2.3.4"], "1.2.3.4"), (["6.6.6.6, 1.2.3.4"], "1.2.3.4"),
            (["6.6.6.6", "1.2.3.4 , 10.1.1.1"], "1.2.3.4"), (["1.2.3.4,192.0.2.1,10.9.9.9"], "1.2.3.4"),
            (["6.6.6.6,::1,2001:db8::5,::ffff:10.0.0.1"], "::1"), (["1.2.3.4", "5.6.7.8"], "5.6.7.8"),
            (["2001:DB9:0::1"], "2001:db9::1"), (["::ffff:1.2.3.4"], "1.2.3.4"),
        ]
    )
    func walks(forwarded: [String], expected: String) {
        #expect(Self.peer("10.0.0.1", forwarded) == expected)
    }

    @Test("where every hop is trusted it is the first")
    func allTrusted() { #expect(Self.peer("10.0.0.1", ["10.0.0.3, 10.0.0.2"]) == "10.0.0.3") }

    @Test(
        "what is no address ends the walk at the last one that was true",
        arguments: [
            "1.2.3.4, unknown", "1.2.3.4, ", "1.2.3.4,,", "1.2.3.4, 1.2.3", "1.2.3.4, 5.6.7.8:80", "1.2.3.4, [::1]",
            "1.2.3.4, fe80::1%eth0", "1.2.3.4, 256.1.1.1", "", "1.2.3.4, 010.0.0.1", "1.2.3.4, _hidden",
        ]
    )
    func malformed(forwarded: String) {
        #expect(Self.peer("10.0.0.1", [forwarded]) == "10.0.0.1")
        #expect(Self.peer("10.0.0.1", ["1.2.3.4", "\(forwarded), 10.0.0.2"]) == "10.0.0.2")
    }

    private static func host(_ direct: String, _ host: String?, _ forwarded: [String]) -> String {
        var request = HTTPRequest(method: "GET", path: "/", remoteAddress: direct)
        if let host { request.headers.append("Host", host) }
        for value in forwarded { request.headers.append("X-Forwarded-Host", value) }
        return TrustedProxies([IPAddressBlock("10.0.0.0/8")].compactMap(\.self)).hostName(of: request)
    }

    @Test(
        "the host is the one that was asked for, in lower case and without a port",
        arguments: [
            ("Mine.Example.COM:8484", "mine.example.com"), ("[::1]:8484", "::1"), ("127.0.0.1", "127.0.0.1"),
            (nil, ""), ("", ""), (":80", ""),
        ] as [(String?, String)]
    )
    func hostName(header: String?, expected: String) {
        #expect(Self.host("198.51.100.7", header, []) == expected)
        #expect(Self.host("10.0.0.1", header, []) == expected)
    }

    @Test("a trusted proxy says which host was asked for, and nobody else does")
    func forwardedHost() {
        #expect(Self.host("10.0.0.1", "internal:8484", ["Mine.example.com:443"]) == "mine.example.com")
        #expect(Self.host("198.51.100.7", "internal:8484", ["mine.example.com"]) == "internal")
        #expect(Self.host("", "internal", ["mine.example.com"]) == "internal")
        // What a client wrote before the proxy did names no host.
        #expect(Self.host("10.0.0.1", "internal", ["evil.example.com, mine.example.com"]) != "mine.example.com")
    }
}
