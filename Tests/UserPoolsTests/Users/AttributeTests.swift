import CognitoModel
import Testing
import UserPools

/// UpdateUserAttributes and AdminUpdateUserAttributes.
@Suite struct AttributeTests {
    enum Author: CaseIterable { case user, administrator }

    @Test("values are set, changed, and deleted by an empty one", arguments: Author.allCases)
    func good(author: Author) async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            #expect(try await update(cognito, author, ["name": "Ada", "locale": "en"]).refusal == nil)
            #expect(try await update(cognito, author, ["name": "Augusta", "locale": ""]).refusal == nil)
            let values = try await cognito.user().attributes()
            #expect(values["name"] == "Augusta" && values["locale"] == nil)
        }
    }

    static let schema: [Members] = [
        ["Name": "email", "Required": true], ["Name": "member", "AttributeDataType": "Boolean"],
        ["Name": "birth", "AttributeDataType": "String", "Mutable": false],
        ["Name": "name", "Required": true, "Mutable": false],
        ["Name": "secret", "AttributeDataType": "String", "DeveloperOnlyAttribute": true],
    ]

    static let bad: [(String, String, Refusal)] = [
        ("shoe", "1", .schema("shoe: Attribute does not exist in the schema.")),
        ("custom:birth", "1816", .immutable("custom:birth")),
        ("custom:birth", "", .immutable("custom:birth")), ("name", "Eve", .immutable("name")),
        ("email", "", .schema("email: The attribute is required")),
        ("email", "ada", .invalid("Invalid email address format.")),
        ("phone_number", "1", .invalid("Invalid phone number format.")),
        ("sub", "1", .immutable("sub")), ("identities", "[]", .immutable("identities")),
        ("custom:member", "1", .schema("custom:member: Attribute value must be a boolean.")),
    ]

    @Test("values that can't be set, whoever sets them", arguments: bad, Author.allCases)
    func refused(row: (name: String, value: String, refusal: Refusal), author: Author) async throws {
        try await Cognito.run(pool: ["Schema": Self.schema]) { cognito in
            try await cognito.addUser(attributes: [
                "email": "ada@example.com", "name": "Ada", "custom:birth": "1815", "dev:custom:secret": "x",
            ])
            let before = try await cognito.user().attributes()
            let answer = try await update(cognito, author, [row.name: row.value, "locale": "en"])
            #expect(answer.refusal == row.refusal)
            #expect(try await cognito.user().attributes() == before)
        }
    }

    @Test("what never changes may be told again, and what is missing of what is required set once")
    func immutable() async throws {
        try await Cognito.run(pool: ["Schema": Self.schema]) { cognito in
            try await cognito.addUser(attributes: ["email": "ada@example.com", "custom:birth": "1815"])
            for author in Author.allCases {
                #expect(try await update(cognito, author, ["custom:birth": "1815"]).refusal == nil)
            }
            #expect(try await update(cognito, .user, ["name": "Ada"]).refusal == nil)
            #expect(try await update(cognito, .administrator, ["name": "Eve"]).refusal == .immutable("name"))
        }
    }

    @Test(
        "what only administrators write",
        arguments: ["email_verified", "phone_number_verified", "dev:custom:secret"]
    )
    func administratorsOnly(name: String) async throws {
        try await Cognito.run(pool: ["Schema": Self.schema]) { cognito in
            try await cognito.addUser(attributes: ["email": "ada@example.com", "name": "Ada"])
            #expect(try await update(cognito, .user, [name: "true"]).refusal == .unwritable)
            #expect(try await update(cognito, .administrator, [name: "TRUE"]).refusal == nil)
            let kept = name == "dev:custom:secret" ? "TRUE" : "true"
            #expect(try await cognito.user().attributes()[name] == kept)
        }
    }

    @Test("what a client may write, it says anew at each call")
    func writable() async throws {
        try await Cognito.run(client: ["WriteAttributes": ["name"]]) { cognito in
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            #expect(await update(cognito, token, ["name": "Ada"]).refusal == nil)
            #expect(await update(cognito, token, ["name": "Ada", "locale": "en"]).refusal == .unwritable)
            try await cognito.update(cognito.client, ["WriteAttributes": ["locale"]])
            #expect(await update(cognito, token, ["name": "Eve"]).refusal == .unwritable)
            #expect(await update(cognito, token, ["locale": "en"]).refusal == nil)
        }
    }

    @Test("an address that somebody else is called by is taken", arguments: Author.allCases)
    func taken(author: Author) async throws {
        try await Cognito.run(pool: ["UsernameAttributes": ["email"]]) { cognito in
            for name in ["ada@example.com", "bob@example.com"] {
                try await cognito.addUser(name, attributes: ["email": name, "email_verified": "true"])
            }
            let answer = try await update(cognito, author, ["email": "bob@example.com"], of: "ada@example.com")
            #expect(answer.refusal == .aliasExists("email"))
            #expect(
                try await update(cognito, author, ["email": "eve@example.com"], of: "ada@example.com").refusal == nil
            )
            #expect(await cognito.signIn("eve@example.com").refusal == nil)
            #expect(await cognito.call(AdminGetUser.self, cognito.named("ada@example.com")).refusal == .noUser)
        }
    }

    @Test("an alias that is somebody else's is taken", arguments: Author.allCases)
    func takenAlias(author: Author) async throws {
        try await Cognito.run(pool: ["AliasAttributes": ["preferred_username"]]) { cognito in
            try await cognito.addUser("ada")
            try await cognito.addUser("bob", attributes: ["preferred_username": "al"])
            let answer = try await update(cognito, author, ["preferred_username": "al"])
            #expect(answer.refusal == .aliasExists("preferred_username"))
        }
    }

    private func update(
        _ cognito: Cognito,
        _ author: Author,
        _ pairs: KeyValuePairs<String, String>,
        of name: String = "ada"
    ) async throws -> Answer {
        switch author {
        case .user: return await update(cognito, try await cognito.signedIn(name).access, pairs)
        case .administrator:
            let changes: Members = ["UserAttributes": attributes(pairs)]
            return await cognito.call(AdminUpdateUserAttributes.self, cognito.named(name, changes))
        }
    }

    private func update(_ cognito: Cognito, _ token: String, _ pairs: KeyValuePairs<String, String>) async -> Answer {
        let changes: Members = ["AccessToken": token, "UserAttributes": attributes(pairs)]
        return await cognito.call(UpdateUserAttributes.self, changes)
    }
}
