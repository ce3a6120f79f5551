import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

@Suite("Groups in tokens") struct GroupClaimTests {
    static func role(_ name: String) -> String { "arn:aws:iam::111122223333:role/\(name)" }

    @Test("tokens show groups and roles by precedence, at sign-in and at refresh", arguments: TestEngine.allCases)
    func claims(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            try await cognito.addUser()
            let none = try await cognito.signedIn()
            for claim in ["cognito:groups", "cognito:roles", "cognito:preferred_role"] {
                #expect(try cognito.claims(none.id)[claim] == nil && cognito.claims(none.access)[claim] == nil)
            }
            try await cognito.makeGroup("readers", ["RoleArn": Self.role("r"), "Precedence": 5])
            try await cognito.makeGroup("admins", ["RoleArn": Self.role("a"), "Precedence": 1])
            try await cognito.makeGroup("all")
            try await cognito.join("ada", "all", "readers", "admins")
            let signedIn = try await cognito.signedIn()
            let refreshed = try Tokens(await cognito.refresh(none.refresh))
            for tokens in [signedIn, refreshed] {
                let (id, access) = (try cognito.claims(tokens.id), try cognito.claims(tokens.access))
                let names = texts(["admins", "readers", "all"])
                #expect(id["cognito:groups"] == names && access["cognito:groups"] == names)
                #expect(id["cognito:roles"] == texts([Self.role("a"), Self.role("r")]))
                #expect(id["cognito:preferred_role"] == .string(Self.role("a")))
                #expect(access["cognito:roles"] == nil && access["cognito:preferred_role"] == nil)
            }
            try await cognito.ok(UpdateGroup.self, cognito.group("readers", ["Precedence": 0]))
            try await cognito.ok(AdminRemoveUserFromGroup.self, cognito.member(of: "all"))
            let later = try cognito.claims(try Tokens(await cognito.refresh(none.refresh)).id)
            #expect(later["cognito:groups"] == texts(["readers", "admins"]))
            #expect(later["cognito:preferred_role"] == .string(Self.role("r")))
        }
    }

    @Test("however they sign in", arguments: Way.allCases)
    func ways(way: Way) async throws {
        try await Cognito.run(pool: Cognito.choice) { cognito in
            try await cognito.addUser()
            try await cognito.makeGroup("g")
            try await cognito.join("ada", "g")
            let tokens = try Tokens(await cognito.attempt(way))
            #expect(try cognito.claims(tokens.access)["cognito:groups"] == texts(["g"]))
        }
    }

    @Test("with a new password, and by a rotated token", arguments: TestEngine.allCases)
    func others(engine: TestEngine) async throws {
        let rotation: Members = ["Feature": "ENABLED", "RetryGracePeriodSeconds": 10]
        let settings: Members = ["RefreshTokenRotation": rotation]
        try await Cognito.run(on: engine, client: settings) { cognito in
            try await cognito.addInvitedUser()
            try await cognito.makeGroup("g")
            try await cognito.join("ada", "g")
            let asked = await cognito.signIn()
            let answers = ["USERNAME": "ada", "NEW_PASSWORD": "An0ther!one"]
            let first = try Tokens(await cognito.follow(asked, "NEW_PASSWORD_REQUIRED", answers))
            #expect(try cognito.claims(first.id)["cognito:groups"] == texts(["g"]))
            // The second time the token stands in another table.
            for _ in 0..<2 {
                let input: Members = ["ClientId": cognito.client.id, "RefreshToken": first.refresh]
                let next = try Tokens(await cognito.call(GetTokensFromRefreshToken.self, input))
                #expect(try cognito.claims(next.id)["cognito:groups"] == texts(["g"]))
            }
        }
    }

    private func texts(_ values: [String]) -> JSONValue { .array(values.map(JSONValue.string)) }
}
