import NetworkClient
import Testing

@testable import Server

@Suite("where messages go")
struct MessageConfigurationTests {
    private func configuration(_ arguments: String...) throws -> MessageConfiguration {
        let values = try FlagValues(arguments, flags: MessagesCommand.flags, environment: [:])
        return try MessageConfiguration(values, environment: [:])
    }

    @Test(
        "servers",
        arguments: [
            ("smtp://a", "a", 587, "startTLS"), ("smtps://a.example", "a.example", 465, "implicitTLS"),
            ("smtp://a:25?tls=off", "a", 25, "none"), ("smtp://[::1]:2525/", "[::1]", 2525, "startTLS"),
            ("smtps://[2001:db8::1]", "[2001:db8::1]", 465, "implicitTLS"),
        ] as [(String, String, UInt16, String)]
    )
    func servers(url: String, host: String, port: UInt16, security: String) throws {
        let server = try MailServerURL(url).server
        #expect(server.host == host && server.port == port && "\(server.security)" == security)
    }

    @Test("users", arguments: [("smtp://app@a", "app"), ("smtp://a%40b.c@d", "a@b.c"), ("smtp://a@b.c@d", "a@b.c")])
    func users(url: String, user: String) throws { #expect(try MailServerURL(url).user == user) }

    @Test("of nothing that is said, in dev and in production")
    func nothing() throws {
        let none = try configuration()
        #expect(none.warnings.count == 2)
        #expect(try configuration("--mail", "stdout", "--texts", "stdout").warnings.isEmpty)
        #expect(
            try configuration("--mail", "smtp://a?tls=off", "--mail-from", "a@b.c", "--texts", "stdout").warnings.count
                == 1
        )
    }

    @Test(
        "what can't be followed",
        arguments: [
            ["--mail", "smtp://a"], ["--mail-from", "a@b.c"], ["--texts-from", "a"], ["--texts", "sns:eu"],
            ["--texts", "twilio:AC1"], ["--texts", "https://a.example"], ["--texts", "ftp://a"],
            ["--mail", "smtp://a", "--mail-from", "nobody"], ["--mail", ",", "--mail-from", "a@b.c"],
            ["--mail", "smtp://a%", "--mail-from", "a@b.c"], ["--mail", "smtp://%0a@a", "--mail-from", "a@b.c"],
            ["--mail", "smtp://a", "--mail-from", "a@b.c", "--mail-endpoint", "https://a"],
        ]
    )
    func refusals(arguments: [String]) {
        #expect(throws: UsageError.self) {
            let values = try FlagValues(arguments, flags: MessagesCommand.flags, environment: [:])
            _ = try MessageConfiguration(values, environment: [:])
        }
    }
}
