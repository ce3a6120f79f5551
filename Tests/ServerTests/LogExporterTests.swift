import CognitoModel
import FoundationEssentials
import Testing

/// The file to which pools' logs are delivered.
@Suite struct LogExporterTests {
    @Test("events go there of pools that are configured for it, and of no others")
    func events() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).jsonl").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await TestServer.run(["--log-delivery", path]) { server in
            for name in ["us-east-1_Logged001", "us-east-1_Silent001"] { try await server.makePool(name) }
            let log =
                #"{"EventSource":"userAuthEvents","LogLevel":"INFO","S3Configuration":{"BucketArn":"arn:aws:s3:::b"}}"#
            let set = await server.call(
                "SetLogDeliveryConfiguration",
                #"{"UserPoolId":"us-east-1_Logged001","LogConfigurations":[\#(log)]}"#
            )
            #expect(set.errorType == nil)
            for pool in ["us-east-1_Logged001", "us-east-1_Silent001"] {
                #expect(await server.signIn("Wr0ng!one", pool).errorType == "NotAuthorizedException")
                #expect(await server.signIn("Correct-Horse-7", pool).errorType == nil)
                // Nobody's sign-ins are nobody's events.
                _ = await server.signIn("Correct-Horse-7", pool, as: "nobody")
            }
        }
        let text = try String(decoding: Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        let lines = try text.split(separator: "\n").map {
            try RequestDecoder.document(JSONValue.self, from: Array($0.utf8))
        }
        #expect(lines.map { $0["message"]?["eventResponse"] } == [.string("Fail"), .string("Pass")])
        for line in lines {
            #expect(line["eventSource"] == .string("USER_ACTIVITY"))
            #expect(line["logSourceId"]?["userPoolId"] == .string("us-east-1_Logged001"))
            #expect(line["message"]?["userName"] == .string("ada"))
            #expect(line["message"]?["clientId"]?.stringValue == "us-east-1_Logged001".filter(\.isLetter).lowercased())
            #expect(line["message"]?["requestId"]?.stringValue?.count == 36)
            #expect(line["message"]?["ipAddress"] == .string("127.0.0.1"))
        }
        #expect(!text.contains("Correct-Horse-7") && !text.contains("Wr0ng"))
    }
}

extension TestServer {
    /// A pool of that id with threat protection, a client whose id is its letters, and ada.
    fileprivate func makePool(_ id: String) async throws {
        let client = id.filter(\.isLetter).lowercased()
        let calls = [
            (
                "CreateUserPool",
                #"{"PoolName":"p","UserPoolTags":{"martlet:id":"\#(id)"},"UserPoolTier":"PLUS","#
                    + #""UserPoolAddOns":{"AdvancedSecurityMode":"AUDIT"}}"#
            ),
            (
                "CreateUserPoolClient",
                #"{"UserPoolId":"\#(id)","ClientName":"martlet-id=\#(client)","#
                    + #""ExplicitAuthFlows":["ALLOW_USER_PASSWORD_AUTH"],"PreventUserExistenceErrors":"ENABLED"}"#
            ),
            ("AdminCreateUser", #"{"UserPoolId":"\#(id)","Username":"ada","MessageAction":"SUPPRESS"}"#),
            (
                "AdminSetUserPassword",
                #"{"UserPoolId":"\#(id)","Username":"ada","Password":"Correct-Horse-7","Permanent":true}"#
            ),
        ]
        for (operation, body) in calls {
            let answer = await call(operation, body)
            try #require(answer.errorType == nil, "\(operation): \(answer.message ?? "")")
        }
    }

    fileprivate func signIn(_ password: String, _ pool: String, as name: String = "ada") async -> Answer {
        let client = pool.filter(\.isLetter).lowercased()
        return await call(
            "InitiateAuth",
            #"{"ClientId":"\#(client)","AuthFlow":"USER_PASSWORD_AUTH","#
                + #""AuthParameters":{"USERNAME":"\#(name)","PASSWORD":"\#(password)"}}"#
        )
    }
}
