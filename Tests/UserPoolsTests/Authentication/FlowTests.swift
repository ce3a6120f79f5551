import CognitoModel
import Testing
import UserPools

/// Which flows a client may begin, and what each can't do without.
@Suite struct FlowTests {
    static let parameters = [
        "USER_PASSWORD_AUTH": ["USERNAME", "PASSWORD"], "USER_SRP_AUTH": ["USERNAME", "SRP_A"],
        "USER_AUTH": ["USERNAME"], "REFRESH_TOKEN_AUTH": ["REFRESH_TOKEN"],
    ]
    static let all = [
        "USERNAME": "ada", "PASSWORD": Cognito.password, "SRP_A": String(repeating: "a1", count: 300),
        "REFRESH_TOKEN": "a.b.c.d.e",
    ]

    @Test("what a flow can't do without, absent and empty", arguments: parameters.keys.sorted())
    func missing(flow: String) async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            for name in try #require(Self.parameters[flow]) {
                for parameters in [Self.all.filter { $0.key != name }, Self.all.merged([name: ""])] {
                    #expect(await cognito.initiate(flow, parameters).refusal == .missing(name))
                    let administered = flow == "USER_PASSWORD_AUTH" ? "ADMIN_USER_PASSWORD_AUTH" : flow
                    #expect(await cognito.administer(administered, parameters).refusal == .missing(name))
                }
            }
        }
    }

    @Test("flows of servers are no flows of devices, and the other way round")
    func operations() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let refusal = Refusal.invalid("Initiate Auth method not supported.")
            for flow in ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"] {
                #expect(await cognito.initiate(flow, Self.all).refusal == refusal)
            }
            #expect(await cognito.administer("USER_PASSWORD_AUTH", Self.all).refusal == refusal)
        }
    }

    static let permissions: [(setting: [String]?, flows: Set<String>)] = [
        (nil, ["USER_SRP_AUTH", "REFRESH_TOKEN_AUTH", "CUSTOM_AUTH"]),
        (["ALLOW_USER_PASSWORD_AUTH"], ["USER_PASSWORD_AUTH"]), (["ALLOW_USER_SRP_AUTH"], ["USER_SRP_AUTH"]),
        (["ALLOW_USER_AUTH"], ["USER_AUTH"]), (["ALLOW_REFRESH_TOKEN_AUTH"], ["REFRESH_TOKEN_AUTH"]),
        (["ALLOW_CUSTOM_AUTH"], ["CUSTOM_AUTH"]), (["ALLOW_ADMIN_USER_PASSWORD_AUTH"], ["ADMIN_USER_PASSWORD_AUTH"]),
        (["USER_PASSWORD_AUTH"], ["USER_PASSWORD_AUTH", "USER_SRP_AUTH", "REFRESH_TOKEN_AUTH"]),
        (["ADMIN_NO_SRP_AUTH"], ["ADMIN_USER_PASSWORD_AUTH", "USER_SRP_AUTH", "REFRESH_TOKEN_AUTH"]),
        (["CUSTOM_AUTH_FLOW_ONLY"], ["CUSTOM_AUTH", "REFRESH_TOKEN_AUTH"]),
    ]

    @Test("a client begins the flows that it is allowed", arguments: permissions)
    func allowed(setting: [String]?, flows: Set<String>) async throws {
        try await Cognito.run(client: ["ExplicitAuthFlows": setting]) { cognito in
            try await cognito.addUser()
            for flow in ["USER_PASSWORD_AUTH", "USER_SRP_AUTH", "USER_AUTH", "REFRESH_TOKEN_AUTH", "CUSTOM_AUTH"] {
                let words =
                    flow == "CUSTOM_AUTH" ? "is not enabled for the client." : "flow not enabled for this client"
                let refusal = Refusal.invalid("\(flow) \(words)")
                let answer = await cognito.initiate(flow, Self.all)
                #expect((answer.refusal != refusal) == flows.contains(flow), "\(flow)")
                guard flow != "USER_PASSWORD_AUTH" else { continue }
                let administered = await cognito.administer(flow, Self.all)
                let refused = Refusal.invalid("Auth flow not enabled for this client")
                #expect((administered.refusal != refused) == flows.contains(flow), "\(flow)")
            }
            let server = await cognito.administer("ADMIN_USER_PASSWORD_AUTH", Self.all)
            let refused = Refusal.invalid("Auth flow not enabled for this client")
            #expect(server.refusal == (flows.contains("ADMIN_USER_PASSWORD_AUTH") ? nil : refused))
        }
    }

    @Test("a custom flow has no trigger, and others there aren't")
    func unbuilt() async throws {
        try await Cognito.run { cognito in
            let custom = await cognito.initiate("CUSTOM_AUTH", Self.all)
            #expect(custom.refusal == .invalid("Custom auth lambda trigger is not configured for the user pool."))
            let unknown = try #require(await cognito.initiate("NONSENSE", Self.all).refusal)
            #expect(unknown.code == "InvalidParameterException" && unknown.message.contains("'authFlow' failed"))
        }
    }

    static let badKeys = [
        "0", "00", "not hex", String(repeating: "F", count: 768), String(repeating: "F", count: 2000), "-1",
    ]

    @Test("a public key that no honest client sends", arguments: badKeys)
    func publicKey(key: String) async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let answer = await cognito.initiate("USER_SRP_AUTH", ["USERNAME": "ada", "SRP_A": key])
            #expect(answer.refusal == .invalid("Invalid SRP_A value"))
        }
    }

    @Test("nobody's challenge by SRP looks like a user's, and the same every time")
    func nobody() async throws {
        try await Cognito.run(client: ["PreventUserExistenceErrors": "ENABLED"]) { cognito in
            try await cognito.addUser()
            let key = try SRPClient().publicKey
            func challenge(_ name: String) async -> Answer {
                await cognito.initiate("USER_SRP_AUTH", ["USERNAME": name, "SRP_A": key])
            }
            let name = try await cognito.nobody()
            let (real, first, second) = (await challenge("ada"), await challenge(name), await challenge(name))
            for answer in [real, first] {
                #expect(answer.string("ChallengeName") == "PASSWORD_VERIFIER" && answer["Session"] == nil)
            }
            for (member, isStable) in [("SALT", true), ("USER_ID_FOR_SRP", true), ("SRP_B", false)] {
                let path = "ChallengeParameters.\(member)"
                #expect((first.string(path) == second.string(path)) == isStable, "\(member)")
            }
            #expect(first.string("ChallengeParameters.USER_ID_FOR_SRP") == name)
            let block = "ChallengeParameters.SECRET_BLOCK"
            #expect(first.string(block)?.count == real.string(block)?.count)
            #expect(first.string("ChallengeParameters.SALT") != real.string("ChallengeParameters.SALT"))
        }
    }

    @Test("a user signs in by any name of theirs")
    func aliases() async throws {
        try await Cognito.run(pool: ["AliasAttributes": ["email", "preferred_username"]]) { cognito in
            try await cognito.addUser(attributes: [
                "email": "ada@example.com", "email_verified": "true", "preferred_username": "countess",
            ])
            let sub = try #require(try await cognito.user().attributes()["sub"])
            for name in [sub, "ada@example.com", "countess"] {
                for way in Way.byPassword where way != .choice {
                    #expect(try await cognito.attempt(way, name).refusal == nil)
                }
            }
            #expect(await cognito.signIn("Countess").refusal == .noUser)
        }
    }
}
