import CognitoModel
import Domain
import Synchronization
import Testing

@testable import Triggers

/// The event of PreTokenGeneration byte for byte, and what of an answer is understood.
@Suite struct TokenAnswerTests {
    /// A function that keeps its event, and answers what the test says.
    final class Function: FunctionCaller {
        private let kept = Mutex("")
        let answer: @Sendable (String) -> String

        init(_ answer: @escaping @Sendable (String) -> String) { self.answer = answer }

        var event: String { kept.withLock { $0 } }

        func call(_ arn: String, event: [UInt8]) async throws(FunctionFailure) -> [UInt8] {
            let text = String(decoding: event, as: UTF8.self)
            kept.withLock { $0 = text }
            return Array(answer(text).utf8)
        }
    }

    private let user = User(
        poolID: "us-east-1_aBcD12345",
        sub: "00000000-0000-4000-8000-000000000001",
        username: "ada",
        status: .confirmed,
        attributes: UserAttributes([UserAttribute("email", "a@b.c"), UserAttribute("email_verified", "true")]),
        createdAt: Timestamp(milliseconds: 0),
        modifiedAt: Timestamp(milliseconds: 0)
    )
    private let groups = TokenGroups([
        TokenGroups.Membership(name: "admins", precedence: 1, roleARN: "arn:aws:iam::1:role/a"),
        TokenGroups.Membership(name: "staff"),
    ])

    private func pool(_ version: String) -> UserPool {
        var configuration = UserPoolType(id: "us-east-1_aBcD12345", name: "p")
        configuration.lambdaConfig = LambdaConfigType(
            preTokenGenerationConfig: PreTokenGenerationVersionConfigType(
                lambdaVersion: PreTokenGenerationLambdaVersionType(rawValue: "V\(version)_0"),
                lambdaArn: TokenFunction.arn
            )
        )
        return UserPool(
            id: "us-east-1_aBcD12345",
            region: "us-east-1",
            accountID: "123456789012",
            configuration: configuration
        )
    }

    private let client = AppClient(
        id: "client1",
        poolID: "us-east-1_aBcD12345",
        configuration: UserPoolClientType(userPoolId: "us-east-1_aBcD12345", clientId: "client1"),
        secret: nil
    )

    private func ask(
        _ function: Function,
        _ version: String,
        _ source: TriggerSource = .tokensAuthentication,
        groups: TokenGroups = TokenGroups(),
        metadata: [String: String]? = nil
    ) async throws(TriggerFailure) -> TokenCustomization? {
        try await TriggerService(functions: function).customization(
            source,
            of: user,
            groups: groups,
            scopes: ["aws.cognito.signin.user.admin"],
            client: client,
            in: pool(version),
            by: TriggerCaller(clientID: "client1", userAgent: "aws-sdk-nodejs/2.856.0 linux", clientMetadata: metadata)
        )
    }

    static let sources: [(TriggerSource, String)] = [
        (.tokensAuthentication, "TokenGeneration_Authentication"),
        (.tokensNewPasswordChallenge, "TokenGeneration_NewPasswordChallenge"),
        (.tokensAuthenticateDevice, "TokenGeneration_AuthenticateDevice"),
        (.tokensRefreshTokens, "TokenGeneration_RefreshTokens"), (.tokensHostedAuth, "TokenGeneration_HostedAuth"),
    ]

    private static let head = """
        "region":"us-east-1","userPoolId":"us-east-1_aBcD12345","userName":"ada","callerContext":\
        {"awsSdkVersion":"aws-sdk-nodejs-2.856.0","clientId":"client1"},"triggerSource":
        """
    private static let attributes = """
        "userAttributes":{"cognito:user_status":"CONFIRMED","email":"a@b.c","email_verified":"true",\
        "sub":"00000000-0000-4000-8000-000000000001"}
        """

