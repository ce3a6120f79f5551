import Domain
import Testing

@Suite struct SessionNameTests {
    @Test(
        "a session's name leads back to it",
        arguments: [
            "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "0197a8f0-1234-7abc-8def-0123456789ab",
        ]
    )
    func roundTrip(id: String) throws {
        let name = try #require(SessionName.name(of: id))
        #expect(name.contains(/^tkn[a-z0-9]{25}$/))
        #expect(SessionName.id(of: name) == id)
    }

    @Test(
        "what isn't a name leads nowhere",
        arguments: [
            "", "tkn", "tkn0", "sso0000000000000000000000000", "tknzzzzzzzzzzzzzzzzzzzzzzzzz",
            "tkn000000000000000000000000-",
        ]
    )
    func nothing(name: String) {
        #expect(SessionName.id(of: name) == nil)
    }

    @Test("what isn't a UUID has no name")
    func noName() { #expect(SessionName.name(of: "event") == nil) }
}
