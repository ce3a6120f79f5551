import CognitoModel
import Testing
import UserPools

/// Every call that takes a client's secret, or a hash by it: without, with a wrong one, and with the right one.
@Suite struct SecretHashTests {
    /// Where the hash stands: a member of the request, or one of its parameters.
    enum Place: Sendable {
        case member
        case parameter(String)
    }

    /// A call that is good but for its hash.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let place: Place
        /// Brings about what the call needs, and gives its input.
        let prepare: @Sendable (Cognito) async throws -> Members
        let call: @Sendable (Cognito, Members) async -> Answer

        init<Called: Operation>(
            _ operation: Called.Type,
            _ step: String = "",
            place: Place = .member,
            prepare: @escaping @Sendable (Cognito) async throws -> Members
        ) {
            testDescription = step.isEmpty ? "\(operation)" : "\(operation) \(step)"
            self.place = place
            self.prepare = prepare
            call = { cognito, input in await cognito.call(operation, input) }
        }

        func call(_ cognito: Cognito, _ input: Members, hash: String?) async -> Answer {
            switch place {
            case .member: return await call(cognito, input.with(["SecretHash": hash]))
            case .parameter(let name):
                var parameters = input[name] as? [String: String] ?? [:]
                parameters["SECRET_HASH"] = hash
                return await call(cognito, input.with([name: parameters]))
            }
        }
    }

    static let pool: Members = [
        "AutoVerifiedAttributes": ["email", "phone_number"],
        "Policies": [
            "PasswordPolicy": ["MinimumLength": 6] as Members,
            "SignInPolicy": ["AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "SMS_OTP"]],
        ],
    ]

    @Test("a client with a secret must hash by it", arguments: SecretHashRows.all)
    func withSecret(row: Row) async throws {
        try await Cognito.run(pool: Self.pool, client: ["GenerateSecret": true]) { cognito in
            let client = cognito.client
            let input = try await row.prepare(cognito)
            let missing = await row.call(cognito, input, hash: nil)
            #expect(missing.refusal == .secretHashMissing(client.id))
            for wrong in ["x", client.hash("somebody else"), client.secret] {
                #expect(await row.call(cognito, input, hash: wrong).refusal == .secretHashWrong(client.id))
            }
            let right = await row.call(cognito, input, hash: client.hash("ada"))
            #expect(right.refusal == nil)
        }
    }

    @Test("a client without one ignores what is sent", arguments: SecretHashRows.all)
    func withoutSecret(row: Row) async throws {
        try await Cognito.run(pool: Self.pool) { cognito in
            let input = try await row.prepare(cognito)
            #expect(await row.call(cognito, input, hash: "x").refusal == nil)
        }
    }

    @Test("a refresh takes a hash of any name of the user's")
    func refreshNames() async throws {
        let settings: Members = ["AliasAttributes": ["email"]]
        try await Cognito.run(pool: settings, client: ["GenerateSecret": true]) { cognito in
            try await cognito.addUser()
            let token = try await cognito.signedIn().refresh
            let sub = try #require(try await cognito.user().attributes()["sub"])
            for name in ["ada", sub, "ada@example.com"] {
                let hash = try #require(cognito.client.hash(name))
                let answer = await cognito.initiate("REFRESH_TOKEN", ["REFRESH_TOKEN": token, "SECRET_HASH": hash])
                #expect(answer.refusal == nil)
            }
            let hash = try #require(cognito.client.hash("Ada"))
            let answer = await cognito.initiate("REFRESH_TOKEN", ["REFRESH_TOKEN": token, "SECRET_HASH": hash])
            #expect(answer.refusal == .secretHashWrong(cognito.client.id))
        }
    }

    @Test("GetTokensFromRefreshToken and RevokeToken take the secret itself", arguments: [true, false])
    func plainSecret(hasSecret: Bool) async throws {
        try await Cognito.run(client: ["GenerateSecret": hasSecret]) { cognito in
            try await cognito.addUser()
            let client = cognito.client
            let token = try await cognito.signedIn().refresh
            func refresh(_ secret: String?) async -> Refusal? {
                let input: Members = ["ClientId": client.id, "RefreshToken": token, "ClientSecret": secret]
                return await cognito.call(GetTokensFromRefreshToken.self, input).refusal
            }
            func revoke(_ secret: String?) async -> Refusal? {
                let input: Members = ["ClientId": client.id, "Token": token, "ClientSecret": secret]
                return await cognito.call(RevokeToken.self, input).refusal
            }
            let wrong = String(repeating: "x", count: client.secret?.count ?? 51)
            for secret in [nil, wrong] {
                #expect(await refresh(secret) == (hasSecret ? .secretWrong(client.id) : nil))
            }
            #expect(await refresh(client.secret) == nil)
            if hasSecret {
                for secret in [nil, wrong] { #expect(await revoke(secret) == .mayNotRevoke) }
                #expect(await refresh(client.secret) == nil)
            }
            #expect(await revoke(client.secret ?? wrong) == nil)
            #expect(await refresh(client.secret) == .refreshTokenRevoked)
        }
    }
}
