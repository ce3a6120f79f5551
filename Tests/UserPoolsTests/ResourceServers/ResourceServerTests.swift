import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

/// CreateResourceServer, DescribeResourceServer, UpdateResourceServer, DeleteResourceServer, ListResourceServers, and
/// the scopes of clients.
@Suite struct ResourceServerTests {
    static let identifier = "https://solar.example.com/v1"
    static let scopes = [
        ["ScopeName": "read", "ScopeDescription": "Look"], ["ScopeName": "write", "ScopeDescription": "Change"],
    ]

    @Test("from its making to its end", arguments: TestEngine.allCases)
    func life(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            let named = cognito.server(Self.identifier)
            let created = try await cognito.ok(
                CreateResourceServer.self,
                named.with(["Name": "Solar", "Scopes": Self.scopes])
            )
            let expected: Members = [
                "UserPoolId": cognito.pool, "Identifier": Self.identifier, "Name": "Solar", "Scopes": Self.scopes,
            ]
            #expect(created["ResourceServer"] == expected.json)
            #expect(try await cognito.ok(DescribeResourceServer.self, named).json == created.json)

            let updated = try await cognito.ok(UpdateResourceServer.self, named.with(["Name": "Sun"]))
            let plain: Members = ["UserPoolId": cognito.pool, "Identifier": Self.identifier, "Name": "Sun"]
            #expect(updated["ResourceServer"] == plain.json)
            #expect(try await cognito.ok(DescribeResourceServer.self, named).json == updated.json)

            #expect(await cognito.call(DeleteResourceServer.self, named).json == nil)
            let gone = Refusal("ResourceNotFoundException", "Resource server \(Self.identifier) does not exist.")
            #expect(await cognito.call(DescribeResourceServer.self, named).refusal == gone)
            #expect(await cognito.call(DeleteResourceServer.self, named).refusal == gone)
            #expect(await cognito.call(UpdateResourceServer.self, named.with(["Name": "x"])).refusal == gone)
        }
    }

    @Test("an identifier is one server's of the pool, and a scope is there once")
    func uniqueness() async throws {
        try await Cognito.run { cognito in
            let named = cognito.server("a", ["Name": "A"])
            try await cognito.ok(CreateResourceServer.self, named)
            let taken = Refusal.invalid("a already exists in user pool \(cognito.pool).")
            #expect(await cognito.call(CreateResourceServer.self, named).refusal == taken)
            var other = cognito
            other.pool = try await cognito.makePool()
            try await other.ok(CreateResourceServer.self, other.server("a", ["Name": "A"]))
            let twice: Members = ["Scopes": [Self.scopes[0], Self.scopes[0]]]
            let duplicate = Refusal.invalid("Scope read is there more than once.")
            let more = cognito.server("b", ["Name": "B"]).with(twice)
            #expect(await cognito.call(CreateResourceServer.self, more).refusal == duplicate)
            #expect(await cognito.call(UpdateResourceServer.self, named.with(twice)).refusal == duplicate)
            let elsewhere = named.with(["UserPoolId": "us-east-1_Nowhere00"])
            #expect(
                await cognito.call(CreateResourceServer.self, elsewhere).refusal == .noPool("us-east-1_Nowhere00")
            )
        }
    }

    @Test("a pool has 25 at most, and lists them from page to page", arguments: TestEngine.allCases)
    func list(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            let names = (0..<25).map { "s\(10 + $0)" }
            for name in names.reversed() {
                try await cognito.ok(CreateResourceServer.self, cognito.server(name, ["Name": "S"]))
            }
            let tooMany = Refusal("LimitExceededException", "A user pool can have no more than 25 resource servers.")
            let more = await cognito.call(CreateResourceServer.self, cognito.server("more", ["Name": "S"]))
            #expect(more.refusal == tooMany)
            for limit in [nil, 1, 10, 25, 50] as [Int?] {
                var found: [String] = []
                var token: String?
                repeat {
                    let input: Members = ["UserPoolId": cognito.pool, "MaxResults": limit, "NextToken": token]
                    let page = try await cognito.ok(ListResourceServers.self, input)
                    found += page.list("ResourceServers").compactMap { $0["Identifier"]?.stringValue }
                    token = page.string("NextToken")
                } while token != nil
                #expect(found == names)
            }
            let bad: Members = ["UserPoolId": cognito.pool, "NextToken": "nonsense"]
            #expect(await cognito.call(ListResourceServers.self, bad).refusal == .invalidPaginationToken)
        }
    }

    @Test("a client has only scopes that are there")
    func scopes() async throws {
        try await Cognito.run { cognito in
            let named = cognito.server(Self.identifier, ["Name": "Solar", "Scopes": Self.scopes])
            try await cognito.ok(CreateResourceServer.self, named)
            let scope = "\(Self.identifier)/read"
            let asked = ["openid", scope]
            let oauth: Members = [
                "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["code"],
                "CallbackURLs": ["https://app.example.com/"], "AllowedOAuthScopes": asked,
            ]
            let client = try await cognito.makeClient(oauth)
            let shown = try await cognito.ok(
                DescribeUserPoolClient.self,
                ["UserPoolId": cognito.pool, "ClientId": client.id]
            )
            #expect(shown.list("UserPoolClient.AllowedOAuthScopes") == asked.map(JSONValue.string))
            for unknown in ["\(Self.identifier)/delete", "https://other/read", "read", Self.identifier] {
                let refusal = Refusal("ScopeDoesNotExistException", "Invalid scope requested: \(unknown)")
                let more = oauth.with(["AllowedOAuthScopes": [unknown]])
                let creation: Members = ["UserPoolId": cognito.pool, "ClientName": "c"]
                #expect(await cognito.call(CreateUserPoolClient.self, creation.with(more)).refusal == refusal)
                let update: Members = ["UserPoolId": cognito.pool, "ClientId": client.id]
                #expect(await cognito.call(UpdateUserPoolClient.self, update.with(more)).refusal == refusal)
            }
        }
    }
}

extension Cognito {
    /// The members that name a resource server, and more.
    func server(_ identifier: String, _ more: Members = [:]) -> Members {
        let basis: Members = ["UserPoolId": pool, "Identifier": identifier]
        return basis.with(more)
    }
}
