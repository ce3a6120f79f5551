import CognitoModel
import Testing
import Triggers
import UserPools

/// What the functions of CUSTOM_AUTH are called with, byte for byte, and what they may answer.
@Suite struct CustomAnswerTests {
    @Test("the events")
    func events() async throws {
        try await Cognito.run(pool: Cognito.custom) { cognito in
            try await cognito.addUser()
            let sub = try await cognito.user().attributes()["sub"] ?? ""
            cognito.playCustom("CUSTOM_CHALLENGE")
            func beginning(_ trigger: String) -> String {
                #"{"version":"1","region":"us-east-1","userPoolId":"<pool>","userName":"ada","#
                    + #""callerContext":{"awsSdkVersion":"aws-sdk-unknown-unknown","clientId":"<client>"},"#
                    + #""triggerSource":"\#(trigger)_Authentication","request":{"userAttributes":"#
                    + #"{"cognito:user_status":"CONFIRMED","email":"ada@example.com","email_verified":"true","#
                    + #""sub":"<sub>"},"#
            }
            let define = #"},"response":{"challengeName":null,"issueTokens":null,"failAuthentication":null}}"#
            let create =
                #"},"response":{"publicChallengeParameters":null,"privateChallengeParameters":null,"#
                + #""challengeMetadata":null}}"#
            let wrong =
                #""session":[{"challengeName":"CUSTOM_CHALLENGE","challengeResult":false,"#
                + #""challengeMetadata":"QUESTION_0"}]"#
            let asked = await cognito.beginCustom()
            cognito.expectEvent(
                sub: sub,
                beginning("CreateAuthChallenge"),
                #""challengeName":"CUSTOM_CHALLENGE","session":[]"#,
                create
            )
            #expect(
                cognito.functions.payloads.first
                    == cognito.expected(sub, beginning("DefineAuthChallenge"), #""session":[]"#, define)
            )
            cognito.refuse("DefineAuthChallenge")
            _ = await cognito.answerCustom(asked, "no \"word\"")
            cognito.expectEvent(sub: sub, beginning("DefineAuthChallenge"), wrong, define)
            cognito.functions.forgetEvents()
            cognito.playCustom("CUSTOM_CHALLENGE")
            cognito.refuse("VerifyAuthChallengeResponse")
            _ = await cognito.answerCustom(await cognito.beginCustom(), "no \"word\"")
            cognito.expectEvent(
                sub: sub,
                beginning("VerifyAuthChallengeResponse"),
                #""privateChallengeParameters":{"answer":"sesame0"},"challengeAnswer":"no \"word\"""#,
                #"},"response":{"answerCorrect":null}}"#
            )
        }
    }

