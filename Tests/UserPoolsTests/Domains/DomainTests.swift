import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

/// CreateUserPoolDomain, DescribeUserPoolDomain, UpdateUserPoolDomain and DeleteUserPoolDomain.
@Suite struct DomainTests {
    static let certificate: Members = [
        "CertificateArn": "arn:aws:acm:us-east-1:111122223333:certificate/5b41e3a8-0000-4000-8000-000000000000",
        "SecurityPolicy": "TLS_V1_2_2021",
    ]

    @Test("a prefix from its making to its end", arguments: TestEngine.allCases)
    func prefix(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            let name = cognito.domainName()
            let created = try await cognito.ok(CreateUserPoolDomain.self, cognito.domain(name))
            #expect(created.json == .object(["ManagedLoginVersion": .integer(1)]))
            let described = try await cognito.ok(DescribeUserPoolDomain.self, ["Domain": name])
            let expected: [String: JSONValue] = [
                "UserPoolId": .string(cognito.pool), "AWSAccountId": .string(Sender.administrator.account),
                "Domain": .string(name), "Status": .string("ACTIVE"), "ManagedLoginVersion": .integer(1),
                "Version": described["DomainDescription.Version"] ?? .null,
            ]
            #expect(described["DomainDescription"] == .object(expected))
            #expect(described.string("DomainDescription.Version")?.contains(/^20\d{12}$/) == true)
            let pool = try await cognito.ok(DescribeUserPool.self, ["UserPoolId": cognito.pool])
            #expect(pool.string("UserPool.Domain") == name && pool["UserPool.CustomDomain"] == nil)

            let updated = try await cognito.ok(
                UpdateUserPoolDomain.self,
                cognito.domain(name, ["ManagedLoginVersion": 2])
            )
            #expect(updated.json == .object(["ManagedLoginVersion": .integer(2)]))
            let after = try await cognito.ok(DescribeUserPoolDomain.self, ["Domain": name])
            #expect(after["DomainDescription.ManagedLoginVersion"] == .integer(2))

            #expect(await cognito.call(DeleteUserPoolDomain.self, cognito.domain(name)).json == .object([:]))
            let gone = try await cognito.ok(DescribeUserPoolDomain.self, ["Domain": name])
            #expect(gone.json == .object(["DomainDescription": .object([:])]))
            let nothing = Refusal.invalid("No such domain or user pool exists.")
            #expect(await cognito.call(DeleteUserPoolDomain.self, cognito.domain(name)).refusal == nothing)
            #expect(await cognito.call(UpdateUserPoolDomain.self, cognito.domain(name)).refusal == nothing)
        }
    }

    @Test("a custom domain beside a prefix")
    func custom() async throws {
        try await Cognito.run { cognito in
            let (name, prefix) = ("\(cognito.domainName()).example.com", cognito.domainName("p"))
            try await cognito.ok(CreateUserPoolDomain.self, cognito.domain(prefix))
            let config: Members = ["CustomDomainConfig": Self.certificate, "ManagedLoginVersion": 2]
            try await cognito.ok(CreateUserPoolDomain.self, cognito.domain(name, config))
            let described = try await cognito.ok(DescribeUserPoolDomain.self, ["Domain": name])
            #expect(described["DomainDescription.CustomDomainConfig"] == Self.certificate.json)
            let pool = try await cognito.ok(DescribeUserPool.self, ["UserPoolId": cognito.pool])
            #expect(pool.string("UserPool.Domain") == prefix && pool.string("UserPool.CustomDomain") == name)
            let other = Self.certificate.with(["SecurityPolicy": "TLS_V1_3_2025"])
            try await cognito.ok(UpdateUserPoolDomain.self, cognito.domain(name, ["CustomDomainConfig": other]))
            let after = try await cognito.ok(DescribeUserPoolDomain.self, ["Domain": name])
            #expect(after["DomainDescription.CustomDomainConfig"] == other.json)
            #expect(after["DomainDescription.ManagedLoginVersion"] == .integer(2))
            let second = cognito.domain("\(cognito.domainName("q")).example.com", config)
            let full = Refusal.invalid("User pool already has a domain configured.")
            #expect(await cognito.call(CreateUserPoolDomain.self, second).refusal == full)
            for domain in [name, prefix] {
                try await cognito.ok(DeleteUserPoolDomain.self, cognito.domain(domain))
            }
        }
    }

    static let refused: [(String, Members, Refusal)] = [
        ("my-aws-app", [:], .invalid("Domain cannot contain reserved word: aws")),
        ("myamazon", [:], .invalid("Domain cannot contain reserved word: amazon")),
        ("cognito1", [:], .invalid("Domain cannot contain reserved word: cognito")),
        (
            "auth.example.com", [:],
            .invalid("A domain prefix can't contain a dot. Custom domains need a CustomDomainConfig.")
        ),
        ("example.com", ["CustomDomainConfig": certificate], .invalid("Custom domain is not a valid subdomain")),
        ("auth..com", ["CustomDomainConfig": certificate], .invalid("Custom domain is not a valid subdomain")),
        ("plain", ["ManagedLoginVersion": 3], .invalid("ManagedLoginVersion must be 1 or 2.")),
        (
            "plain", ["Routing": ["Failover": ["PrimaryRegion": "us-east-1", "SecondaryRegion": "us-west-2"]]],
            .invalid("CustomDomainConfig and Routing are for custom domains.")
        ),
    ]

    @Test("what can't be a domain", arguments: refused)
    func refusals(name: String, more: Members, refusal: Refusal) async throws {
        try await Cognito.run { cognito in
            let answer = await cognito.call(CreateUserPoolDomain.self, cognito.domain(name, more))
            if name == "plain", more["Routing"] != nil, answer.refusal?.message.contains("validation") == true {
                return
            }
            #expect(answer.refusal == refusal)
        }
    }

    @Test("managed login isn't there in the LITE tier")
    func tier() async throws {
        try await Cognito.run(pool: ["UserPoolTier": "LITE"], client: ["ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"]]) {
            cognito in
            let refusal = Refusal(
                "FeatureUnavailableInTierException",
                "Managed login is not available in the LITE tier."
            )
            let name = cognito.domainName()
            let input = cognito.domain(name, ["ManagedLoginVersion": 2])
            #expect(await cognito.call(CreateUserPoolDomain.self, input).refusal == refusal)
            try await cognito.ok(CreateUserPoolDomain.self, cognito.domain(name))
            #expect(await cognito.call(UpdateUserPoolDomain.self, input).refusal == refusal)
            try await cognito.ok(DeleteUserPoolDomain.self, cognito.domain(name))
        }
    }

    @Test("a domain is one pool's, and one account's to see, and keeps the pool", arguments: TestEngine.allCases)
    func ownership(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            let name = cognito.domainName()
            try await cognito.ok(CreateUserPoolDomain.self, cognito.domain(name))
            var other = cognito
            other.pool = try await cognito.makePool()
            let taken = Refusal.invalid("Domain already associated with another user pool.")
            #expect(await cognito.call(CreateUserPoolDomain.self, other.domain(name)).refusal == taken)
            let nothing = Refusal.invalid("No such domain or user pool exists.")
            #expect(await cognito.call(DeleteUserPoolDomain.self, other.domain(name)).refusal == nothing)
            let seen = await cognito.call(DescribeUserPoolDomain.self, ["Domain": name], from: .otherAccount)
            #expect(seen.json == .object(["DomainDescription": .object([:])]))
            let kept = Refusal.invalid(
                "User pool cannot be deleted. It has a domain configured that should be deleted first."
            )
            #expect(await cognito.call(DeleteUserPool.self, ["UserPoolId": cognito.pool]).refusal == kept)
            try await cognito.ok(DeleteUserPoolDomain.self, cognito.domain(name))
            try await other.ok(CreateUserPoolDomain.self, other.domain(name))
            try await other.ok(DeleteUserPoolDomain.self, other.domain(name))
            #expect(await cognito.call(DeleteUserPool.self, ["UserPoolId": cognito.pool]).refusal == nil)
        }
    }
}

extension Cognito {
    /// The members that name a domain of the pool, and more.
    func domain(_ name: String, _ more: Members = [:]) -> Members {
        let basis: Members = ["UserPoolId": pool, "Domain": name]
        return basis.with(more)
    }

    /// A name that no other test takes.
    func domainName(_ prefix: String = "d") -> String {
        prefix + pool.lowercased().filter { $0.isLetter || $0.isNumber }
    }
}
