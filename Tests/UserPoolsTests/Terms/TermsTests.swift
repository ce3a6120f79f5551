import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

/// CreateTerms, DescribeTerms, DescribeTermsByClient, UpdateTerms, DeleteTerms and ListTerms.
@Suite struct TermsTests {
    static let links: Members = [
        "cognito:default": "https://example.com/terms", "cognito:chinese-simplified": "https://example.com/zh",
    ]

    @Test("from their making to their end", arguments: TestEngine.allCases)
    func life(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            let created = try await cognito.ok(CreateTerms.self, terms(cognito))
            let id = try created.text("Terms.TermsId")
            let now = JSONValue.number(Double(cognito.clock.now.seconds))
            let expected: Members = [
                "TermsId": id, "UserPoolId": cognito.pool, "ClientId": cognito.client.id,
                "TermsName": "terms-of-use", "TermsSource": "LINK", "Enforcement": "NONE", "Links": Self.links,
                "CreationDate": now, "LastModifiedDate": now,
            ]
            #expect(created["Terms"] == expected.json)
            let named: Members = ["UserPoolId": cognito.pool, "TermsId": id]
            #expect(try await cognito.ok(DescribeTerms.self, named).json == created.json)
            let byClient = cognito.ofClient(["TermsName": "terms-of-use"])
            #expect(try await cognito.ok(DescribeTermsByClient.self, byClient).json == created.json)

            cognito.clock.advance(.seconds(3))
            let links: Members = ["cognito:default": "https://example.com/other"]
            let updated = try await cognito.ok(UpdateTerms.self, named.with(["Links": links]))
            #expect(updated["Terms.Links"] == links.json && updated.string("Terms.TermsName") == "terms-of-use")
            #expect(updated["Terms.CreationDate"] == created["Terms.CreationDate"])
            #expect(updated["Terms.LastModifiedDate"] != created["Terms.LastModifiedDate"])
            let renamed = try await cognito.ok(UpdateTerms.self, named.with(["TermsName": "privacy-policy"]))
            #expect(renamed["Terms.Links"] == links.json)
            let gone = await cognito.call(DescribeTermsByClient.self, byClient)
            #expect(gone.refusal == Refusal("ResourceNotFoundException", "Terms terms-of-use do not exist."))
            let other = cognito.ofClient(["TermsName": "privacy-policy"])
            #expect(try await cognito.ok(DescribeTermsByClient.self, other).json == renamed.json)

            #expect(await cognito.call(DeleteTerms.self, named).json == nil)
            let refusal = Refusal("ResourceNotFoundException", "Terms \(id) do not exist.")
            #expect(await cognito.call(DescribeTerms.self, named).refusal == refusal)
            #expect(await cognito.call(DeleteTerms.self, named).refusal == refusal)
            #expect(await cognito.call(UpdateTerms.self, named).refusal == refusal)
        }
    }

    @Test("a client has one of each name", arguments: TestEngine.allCases)
    func uniqueness(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            try await cognito.ok(CreateTerms.self, terms(cognito))
            let again = await cognito.call(CreateTerms.self, terms(cognito))
            let exists = "Client \(cognito.client.id) already has terms named terms-of-use."
            #expect(again.refusal == Refusal("TermsExistsException", exists))
            let policy = try await cognito.ok(CreateTerms.self, terms(cognito, ["TermsName": "privacy-policy"]))
            let renaming: Members = [
                "UserPoolId": cognito.pool, "TermsId": try policy.text("Terms.TermsId"), "TermsName": "terms-of-use",
            ]
            let taken = await cognito.call(UpdateTerms.self, renaming)
            let message = "The client already has terms named terms-of-use."
            #expect(taken.refusal == Refusal("TermsExistsException", message))
            var other = cognito
            other.client = try await cognito.makeClient()
            try await cognito.ok(CreateTerms.self, terms(other))
        }
    }

    @Test("a pool lists them, until their client goes", arguments: TestEngine.allCases)
    func list(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            var ids: [String] = []
            for name in ["terms-of-use", "privacy-policy"] {
                ids.append(
                    try await cognito.ok(CreateTerms.self, terms(cognito, ["TermsName": name])).text("Terms.TermsId")
                )
            }
            for limit in [nil, 1, 60] as [Int?] {
                var found: [JSONValue] = []
                var token: String?
                repeat {
                    let input: Members = ["UserPoolId": cognito.pool, "MaxResults": limit, "NextToken": token]
                    let page = try await cognito.ok(ListTerms.self, input)
                    found += page.list("Terms")
                    token = page.string("NextToken")
                } while token != nil
                #expect(found.compactMap { $0["TermsId"]?.stringValue } == ids.sorted())
                #expect(found.allSatisfy { $0["Enforcement"] == .string("NONE") && $0["Links"] == nil })
            }
            try await cognito.ok(DeleteUserPoolClient.self, cognito.ofClient())
            #expect(try await cognito.ok(ListTerms.self, ["UserPoolId": cognito.pool]).list("Terms").isEmpty)
            let bad: Members = ["UserPoolId": cognito.pool, "NextToken": "nonsense"]
            #expect(await cognito.call(ListTerms.self, bad).refusal == .invalidPaginationToken)
        }
    }

    @Test("what isn't taken")
    func refusals() async throws {
        try await Cognito.run { cognito in
            let elsewhere: Members = ["UserPoolId": "us-east-1_Nowhere00"]
            let noPool = Refusal.noPool("us-east-1_Nowhere00")
            #expect(await cognito.call(CreateTerms.self, terms(cognito, elsewhere)).refusal == noPool)
            #expect(await cognito.call(ListTerms.self, elsewhere).refusal == noPool)
            let unknown = terms(cognito, ["ClientId": "nobody"])
            #expect(await cognito.call(CreateTerms.self, unknown).refusal == .noClient("nobody"))
            for wrong in [["TermsName": "other"], ["Links": ["cognito:klingon": "https://x"]]] as [Members] {
                let answer = await cognito.call(CreateTerms.self, terms(cognito, wrong))
                #expect(answer.refusal?.code == "InvalidParameterException")
            }
        }
    }

    private func terms(_ cognito: Cognito, _ more: Members = [:]) -> Members {
        cognito.ofClient([
            "TermsName": "terms-of-use", "TermsSource": "LINK", "Enforcement": "NONE", "Links": Self.links,
        ]).with(more)
    }
}
