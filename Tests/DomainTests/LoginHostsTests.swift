import Domain
import Testing

@Suite struct LoginHostsTests {
    private static let hosts = LoginHosts(plainURL: "https://auth.example.com:8443", prefixBase: "login.example.com")

    @Test(
        "the plain URL says scheme, name and port",
        arguments: [
            ("https://auth.example.com", "auth.example.com", "", true),
            ("https://auth.example.com:8443/base", "auth.example.com", ":8443", true),
            ("http://localhost:8484", "localhost", ":8484", false), ("http://127.0.0.1", "127.0.0.1", "", false),
            ("http://[::1]:8484", "[::1]", ":8484", false),
        ]
    )
    func parts(url: String, name: String, port: String, isSecure: Bool) {
        let hosts = LoginHosts(plainURL: url, prefixBase: "x")
        #expect(hosts.plainName == name && hosts.port == port && hosts.isSecure == isSecure)
        #expect(hosts.url(ofHost: "a.b.c") == "\(isSecure ? "https" : "http")://a.b.c\(port)")
    }

    @Test(
        "a prefix domain has a prefix, a region and the base",
        arguments: [
            ("mine.auth.us-east-1.login.example.com", "mine", "us-east-1"),
            ("mine.auth.us-east-1.example.com", nil, nil), ("mine.us-east-1.login.example.com", nil, nil),
            ("a.mine.auth.us-east-1.login.example.com", nil, nil), ("mine.oauth.us-east-1.login.example.com", nil, nil),
            ("login.example.com", nil, nil), (".login.example.com", nil, nil), ("", nil, nil),
            ("mine.auth.us-east-1xlogin.example.com", nil, nil),
        ] as [(String, String?, String?)]
    )
    func prefix(host: String, prefix: String?, region: String?) {
        let found = Self.hosts.prefix(ofHost: host)
        #expect(found?.prefix == prefix && found?.region == region)
    }

    @Test(
        "no pool's domain is the plain host, an address or a name of two labels",
        arguments: [
            ("auth.example.com", false), ("localhost", false), ("127.0.0.1", false), ("::1", false), ("", false),
            ("example.com", false), ("id.example.com", true), ("a.b.example.com", true),
            ("mine.auth.us-east-1.login.example.com", true), ("id.example.com.", false),
        ]
    )
    func canBeDomain(host: String, expected: Bool) { #expect(Self.hosts.canBeDomain(host) == expected) }
}
