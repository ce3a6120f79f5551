import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

/// DeleteUserAttributes and AdminDeleteUserAttributes.
@Suite struct DeleteAttributesTests {
    @Test("what is named goes, and the rest stays", arguments: AttributeTests.Author.allCases, TestEngine.allCases)
    func good(author: AttributeTests.Author, engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            try await cognito.addUser(attributes: ["name": "Ada", "locale": "en", "nickname": "A"])
            let answer = try await delete(cognito, author, ["name", "locale", "profile"])
            #expect(answer.refusal == nil && answer.json == .object([:]))
            #expect(
                try await cognito.user().attributes().keys.sorted() == ["email", "email_verified", "nickname", "sub"]
            )
            let claims = try cognito.claims(try await cognito.signedIn().id)
            #expect(claims["name"] == nil && claims["nickname"] == .string("A"))
        }
    }

    static let bad: [([String], Refusal)] = [
        (["shoe"], .schema("shoe: Attribute does not exist in the schema.")),
        (["sub"], .immutable("sub")), (["identities"], .immutable("identities")),
        (["custom:birth"], .immutable("custom:birth")),
        (["family_name"], .schema("family_name: The attribute is required")),
    ]

    @Test("what can't be deleted, whoever deletes it", arguments: bad, AttributeTests.Author.allCases)
    func refused(row: (names: [String], refusal: Refusal), author: AttributeTests.Author) async throws {
        let schema: [Members] = [
            ["Name": "family_name", "Required": true],
            ["Name": "birth", "AttributeDataType": "String", "Mutable": false],
        ]
        try await Cognito.run(pool: ["Schema": schema]) { cognito in
            try await cognito.addUser(attributes: ["name": "Ada", "family_name": "L", "custom:birth": "1815"])
            let before = try await cognito.user().attributes()
            #expect(try await delete(cognito, author, ["name"] + row.names).refusal == row.refusal)
            #expect(try await cognito.user().attributes() == before)
        }
    }

    @Test("a client deletes what it may write", arguments: ["nickname", "email_verified", "dev:custom:secret"])
    func unwritable(name: String) async throws {
        let schema: [Members] = [
            ["Name": "secret", "AttributeDataType": "String", "DeveloperOnlyAttribute": true]
        ]
        try await Cognito.run(pool: ["Schema": schema], client: ["WriteAttributes": ["name"]]) { cognito in
            try await cognito.addUser(attributes: ["name": "Ada", "nickname": "A", "dev:custom:secret": "x"])
            #expect(try await delete(cognito, .user, ["name", name]).refusal == .unwritable)
            #expect(try await delete(cognito, .user, ["name"]).refusal == nil)
            #expect(try await delete(cognito, .administrator, [name]).refusal == nil)
            #expect(try await cognito.user().attributes()[name] == nil)
        }
    }

    @Test("with an address its mark goes, its alias, and the code that was sent there", arguments: TestEngine.allCases)
    func address(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: ["AliasAttributes": ["email"]]) { cognito in
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            let asked: Members = ["AccessToken": token, "AttributeName": "email"]
            try await cognito.ok(GetUserAttributeVerificationCode.self, asked)
            #expect(try await delete(cognito, .administrator, ["email"]).refusal == nil)
            #expect(try await cognito.user().attributes().keys.sorted() == ["sub"])
            #expect(
                await cognito.call(AdminGetUser.self, cognito.named("ada@example.com")).refusal == .noUser
            )
            let code = asked.with(["Code": try cognito.outbox.code()])
            #expect(await cognito.call(VerifyUserAttribute.self, code).refusal == .codeExpired)
            try await cognito.addUser("bob", attributes: ["email": "ada@example.com", "email_verified": "true"])
        }
    }

    private func delete(_ cognito: Cognito, _ author: AttributeTests.Author, _ names: [String]) async throws -> Answer {
        let names: Members = ["UserAttributeNames": names]
        switch author {
        case .administrator: return await cognito.call(AdminDeleteUserAttributes.self, cognito.named("ada", names))
        case .user:
            let token = try await cognito.signedIn().access
            return await cognito.call(DeleteUserAttributes.self, names.with(["AccessToken": token]))
        }
    }
}
