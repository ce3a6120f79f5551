import NetworkClient
import OperatingSystem
import Testing

@Suite("Address policy") struct AddressPolicyTests {
    @Test(
        "What isn't of the public internet is refused",
        arguments: [
            "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.0", "100.127.255.255", "127.0.0.1",
            "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1",
            "192.168.0.1", "192.168.255.255", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9",
            "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
            "::", "::1", "::127.0.0.1", "fe80::1", "febf::1", "fec0::1", "fc00::1", "fdff::1", "fd00:ec2::254",
            "ff02::1", "100::1", "2001:db8::1", "2001::1", "2001:10::1", "3fff::1", "5f00::1",
            "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:192.168.1.1",
            "::ffff:100.64.0.1", "::ffff:0.0.0.0", "::ffff:224.0.0.1",
            "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b::192.168.1.1",
            "64:ff9b:1::8.8.8.8", "2002:7f00:1::1", "2002:a9fe:a9fe::",
        ]
    )
    func special(text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(!AddressPolicy.publicOnly.allows(address))
        #expect(AddressPolicy.anyAddress.allows(address))
    }

    @Test(
        "What is, passes, next to the blocks that don't",
        arguments: [
            "8.8.8.8", "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
            "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255",
            "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255",
            "2606:4700:4700::1111", "2a00:1450::1", "2001:200::1", "2001:4860:4860::8888", "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
        ]
    )
    func open(text: String) throws {
        #expect(AddressPolicy.publicOnly.allows(try #require(IPAddress(text))))
    }

    @Test("An operator's block is allowed beside the public internet, and nothing next to it")
    func blocks() throws {
        let policy = AddressPolicy.publicAnd([try #require(IPAddressBlock("10.1.0.0/16"))])
        #expect(policy.allows(try #require(IPAddress("10.1.2.3"))))
        #expect(policy.allows(try #require(IPAddress("::ffff:10.1.2.3"))))
        #expect(policy.allows(try #require(IPAddress("8.8.8.8"))))
        #expect(!policy.allows(try #require(IPAddress("10.2.0.1"))))
        #expect(!policy.allows(try #require(IPAddress("127.0.0.1"))))
    }
}
