import CognitoModel
import SignIn
import Testing
import UserPools

/// What is known of a sign-in reaches its observer: what the app says, and where it comes from.
@Suite struct ContextTests {
    @Test("a device's call is told with the address and the agent that it comes from")
    func device() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let sender = Sender(isSigned: false, address: "198.51.100.7", userAgent: "app/1.0")
            let said: Members = [
                "ClientMetadata": ["campaign": "spring"],
                "UserContextData": ["EncodedData": "e30=", "IpAddress": "203.0.113.9"],
            ]
            let begin: Members = [
                "ClientId": cognito.client.id, "AuthFlow": "USER_AUTH",
                "AuthParameters": ["USERNAME": "ada", "PREFERRED_CHALLENGE": "PASSWORD"],
            ]
            let asked = await cognito.call(InitiateAuth.self, begin.with(said), from: sender)
            let answer: Members = [
                "ClientId": cognito.client.id, "ChallengeName": "PASSWORD", "Session": asked.string("Session"),
                "ChallengeResponses": ["USERNAME": "ada", "PASSWORD": Cognito.password],
            ]
            let tokens = try Tokens(
                await cognito.call(RespondToAuthChallenge.self, answer.with(said), from: sender)
            )
            let refresh: Members = [
                "ClientId": cognito.client.id, "RefreshToken": tokens.refresh,
                "ClientMetadata": ["campaign": "spring"],
            ]
            _ = await cognito.call(GetTokensFromRefreshToken.self, refresh, from: sender)

            let events = cognito.events.all
            #expect(events.map(\.step) == ["USER_AUTH", "PASSWORD", "GetTokensFromRefreshToken"])
            #expect(events.map(\.result) == [.challenged, .succeeded, .succeeded])
            for event in events {
                #expect(event.poolID == cognito.pool && event.clientID == cognito.client.id)
                #expect(event.context.clientMetadata == ["campaign": "spring"])
                // A device isn't believed what its address is.
                #expect(event.context.ipAddress == "198.51.100.7")
                #expect(event.context.userAgent == "app/1.0")
            }
            #expect(events.map(\.context.encodedData) == ["e30=", "e30=", nil])
        }
    }

    @Test("a server says what the user's address is")
    func server() async throws {
        try await Cognito.run { cognito in
            try await cognito.addInvitedUser()
            let sender = Sender(address: "198.51.100.7", userAgent: "server/2.0")
            let said: Members = [
                "ClientMetadata": ["campaign": "autumn"],
                "ContextData": [
                    "IpAddress": "203.0.113.9", "ServerName": "s", "ServerPath": "/", "EncodedData": "e30=",
                    "HttpHeaders": [] as [String],
                ] as Members,
            ]
            let named: Members = ["UserPoolId": cognito.pool, "ClientId": cognito.client.id]
            let begin: Members = [
                "AuthFlow": "ADMIN_USER_PASSWORD_AUTH",
                "AuthParameters": ["USERNAME": "ada", "PASSWORD": Cognito.password],
            ]
            let input = named.with(begin).with(said)
            let asked = await cognito.call(AdminInitiateAuth.self, input, from: sender)
            let answer: Members = [
                "ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": asked.string("Session"),
                "ChallengeResponses": ["USERNAME": "ada", "NEW_PASSWORD": "An0ther!one"],
            ]
            let responses = named.with(answer).with(said)
            _ = try Tokens(await cognito.call(AdminRespondToAuthChallenge.self, responses, from: sender))
            let events = cognito.events.all
            #expect(events.map(\.step) == ["ADMIN_USER_PASSWORD_AUTH", "NEW_PASSWORD_REQUIRED"])
            #expect(events.map(\.result) == [.challenged, .succeeded])
            for event in events {
                let expected = SignInContext(
                    clientMetadata: ["campaign": "autumn"],
                    encodedData: "e30=",
                    ipAddress: "203.0.113.9",
                    userAgent: "server/2.0",
                    requestID: event.context.requestID,
                    isFromServer: true
                )
                #expect(event.context == expected && event.context.requestID?.count == 36)
            }
        }
    }

    @Test("what is refused is told, too")
    func failed() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            _ = await cognito.signIn(password: "Wr0ng!one")
            _ = await cognito.signIn("nobody")
            _ = await cognito.respond("PASSWORD", ["USERNAME": "ada"], session: String(repeating: "x", count: 30))
            _ = await cognito.refresh("a.b.c.d.e")
            let events = cognito.events.all
            #expect(events.map(\.result) == [.failed, .failed, .failed, .failed])
            let steps = ["USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH", "PASSWORD", "GetTokensFromRefreshToken"]
            #expect(events.map(\.step) == steps)
            #expect(events.allSatisfy { $0.context.clientMetadata == nil && $0.context.encodedData == nil })
        }
    }
}
