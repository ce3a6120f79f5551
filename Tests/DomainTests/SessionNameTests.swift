import CognitoModel
import Domain
import Testing

@Suite struct SessionNameTests {
    @Test(
        "a session's name leads back to it",
        arguments: [
            "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "0197a8f0-1234-7abc-8def-0123456789ab",
        ],
        SessionKey.Kind.allCases
    )
    func roundTrip(id: String, kind: SessionKey.Kind) throws {
        let name = try #require(SessionKey(kind, id: id).name)
        #expect(name.contains(/^(tkn|sso)[a-z0-9]{25}$/))
        #expect(SessionKey(named: name) == SessionKey(kind, id: id))
    }

    @Test(
        "what isn't a name leads nowhere",
        arguments: [
            "", "tkn", "tkn0", "abc0000000000000000000000000", "tknzzzzzzzzzzzzzzzzzzzzzzzzz",
            "tkn000000000000000000000000-", "sso000000000000000000000000-", "TKN0000000000000000000000000",
        ]
    )
    func nothing(name: String) {
        #expect(SessionKey(named: name) == nil)
    }

    @Test("what isn't a UUID has no name")
    func noName() { #expect(SessionKey(.token, id: "event").name == nil) }

    @Test("an id says when its session was opened")
    func createdAt() {
        let key = SessionKey(.sso, id: "0197a8f0-1234-7abc-8def-0123456789ab")
        #expect(key.createdAt?.milliseconds == 0x0197_a8f0_1234)
    }
}
