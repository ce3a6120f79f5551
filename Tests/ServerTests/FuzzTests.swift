import CognitoModel
import Cryptography
import HTTPTransport
import OperatingSystem
import Testing
import UserPools

@testable import Server

/// Mutated requests against the running pipeline: whatever comes in, no answer is a 500 and memory stays where it is.
@Suite("Fuzzing, serialized", .serialized)
struct FuzzTests {
    private static let requests = 100_000
    private static let warmUp = 20_000

    @Test("100,000 mutated requests see no 500 and no growth in memory")
    func mutatedRequests() async throws {
        try await TestServer.run { server in
            let seeds = try await Self.seeds(server)
            var mutator = RequestMutator(seed: 0x6D61_7274)
            var resident = 0
            var statuses: [Int: Int] = [:]
            for number in 0..<Self.requests {
                let (operation, body) = seeds[mutator.index(below: seeds.count)]
                let request = mutator.request(operation, body)
                let response = await server.send(request).response
                statuses[response.status, default: 0] += 1
                if response.status >= 500 {
                    let sent = String(decoding: request.body, as: UTF8.self)
                    Issue.record("\(response.status) for \(operation): \(sent)")
                    return
                }
                if number == Self.warmUp { resident = try #require(ProcessMemory.resident) }
            }
            let growth = try #require(ProcessMemory.resident) - resident
            #expect(growth < 32 << 20, "resident memory grew by \(growth) bytes")
            #expect(statuses[400, default: 0] > Self.requests / 4)
            #expect(statuses[200, default: 0] > 1000)
        }
    }

    /// One request of each operation that is built, on a pool with a user who is signed in.
    private static func seeds(_ server: TestServer) async throws -> [(String, String)] {
        let pool = "us-east-1_Fuzz00001"
        let flows = #"["ALLOW_USER_PASSWORD_AUTH","ALLOW_USER_SRP_AUTH","ALLOW_USER_AUTH","ALLOW_REFRESH_TOKEN_AUTH"]"#
        _ = await server.call("CreateUserPool", #"{"PoolName":"fuzz","UserPoolTags":{"martlet:id":"\#(pool)"}}"#)
        let client = #"{"UserPoolId":"\#(pool)","ClientName":"martlet-id=fuzz","ExplicitAuthFlows":\#(flows)}"#
        _ = await server.call("CreateUserPoolClient", client)
        let name = #""UserPoolId":"\#(pool)","Username":"ada""#
        _ = await server.call("AdminCreateUser", "{\(name)}")
        _ = await server.call("AdminSetUserPassword", #"{\#(name),"Password":"Correct-horse-1","Permanent":true}"#)
        let password = #""AuthParameters":{"USERNAME":"ada","PASSWORD":"Correct-horse-1"}"#
        let signIn = #"{"ClientId":"fuzz","AuthFlow":"USER_PASSWORD_AUTH",\#(password)}"#
        let tokens = await server.call("InitiateAuth", signIn).json?["AuthenticationResult"]
        let access = try #require(tokens?["AccessToken"]?.stringValue)
        let refresh = try #require(tokens?["RefreshToken"]?.stringValue)
        let choice = #"{"ClientId":"fuzz","AuthFlow":"USER_AUTH","AuthParameters":{"USERNAME":"ada"}}"#
        let session = try #require(await server.call("InitiateAuth", choice).json?["Session"]?.stringValue)
        let answer = #""ChallengeResponses":{"USERNAME":"ada","ANSWER":"PASSWORD"}"#
        let attributes = #""UserAttributes":[{"Name":"email","Value":"ada@example.com"}]"#
        return [
            ("DescribeUserPool", #"{"UserPoolId":"\#(pool)"}"#),
            ("ListUserPools", #"{"MaxResults":10}"#),
            ("DescribeUserPoolClient", #"{"UserPoolId":"\#(pool)","ClientId":"fuzz"}"#),
            ("ListUserPoolClients", #"{"UserPoolId":"\#(pool)","MaxResults":5}"#),
            ("UpdateUserPoolClient", #"{"UserPoolId":"\#(pool)","ClientId":"fuzz","ExplicitAuthFlows":\#(flows)}"#),
            ("SignUp", #"{"ClientId":"fuzz","Username":"bob","Password":"Correct-horse-1",\#(attributes)}"#),
            ("ConfirmSignUp", #"{"ClientId":"fuzz","Username":"bob","ConfirmationCode":"123456"}"#),
            ("ResendConfirmationCode", #"{"ClientId":"fuzz","Username":"bob"}"#),
            ("AdminConfirmSignUp", #"{"UserPoolId":"\#(pool)","Username":"bob"}"#),
            ("AdminGetUser", "{\(name)}"),
            ("AdminEnableUser", "{\(name)}"),
            ("AdminUpdateUserAttributes", "{\(name),\(attributes)}"),
            ("ListUsers", #"{"UserPoolId":"\#(pool)","Filter":"email ^= \"ada\"","Limit":3}"#),
            (
                "InitiateAuth",
                #"{"ClientId":"fuzz","AuthFlow":"USER_SRP_AUTH","AuthParameters":{"USERNAME":"ada","SRP_A":"abcdef"}}"#
            ),
            ("InitiateAuth", choice),
            (
                "InitiateAuth",
                #"{"ClientId":"fuzz","AuthFlow":"REFRESH_TOKEN_AUTH","AuthParameters":{"REFRESH_TOKEN":"\#(refresh)"}}"#
            ),
            (
                "RespondToAuthChallenge",
                #"{"ClientId":"fuzz","ChallengeName":"SELECT_CHALLENGE","Session":"\#(session)",\#(answer)}"#
            ),
            ("ForgotPassword", #"{"ClientId":"fuzz","Username":"ada"}"#),
            ("GetUser", #"{"AccessToken":"\#(access)"}"#),
            ("UpdateUserAttributes", #"{"AccessToken":"\#(access)",\#(attributes)}"#),
            ("RevokeToken", #"{"ClientId":"fuzz","Token":"a.b.c.d.e"}"#),
            ("GetTokensFromRefreshToken", #"{"ClientId":"fuzz","RefreshToken":"\#(refresh)"}"#),
        ]
    }
}
