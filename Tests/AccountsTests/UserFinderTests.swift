import Accounts
import CognitoModel
import Domain
import Testing

@Suite struct UserFinderTests {
    private func find(_ name: String, hides: Bool, _ fixture: AccountsFixture) async throws -> UserFinder.Found {
        let client = AccountsFixture.client("c", in: fixture.pool) {
            $0.preventUserExistenceErrors = hides ? .enabled : .legacy
        }
        return try await fixture.finder.find(
            fixture.pool.name(name),
            through: client,
            in: fixture.pool,
            now: fixture.clock.now
        )
    }

    @Test("a user is found, whether the client hides who exists or not", arguments: [true, false])
    func known(hides: Bool) async throws {
        try await AccountsFixture.run { fixture in
            let ada = try await fixture.addUser("ada")
            for name in ["ada", ada.sub] {
                let found = try await find(name, hides: hides, fixture)
                #expect(found.user.sub == ada.sub && !found.isSimulated)
            }
        }
    }

    @Test("nobody is found out where the client hides it, and always as the same")
    func unknown() async throws {
        try await AccountsFixture.run { fixture in
            let first = try await find("nobody", hides: true, fixture)
            let again = try await find("nobody", hides: true, fixture)
            #expect(first.isSimulated && first.user.sub == again.user.sub)
            await #expect(throws: UserFailure.notFoundForClient) {
                try await find("nobody", hides: false, fixture)
            }
        }
    }
}