    @Test("the events of PreAuthentication and PostAuthentication")
    func others() async throws {
        let both = Cognito.calling("PreAuthentication", "PostAuthentication")
        try await Cognito.run(pool: both, client: ["PreventUserExistenceErrors": "ENABLED"]) { cognito in
            try await cognito.addUser()
            let sub = try await cognito.user().attributes()["sub"] ?? ""
            cognito.answer("PreAuthentication")
            cognito.answer("PostAuthentication")
            _ = await cognito.signIn()
            let beginning =
                #"{"version":"1","region":"us-east-1","userPoolId":"<pool>","userName":"ada","#
                + #""callerContext":{"awsSdkVersion":"aws-sdk-unknown-unknown","clientId":"<client>"},"#
            let attributes =
                #""request":{"userAttributes":{"cognito:user_status":"CONFIRMED","email":"ada@example.com","#
                + #""email_verified":"true","sub":"<sub>"},"#
            cognito.expectEvent(
                sub: sub,
                beginning,
                #""triggerSource":"PostAuthentication_Authentication","#,
                attributes,
                #""newDeviceUsed":false},"response":{}}"#
            )
            #expect(
                cognito.functions.payloads.first
                    == cognito.expected(
                        sub,
                        beginning,
                        #""triggerSource":"PreAuthentication_Authentication","#,
                        attributes,
                        #""validationData":null,"userNotFound":false},"response":{}}"#
                    )
            )
        }
    }

    @Test(
        "an answer of Define that can't be followed",
        arguments: [
            [:], ["challengeName": .null], ["challengeName": "SMS_MFA"], ["challengeName": "PASSWORD_VERIFIER"],
            ["challengeName": "NEW_PASSWORD_REQUIRED"], ["challengeName": "SRP_A"], ["challengeName": ""],
            ["challengeName": 1], ["challengeName": "CUSTOM_CHALLENGE", "issueTokens": "true"],
            ["issueTokens": true, "failAuthentication": 1],
        ] as [[String: JSONValue]]
    )
    func define(response: [String: JSONValue]) async throws {
        try await Cognito.run(pool: Cognito.custom) { cognito in
            try await cognito.addUser()
            cognito.answer("DefineAuthChallenge", with: response)
            #expect(await cognito.beginCustom().refusal == .unrecognizable)
            #expect(cognito.customSources == "Define")
        }
    }

    @Test("Define decides at once, and where it says both, against")
    func atOnce() async throws {
        try await Cognito.run(pool: Cognito.custom) { cognito in
            try await cognito.addUser()
            cognito.answer("DefineAuthChallenge", with: ["issueTokens": true])
            _ = try Tokens(await cognito.beginCustom())
            cognito.answer("DefineAuthChallenge", with: ["issueTokens": true, "failAuthentication": true])
            #expect(await cognito.beginCustom().refusal == .wrongPassword)
            cognito.answer(
                "DefineAuthChallenge",
                with: ["challengeName": "CUSTOM_CHALLENGE", "failAuthentication": true]
            )
            #expect(await cognito.beginCustom().refusal == .wrongPassword)
        }
    }

    @Test(
        "an answer of Create that can't be followed",
        arguments: [
            ["publicChallengeParameters": ["a": 1]], ["privateChallengeParameters": ["a": true]],
            ["publicChallengeParameters": "a"], ["privateChallengeParameters": ["a"]], ["challengeMetadata": 1],
        ] as [[String: JSONValue]]
    )
    func create(response: [String: JSONValue]) async throws {
        try await Cognito.run(pool: Cognito.custom) { cognito in
            try await cognito.addUser()
            cognito.playCustom("CUSTOM_CHALLENGE")
            cognito.answer("CreateAuthChallenge", with: response)
            #expect(await cognito.beginCustom().refusal == .unrecognizable)
        }
    }

    @Test("Create may say nothing, and no more than fits into a session")
    func room() async throws {
        try await Cognito.run(pool: Cognito.custom) { cognito in
            try await cognito.addUser()
            cognito.playCustom("CUSTOM_CHALLENGE")
            cognito.answer("CreateAuthChallenge")
            #expect(await cognito.beginCustom()["ChallengeParameters"] == ["USERNAME": "ada"])
            func keep(_ count: Int) {
                let text = JSONValue.string(String(repeating: "x", count: count))
                cognito.answer("CreateAuthChallenge", with: ["privateChallengeParameters": ["answer": text]])
            }
            keep(2000)
            let asked = await cognito.beginCustom()
            #expect(await cognito.answerCustom(asked, String(repeating: "x", count: 2000)).refusal == nil)
            keep(3000)
            let tooMuch = Refusal.invalidAnswer("The challenges don't fit into a session.")
            #expect(await cognito.beginCustom().refusal == tooMuch)
        }
    }

    @Test("an answer is right only where Verify says so")
    func verify() async throws {
        try await Cognito.run(pool: Cognito.custom) { cognito in
            try await cognito.addUser()
            cognito.playCustom("CUSTOM_CHALLENGE")
            for response in [[:], ["answerCorrect": .null], ["answerCorrect": false]] as [[String: JSONValue]] {
                cognito.answer("VerifyAuthChallengeResponse", with: response)
                let asked = await cognito.answerCustom(await cognito.beginCustom(), "sesame0")
                #expect(asked.string("ChallengeName") == "CUSTOM_CHALLENGE")
            }
            for response in [["answerCorrect": "true"], ["answerCorrect": 1]] as [[String: JSONValue]] {
                cognito.answer("VerifyAuthChallengeResponse", with: response)
                #expect(await cognito.answerCustom(await cognito.beginCustom(), "sesame0").refusal == .unrecognizable)
            }
        }
    }

    @Test("each of the three must be there when it is needed")
    func missing() async throws {
        let notConfigured = CustomAuthenticationTests.notConfigured
        try await Cognito.run(pool: Cognito.calling("CreateAuthChallenge", "VerifyAuthChallengeResponse")) { cognito in
            try await cognito.addUser()
            #expect(await cognito.beginCustom().refusal == notConfigured)
            #expect(await cognito.beginCustom("nobody").refusal == notConfigured)
            for others in ["CreateAuthChallenge", "VerifyAuthChallengeResponse"] {
                let settings = Cognito.calling("DefineAuthChallenge", others)
                try await cognito.ok(UpdateUserPool.self, settings.with(["UserPoolId": cognito.pool]))
                cognito.playCustom("CUSTOM_CHALLENGE")
                #expect(await cognito.beginCustom().refusal == notConfigured)
            }
            cognito.answer("DefineAuthChallenge", with: ["issueTokens": true])
            _ = try Tokens(await cognito.beginCustom())
        }
    }

    @Test("a client needs the flow", arguments: [true, false])
    func flow(isAllowed: Bool) async throws {
        let flows = isAllowed ? ["ALLOW_CUSTOM_AUTH"] : ["ALLOW_USER_SRP_AUTH"]
        try await Cognito.run(pool: Cognito.custom, client: ["ExplicitAuthFlows": flows]) { cognito in
            try await cognito.addUser()
            cognito.playCustom("CUSTOM_CHALLENGE")
            let asked = await cognito.beginCustom()
            #expect(asked.refusal == (isAllowed ? nil : .invalid("CUSTOM_AUTH is not enabled for the client.")))
            guard isAllowed else { return }
            try await cognito.ok(
                UpdateUserPoolClient.self,
                [
                    "UserPoolId": cognito.pool, "ClientId": cognito.client.id,
                    "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"],
                ]
            )
            #expect(await cognito.answerCustom(asked, "sesame0").refusal != nil)
            #expect(cognito.events(of: "VerifyAuthChallengeResponse").isEmpty)
        }
    }
}

extension Cognito {
    /// The parts of an event, with the ids in their places.
    fileprivate func expected(_ sub: String, _ parts: String...) -> String {
        parts.joined().replacing("<pool>", with: pool).replacing("<client>", with: client.id)
            .replacing("<sub>", with: sub)
    }
}
