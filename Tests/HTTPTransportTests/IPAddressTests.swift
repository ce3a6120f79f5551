import HTTPTransport
import OperatingSystem
import Testing

@Suite("IP addresses")
struct IPAddressTests {
    @Test(
        "have one text",
        arguments: [
            ("127.0.0.1", "127.0.0.1"), ("::ffff:127.0.0.1", "127.0.0.1"), ("::FFFF:7f00:1", "127.0.0.1"),
            ("2001:DB8:0:0::1", "2001:db8::1"), ("::", "::"), ("255.255.255.255", "255.255.255.255"),
        ]
    )
    func texts(text: String, canonical: String) {
        #expect(IPAddress(text)?.text == canonical)
        #expect(IPAddress(text) == IPAddress(canonical))
    }

    @Test(
        "are numeric alone",
        arguments: ["", "localhost", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.4 ", "[::1]", "1.2.3.4\0", "fe80::1%lo"]
    )
    func refusals(text: String) { #expect(IPAddress(text) == nil) }

    @Test(
        "belong to blocks",
        arguments: [
            ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("10.1.2.3/8", "10.9.9.9", true),
            ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.6", false), ("192.0.2.0/31", "192.0.2.1", true),
            ("192.0.2.0/31", "192.0.2.2", false), ("0.0.0.0/0", "203.0.113.9", true), ("0.0.0.0/0", "::1", false),
            ("::/0", "203.0.113.9", true), ("::/0", "2001:db8::1", true), ("2001:db8::/32", "2001:db8:ffff::1", true),
            ("2001:db8::/32", "2001:db9::1", false), ("2001:db8::/65", "2001:db8::7fff:0:0:1", true),
            ("2001:db8::/65", "2001:db8::8000:0:0:1", false), ("2001:db8::/64", "2001:db8::1:0:0:0:1", false),
            ("::1", "::1", true), ("::1", "::2", false), ("10.0.0.0/8", "::ffff:10.1.1.1", true),
        ]
    )
    func blocks(block: String, address: String, isInside: Bool) throws {
        let parsed = try #require(IPAddressBlock(block))
        #expect(parsed.contains(try #require(IPAddress(address))) == isInside)
    }

    @Test(
        "and blocks have a length that their family has",
        arguments: [
            "", "/8", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/8/8", "x/8",
        ]
    )
    func badBlocks(text: String) { #expect(IPAddressBlock(text) == nil) }
}
