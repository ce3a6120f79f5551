import CognitoModel
import Testing
import UserPools

/// CreateUserPoolClient, DescribeUserPoolClient, UpdateUserPoolClient, DeleteUserPoolClient and ListUserPoolClients.
@Suite struct UserPoolClientTests {
    @Test("a client has Cognito's defaults")
    func defaults() async throws {
        try await Cognito.run { cognito in
            let input: Members = ["UserPoolId": cognito.pool, "ClientName": "plain"]
            let created = await cognito.call(CreateUserPoolClient.self, input)
            let id = try created.text("UserPoolClient.ClientId")
            #expect(id.contains(/^[a-z0-9]{26}$/))
            #expect(created.string("UserPoolClient.ClientName") == "plain")
            #expect(created.string("UserPoolClient.UserPoolId") == cognito.pool)
            #expect(created["UserPoolClient.ClientSecret"] == nil)
            #expect(created["UserPoolClient.RefreshTokenValidity"] == .integer(30))
            #expect(created["UserPoolClient.AuthSessionValidity"] == .integer(3))
            #expect(created["UserPoolClient.TokenValidityUnits"] == .object([:]))
            #expect(created["UserPoolClient.EnableTokenRevocation"] == .boolean(true))
            #expect(created["UserPoolClient.AllowedOAuthFlowsUserPoolClient"] == .boolean(false))
            #expect(created["UserPoolClient.CreationDate"] == .number(Double(cognito.clock.now.seconds)))
            let described = await cognito.call(
                DescribeUserPoolClient.self,
                ["UserPoolId": cognito.pool, "ClientId": id]
            )
            #expect(described.json == created.json)
        }
    }

    @Test("a secret is made, or given, and shown")
    func secrets() async throws {
        try await Cognito.run { cognito in
            let made = try await cognito.makeClient(["GenerateSecret": true])
            #expect(made.secret?.contains(/^[a-z0-9]{51}$/) == true)
            let given = String(repeating: "s", count: 24)
            #expect(try await cognito.makeClient(["ClientSecret": given]).secret == given)
            let both: Members = [
                "UserPoolId": cognito.pool, "ClientName": "c", "GenerateSecret": true, "ClientSecret": given,
            ]
            let refusal = Refusal.invalid("You can't specify both GenerateSecret and ClientSecret.")
            #expect(await cognito.call(CreateUserPoolClient.self, both).refusal == refusal)
        }
    }

    @Test("an update sets what it names, and keeps or resets what it leaves out as Cognito does")
    func update() async throws {
        let settings: Members = [
            "GenerateSecret": true, "RefreshTokenValidity": 5, "ReadAttributes": ["email"],
            "EnableTokenRevocation": false, "PreventUserExistenceErrors": "ENABLED", "AuthSessionValidity": 10,
        ]
        try await Cognito.run(client: settings.with(RotationTests.rotating(9))) { cognito in
            let named: Members = ["UserPoolId": cognito.pool, "ClientId": cognito.client.id]
            let before = try await cognito.ok(DescribeUserPoolClient.self, named)
            cognito.clock.advance(.seconds(60))
            let answer = await cognito.call(UpdateUserPoolClient.self, named.with(["AccessTokenValidity": 2]))
            let after = try await cognito.ok(DescribeUserPoolClient.self, named)
            #expect(answer.json == after.json)
            for member in [
                "ClientName", "ClientSecret", "CreationDate", "EnableTokenRevocation", "RefreshTokenValidity",
                "AuthSessionValidity", "RefreshTokenRotation",
            ] {
                #expect(after["UserPoolClient.\(member)"] == before["UserPoolClient.\(member)"], "\(member)")
            }
            #expect(after["UserPoolClient.LastModifiedDate"] == .number(Double(cognito.clock.now.seconds)))
            #expect(after["UserPoolClient.AccessTokenValidity"] == .integer(2))
            #expect(after["UserPoolClient.RefreshTokenValidity"] == .integer(5))
            #expect(after["UserPoolClient.TokenValidityUnits"] == .object([:]))
            for member in ["ReadAttributes", "PreventUserExistenceErrors", "ExplicitAuthFlows"] {
                #expect(after["UserPoolClient.\(member)"] == nil, "\(member)")
            }
        }
    }

    @Test("a deleted client's tokens and users' sign-ins are of no use")
    func delete() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let tokens = try await cognito.signedIn()
            let named: Members = ["UserPoolId": cognito.pool, "ClientId": cognito.client.id]
            let deleted = await cognito.call(DeleteUserPoolClient.self, named)
            #expect(deleted.refusal == nil && deleted.json == nil)
            #expect(await cognito.call(DeleteUserPoolClient.self, named).refusal == .noClient(cognito.client.id))
            #expect(await cognito.refresh(tokens.refresh).refusal == .noClient(cognito.client.id))
            var other = cognito
            other.client = try await cognito.makeClient()
            #expect(await other.refresh(tokens.refresh).refusal == .invalidRefreshToken)
        }
    }

    @Test("a pool lists its clients, from page to page")
    func list() async throws {
        try await Cognito.run { cognito in
            var ids = [cognito.client.id]
            for number in 0..<4 { ids.append(try await cognito.makeClient(["ClientName": "c\(number)"]).id) }
            _ = try await cognito.makeClient(in: try await cognito.makePool())
            for limit in [1, 2, 60] {
                var found: [String] = []
                var token: String?
                repeat {
                    let input: Members = ["UserPoolId": cognito.pool, "MaxResults": limit, "NextToken": token]
                    let page = await cognito.call(ListUserPoolClients.self, input)
                    found += page.list("UserPoolClients").compactMap { $0["ClientId"]?.stringValue }
                    token = page.string("NextToken")
                } while token != nil
                #expect(found == ids.sorted())
            }
            let all = await cognito.call(ListUserPoolClients.self, ["UserPoolId": cognito.pool])
            #expect(all.list("UserPoolClients").count == 5)
            #expect(all.list("UserPoolClients").allSatisfy { $0["UserPoolId"] == .string(cognito.pool) })
        }
    }

    @Test("in dev a name pins the id of a new client")
    func pinned() async throws {
        try await Cognito.run { cognito in
            let id = "pinned\(cognito.clock.now.seconds)"
            for (name, shown) in [("martlet-id=\(id)", id), ("martlet-id=\(id)x,App", "App")] {
                let input: Members = ["UserPoolId": cognito.pool, "ClientName": name]
                let answer = await cognito.call(CreateUserPoolClient.self, input)
                #expect(answer.string("UserPoolClient.ClientName") == shown)
                #expect(answer.string("UserPoolClient.ClientId")?.hasPrefix(id) == true)
            }
            let again: Members = ["UserPoolId": cognito.pool, "ClientName": "martlet-id=\(id)"]
            let refusal = Refusal.invalid("User pool client \(id) already exists.")
            #expect(await cognito.call(CreateUserPoolClient.self, again).refusal == refusal)
            let bad: Members = ["UserPoolId": cognito.pool, "ClientName": "martlet-id=,App"]
            let malformed = Refusal.invalid("The client name must be martlet-id=<id>[,<name>].")
            #expect(await cognito.call(CreateUserPoolClient.self, bad).refusal == malformed)
        }
    }
}
