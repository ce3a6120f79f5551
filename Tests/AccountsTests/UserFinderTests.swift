import Accounts
import CognitoModel
import Domain
import Testing

@Suite struct UserFinderTests {
    @Test("a user is found, whether the client hides who exists or not", arguments: [true, false])
    func known(hides: Bool) async throws {
        try await AccountsFixture.run { fixture in
            let ada = try await fixture.addUser("ada")
            for name in ["ada", ada.sub] {
                let found = try await fixture.find(name, hides: hides)
                #expect(found.user.sub == ada.sub && !found.isSimulated)
            }
        }
    }

    @Test("nobody is found out where the client hides it, and always as the same")
    func unknown() async throws {
        try await AccountsFixture.run { fixture in
            let first = try await fixture.find("nobody")
            let again = try await fixture.find("nobody")
            #expect(first.isSimulated && first.user.sub == again.user.sub)
            await #expect(throws: UserFailure.notFoundForClient) {
                try await fixture.find("nobody", hides: false)
            }
        }
    }
}