    @Test("the events of version 1", arguments: sources)
    func first(source: TriggerSource, name: String) async throws {
        let function = Function { $0 }
        #expect(try await ask(function, "1", source) == nil)
        #expect(
            function.event == """
                {"version":"1",\(Self.head)"\(name)","request":{\(Self.attributes),"groupConfiguration":\
                {"groupsToOverride":[],"iamRolesToOverride":[],"preferredRole":null}},\
                "response":{"claimsOverrideDetails":null}}
                """
        )
    }

    @Test("the events of versions 2 and 3", arguments: ["2", "3"], sources)
    func second(version: String, source: (TriggerSource, String)) async throws {
        let function = Function { $0 }
        #expect(try await ask(function, version, source.0, groups: groups, metadata: ["b": "2", "a": "1"]) == nil)
        #expect(
            function.event == """
                {"version":"\(version)",\(Self.head)"\(source.1)","request":{\(Self.attributes),\
                "groupConfiguration":{"groupsToOverride":["admins","staff"],\
                "iamRolesToOverride":["arn:aws:iam::1:role/a"],"preferredRole":"arn:aws:iam::1:role/a"},\
                "scopes":["aws.cognito.signin.user.admin"],"clientMetadata":{"a":"1","b":"2"}},\
                "response":{"claimsAndScopeOverrideDetails":null}}
                """
        )
    }

    @Test("the event of a client's own token, which only version 3 has", arguments: ["1", "2", "3"])
    func machine(version: String) async throws {
        let function = Function { $0 }
        let customization = try await TriggerService(functions: function).customization(
            ofTokenFor: client,
            scopes: ["api/read"],
            in: pool(version),
            by: TriggerCaller(clientID: "client1", clientMetadata: ["a": "1"])
        )
        #expect(customization == nil)
        let event = """
            {"version":"3","region":"us-east-1","userPoolId":"us-east-1_aBcD12345","userName":"ClientCredentials",\
            "callerContext":{"awsSdkVersion":"aws-sdk-unknown-unknown","clientId":"client1"},\
            "triggerSource":"TokenGeneration_ClientCredentials","request":{"userAttributes":{},\
            "groupConfiguration":null,"scopes":["api/read"],"clientMetadata":{"a":"1"}},\
            "response":{"claimsAndScopeOverrideDetails":null}}
            """
        #expect(function.event == (version == "3" ? event : ""))
    }

    @Test("a pool without a function asks nobody")
    func none() async throws {
        var configuration = UserPoolType(id: "p", name: "p")
        configuration.lambdaConfig = LambdaConfigType()
        let plain = UserPool(id: "p", region: "r", accountID: "1", configuration: configuration)
        let function = Function { _ in "nonsense" }
        let customization = try await TriggerService(functions: function).customization(
            .tokensAuthentication,
            of: user,
            groups: groups,
            scopes: [],
            client: client,
            in: plain,
            by: TriggerCaller(clientID: nil)
        )
        #expect(customization == nil && function.event.isEmpty)
    }

    /// What stands for `response` in the answer.
    private func answering(_ response: String, _ version: String) async throws(TriggerFailure) -> TokenCustomization? {
        try await ask(Function { _ in #"{"version":"1","callerContext":{},"response":\#(response)}"# }, version)
    }

    private static func details(_ version: String, _ details: String) -> String {
        #"{"\#(version == "1" ? "claimsOverrideDetails" : "claimsAndScopeOverrideDetails")":\#(details)}"#
    }

    @Test("an answer that changes nothing", arguments: ["1", "2", "3"], ["{}", "null"])
    func nothing(version: String, details: String) async throws {
        let none = try await answering(Self.details(version, details), version)
        #expect(none ?? TokenCustomization() == TokenCustomization())
        #expect(try await answering("{}", version) == nil)
        // That of another version isn't looked at.
        #expect(try await answering(Self.details(version == "1" ? "2" : "1", "7"), version) == nil)
    }

    @Test("members that are null say nothing")
    func nullMembers() async throws {
        let first = #"{"claimsToAddOrOverride":null,"claimsToSuppress":null}"#
        #expect(try await answering(Self.details("1", first), "1") == TokenCustomization())
        let access = #"{"claimsToAddOrOverride":{"a":null},"scopesToAdd":null,"scopesToSuppress":null}"#
        let second = #"{"idTokenGeneration":null,"accessTokenGeneration":\#(access)}"#
        #expect(try await answering(Self.details("2", second), "2") == TokenCustomization())
    }

    @Test(
        "groups are replaced, or taken away",
        arguments: ["1", "2", "3"],
        [
            ("{}", TokenGroups()), ("null", TokenGroups()),
            (#"{"groupsToOverride":["g"]}"#, TokenGroups(names: ["g"], roles: [], preferredRole: nil)),
            (
                #"{"groupsToOverride":["g","h"],"iamRolesToOverride":["r"],"preferredRole":"r"}"#,
                TokenGroups(names: ["g", "h"], roles: ["r"], preferredRole: "r")
            ),
            (#"{"groupsToOverride":null,"iamRolesToOverride":null,"preferredRole":null}"#, TokenGroups()),
        ]
    )
    func groups(version: String, row: (String, TokenGroups)) async throws {
        let answer = try await answering(Self.details(version, #"{"groupOverrideDetails":\#(row.0)}"#), version)
        #expect(answer?.groups == row.1)
    }

    static let malformed: [(String, [String])] = [
        ("1", ["7", "[]", "true", #""x""#]), ("2", ["7", "[]"]),
        (
            "1",
            [
                #"{"claimsToAddOrOverride":[]}"#, #"{"claimsToAddOrOverride":{"a":1}}"#,
                #"{"claimsToAddOrOverride":{"a":true}}"#, #"{"claimsToAddOrOverride":{"a":["b"]}}"#,
                #"{"claimsToAddOrOverride":{"a":{}}}"#, #"{"claimsToSuppress":"a"}"#, #"{"claimsToSuppress":[1]}"#,
                #"{"claimsToSuppress":[null]}"#, #"{"claimsToSuppress":{}}"#, #"{"groupOverrideDetails":[]}"#,
                #"{"groupOverrideDetails":{"groupsToOverride":"g"}}"#,
                #"{"groupOverrideDetails":{"iamRolesToOverride":[1]}}"#,
                #"{"groupOverrideDetails":{"preferredRole":1}}"#,
            ]
        ),
        (
            "2",
            [
                #"{"idTokenGeneration":[]}"#, #"{"accessTokenGeneration":1}"#,
                #"{"idTokenGeneration":{"claimsToAddOrOverride":"a"}}"#,
                #"{"accessTokenGeneration":{"claimsToSuppress":"a"}}"#,
                #"{"accessTokenGeneration":{"scopesToAdd":"a"}}"#, #"{"accessTokenGeneration":{"scopesToAdd":[1]}}"#,
                #"{"accessTokenGeneration":{"scopesToAdd":["a b"]}}"#,
                #"{"accessTokenGeneration":{"scopesToAdd":["a\tb"]}}"#,
                #"{"accessTokenGeneration":{"scopesToAdd":["a\u00a0b"]}}"#,
                #"{"accessTokenGeneration":{"scopesToAdd":[""]}}"#,
                #"{"accessTokenGeneration":{"scopesToSuppress":{}}}"#,
                #"{"idTokenGeneration":{"claimsToAddOrOverride":{"address":{}}}}"#,
                #"{"idTokenGeneration":{"claimsToAddOrOverride":{"email_verified":{}}}}"#,
                #"{"idTokenGeneration":{"claimsToAddOrOverride":{"phone_number_verified":{"a":1}}}}"#,
                #"{"idTokenGeneration":{"claimsToAddOrOverride":{"updated_at":{}}}}"#,
                #"{"accessTokenGeneration":{"claimsToAddOrOverride":{"a":\#(nested(33))}}}"#,
                #"{"groupOverrideDetails":7}"#,
            ]
        ),
    ]

    private static func nested(_ depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }

    @Test("answers of other shapes aren't understood", arguments: malformed)
    func shapes(version: String, answers: [String]) async {
        for answer in answers {
            await #expect(throws: TriggerFailure.malformed(.preTokenGeneration, .unrecognizable), "\(answer)") {
                try await answering(Self.details(version, answer), version)
            }
        }
    }

    @Test("what is no event isn't understood")
    func noEvent() async {
        for (answer, output) in [
            ("", .notJSON), ("null", .notJSON), ("{", .notJSON), (Self.nested(2000), .notJSON),
            ("{}", .unrecognizable), ("[]", .unrecognizable), (Self.nested(1000), .unrecognizable),
            (#"{"version":"1","callerContext":{}}"#, .unrecognizable),
            (#"{"version":1,"callerContext":{},"response":{}}"#, .unrecognizable),
        ] as [(String, TriggerFailure.InvalidOutput)] {
            await #expect(throws: TriggerFailure.malformed(.preTokenGeneration, output), "\(answer.prefix(40))") {
                try await ask(Function { _ in answer }, "2")
            }
        }
    }

    @Test("values of every kind, from version 2 on", arguments: ["2", "3"])
    func values(version: String) async throws {
        let claims = """
            {"s":"a","n":1.5,"i":-1,"b":false,"l":["a",1,true],"o":{"p":[{"q":null}]},"d":\(Self.nested(32))}
            """
        let details = #"{"idTokenGeneration":{"claimsToAddOrOverride":\#(claims)}}"#
        let added = try #require(try await answering(Self.details(version, details), version)).id.added
        #expect(added["s"] == .string("a") && added["n"] == .number(1.5) && added["i"] == .integer(-1))
        #expect(added["b"] == .boolean(false) && added["l"] == .array([.string("a"), .integer(1), .boolean(true)]))
        #expect(added["o"] == .object(["p": .array([.object(["q": .null])])]) && added["d"] != nil)
        // An access token has objects of any name.
        let access = #"{"accessTokenGeneration":{"claimsToAddOrOverride":{"address":{"a":1}}}}"#
        #expect(try await answering(Self.details(version, access), version)?.access.added.count == 1)
    }

    @Test("claims and scopes are bounded in number and length")
    func bounds() async throws {
        func scopes(_ count: Int) -> String {
            let list = (0..<count).map { #""s\#($0)""# }.joined(separator: ",")
            return #"{"accessTokenGeneration":{"scopesToSuppress":[\#(list)]}}"#
        }
        #expect(try await answering(Self.details("2", scopes(5000)), "2")?.scopesToSuppress.count == 5000)
        await #expect(
            throws: TriggerFailure.malformed(
                .preTokenGeneration,
                .unusable("The lambda output has more than 5000 claims and scopes.")
            )
        ) { try await answering(Self.details("2", scopes(5001)), "2") }
        func claim(_ length: Int) -> String {
            #"{"claimsToAddOrOverride":{"a":"\#(String(repeating: "x", count: length))"}}"#
        }
        #expect(try await answering(Self.details("1", claim(65_000)), "1") != nil)
        await #expect(
            throws: TriggerFailure.malformed(
                .preTokenGeneration,
                .unusable("The lambda output has more than 65536 bytes of claims and scopes.")
            )
        ) { try await answering(Self.details("1", claim(65_536)), "1") }
    }
}
