import Accounts
import CognitoModel
import Domain
import Storage
import Testing

@Suite struct AttributeServiceTests {
    private static func verifying(_ configuration: inout UserPoolType) {
        configuration.autoVerifiedAttributes = [.email]
    }

    private func update(
        _ user: User,
        by author: AttributeUpdate.Author,
        _ name: String,
        _ value: String,
        _ fixture: AccountsFixture
    ) async throws -> [CodeDestination] {
        try await fixture.attributes.update(
            user,
            by: author,
            with: [UserAttribute(name, value)],
            in: fixture.pool,
            caller: .ofTest,
            now: fixture.clock.now
        )
    }

    private func email(_ user: User, _ fixture: AccountsFixture) async throws -> String? {
        try await fixture.store.users.get(fixture.pool.name(user.username), in: fixture.pool).attributes["email"]
    }

    @Test("a new address is sent a code that verifies it")
    func address() async throws {
        try await AccountsFixture.run(configure: Self.verifying) { fixture in
            let ada = try await fixture.addUser("ada")
            let sent = try await update(ada, by: .client(fixture.client), "email", "new@b.c", fixture)
            #expect(sent.map(\.attribute) == [UserAttribute("email", "new@b.c")])
            let message = try #require(fixture.outbox.messages.first)
            #expect(message.to == "new@b.c" && fixture.outbox.messages.count == 1)
            let attempt = try fixture.codes.attempt(
                #require(message.code),
                .verifyEmail,
                sub: ada.sub,
                in: fixture.pool,
                limit: .verifyUserAttribute
            )
            #expect(try await fixture.store.codes.check(attempt, poolID: fixture.pool.id).value == "new@b.c")
        }
    }

    @Test("other changes send nothing")
    func others() async throws {
        try await AccountsFixture.run(configure: Self.verifying) { fixture in
            let ada = try await fixture.addUser("ada")
            #expect(try await update(ada, by: .client(fixture.client), "name", "Ada", fixture).isEmpty)
            #expect(try await update(ada, by: .client(fixture.client), "email", "ada@example.com", fixture).isEmpty)
            #expect(fixture.outbox.messages.isEmpty)
        }
    }

    @Test("a client's user asks for so many codes an hour, and then changes nothing; administrators aren't counted")
    func limit() async throws {
        try await AccountsFixture.run(configure: Self.verifying) { fixture in
            let ada = try await fixture.addUser("ada")
            let limit = AttemptLimit.sendAttributeCode.attempts
            for number in 0..<limit {
                _ = try await update(ada, by: .client(fixture.client), "email", "\(number)@b.c", fixture)
            }
            await #expect(throws: CodeFailure.messagesExceeded) {
                try await update(ada, by: .client(fixture.client), "email", "late@b.c", fixture)
            }
            #expect(try await email(ada, fixture) == "\(limit - 1)@b.c")
            #expect(fixture.outbox.messages.count == limit)
            for number in 0...limit { _ = try await update(ada, by: .administrator, "email", "\(number)@a.b", fixture) }
            #expect(try await email(ada, fixture) == "\(limit)@a.b")
            fixture.clock.advance(seconds: 3600)
            _ = try await update(ada, by: .client(fixture.client), "email", "later@b.c", fixture)
        }
    }

    @Test("a change that is refused changes and sends nothing")
    func refused() async throws {
        try await AccountsFixture.run(configure: Self.verifying) { fixture in
            let ada = try await fixture.addUser("ada")
            await #expect(throws: AttributeFailure.invalidEmail) {
                try await update(ada, by: .administrator, "email", "nonsense", fixture)
            }
            #expect(try await email(ada, fixture) == "ada@example.com")
            #expect(fixture.outbox.messages.isEmpty)
        }
    }
}
