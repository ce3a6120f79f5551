import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

/// AddUserPoolClientSecret, ListUserPoolClientSecrets and DeleteUserPoolClientSecret.
@Suite struct ClientSecretTests {
    static let secret: Members = ["GenerateSecret": true]

    @Test("both secrets are good until one is taken, whichever it is", arguments: [true, false], TestEngine.allCases)
    func exchange(takesFirst: Bool, engine: TestEngine) async throws {
        try await Cognito.run(on: engine, client: Self.secret) { cognito in
            try await cognito.addUser()
            let old = cognito.client
            cognito.clock.advance(.seconds(60))
            let added = await add(cognito)
            let value = try added.text("ClientSecretDescriptor.ClientSecretValue")
            let id = try added.text("ClientSecretDescriptor.ClientSecretId")
            #expect(value.contains(/^[a-z0-9]{51}$/) && value != old.secret)
            #expect(id == "\(old.id)--\(cognito.clock.now.seconds)")
            let fresh = TestClient(id: old.id, pool: old.pool, secret: value)
            for client in [old, fresh] { _ = try await cognito.signedIn(client: client) }

            let listed = try await cognito.ok(ListUserPoolClientSecrets.self, named(cognito))
            let ids = listed.list("ClientSecrets").compactMap { $0["ClientSecretId"]?.stringValue }
            #expect(ids.count == 2 && ids[1] == id && listed["NextToken"] == nil)
            #expect(listed.list("ClientSecrets").allSatisfy { $0["ClientSecretValue"] == nil })
            let (gone, kept) = takesFirst ? (old, fresh) : (fresh, old)
            let taken = await cognito.call(
                DeleteUserPoolClientSecret.self,
                named(cognito, ["ClientSecretId": takesFirst ? ids[0] : ids[1]])
            )
            #expect(taken.refusal == nil && taken.json == .object([:]))
            _ = try await cognito.signedIn(client: kept)
            #expect(await cognito.signIn(client: gone).refusal == .secretHashWrong(old.id))
            let described = try await cognito.ok(DescribeUserPoolClient.self, named(cognito))
            #expect(described.string("UserPoolClient.ClientSecret") == kept.secret)
            let left = try await cognito.ok(ListUserPoolClientSecrets.self, named(cognito)).list("ClientSecrets")
            #expect(left.compactMap { $0["ClientSecretId"]?.stringValue } == [takesFirst ? ids[1] : ids[0]])
        }
    }

    @Test("a secret of one's own isn't shown, and two of the same second have ids of their own")
    func given() async throws {
        try await Cognito.run(client: Self.secret) { cognito in
            let own = String(repeating: "s", count: 24)
            let added = await add(cognito, ["ClientSecret": own])
            #expect(added.refusal == nil && added["ClientSecretDescriptor.ClientSecretValue"] == nil)
            let listed = try await cognito.ok(ListUserPoolClientSecrets.self, named(cognito)).list("ClientSecrets")
            #expect(Set(listed.compactMap { $0["ClientSecretId"]?.stringValue }).count == 2)
            let tokens: Members = ["ClientId": cognito.client.id, "RefreshToken": "x", "ClientSecret": own]
            #expect(await cognito.call(GetTokensFromRefreshToken.self, tokens).refusal == .invalidRefreshToken)
        }
    }

    @Test("a client has two at most, also of many that are added at once", arguments: TestEngine.allCases)
    func limit(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, client: Self.secret) { cognito in
            let refusal = Refusal(
                "LimitExceededException",
                "User pool client \(cognito.client.id) can have at most 2 client secrets."
            )
            let answers = try await concurrently(6) { _ in await add(cognito) }.map { try $0.get().refusal }
            #expect(answers.filter { $0 == nil }.count == 1 && answers.filter { $0 == refusal }.count == 5)
            #expect(
                try await cognito.ok(ListUserPoolClientSecrets.self, named(cognito)).list("ClientSecrets").count == 2
            )
        }
    }

    @Test("of two that are taken at once one stays", arguments: TestEngine.allCases)
    func last(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, client: Self.secret) { cognito in
            try await cognito.ok(AddUserPoolClientSecret.self, named(cognito))
            let listed = try await cognito.ok(ListUserPoolClientSecrets.self, named(cognito)).list("ClientSecrets")
            let ids = listed.compactMap { $0["ClientSecretId"]?.stringValue }
            let last = Refusal.invalid("The last client secret of \(cognito.client.id) cannot be deleted.")
            let answers = try await concurrently(2) { number in
                await cognito.call(
                    DeleteUserPoolClientSecret.self,
                    named(cognito, ["ClientSecretId": ids[number]])
                )
            }.map { try $0.get().refusal }
            #expect(answers.filter { $0 == nil }.count == 1 && answers.filter { $0 == last }.count == 1)
        }
    }

    @Test("what isn't there can't be taken or added to")
    func absent() async throws {
        try await Cognito.run { cognito in
            let id = cognito.client.id
            let none = Refusal.invalid("User pool client \(id) does not have a client secret.")
            #expect(await add(cognito).refusal == none)
            let listed = try await cognito.ok(ListUserPoolClientSecrets.self, named(cognito))
            #expect(listed.list("ClientSecrets").isEmpty)
            let missing = Refusal(
                "ResourceNotFoundException",
                "User pool client \(id) does not have that client secret."
            )
            let taken = named(cognito, ["ClientSecretId": "\(id)--1700000000"])
            #expect(await cognito.call(DeleteUserPoolClientSecret.self, taken).refusal == missing)
            let page = named(cognito, ["NextToken": "x"])
            #expect(await cognito.call(ListUserPoolClientSecrets.self, page).refusal == .invalidPaginationToken)
        }
    }

    @Test("an update of the client leaves both as they are")
    func update() async throws {
        try await Cognito.run(client: Self.secret) { cognito in
            try await cognito.addUser()
            let value = try await add(cognito).text("ClientSecretDescriptor.ClientSecretValue")
            try await cognito.update(cognito.client, [:])
            let fresh = TestClient(id: cognito.client.id, pool: cognito.pool, secret: value)
            for client in [cognito.client, fresh] { _ = try await cognito.signedIn(client: client) }
        }
    }

    private func named(_ cognito: Cognito, _ more: Members = [:]) -> Members {
        let basis: Members = ["UserPoolId": cognito.pool, "ClientId": cognito.client.id]
        return basis.with(more)
    }

    private func add(_ cognito: Cognito, _ more: Members = [:]) async -> Answer {
        await cognito.call(AddUserPoolClientSecret.self, named(cognito, more))
    }
}
