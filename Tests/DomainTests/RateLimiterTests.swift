import CognitoModel
import Domain
import Testing

@Suite("Requests are let through by category and account")
struct RateLimiterTests {
    private let place = AccountPlace(accountID: "1", region: "us-east-1")

    private func admitted(_ limiter: RateLimiter, _ category: LimitCategory, _ place: AccountPlace, at: Timestamp)
        -> Int
    {
        (0..<1000).count { _ in limiter.admits(category, of: place, at: at) }
    }

    @Test("as many as the limit at once, then at its pace", arguments: LimitCategory.allCases)
    func pace(category: LimitCategory) {
        let limiter = RateLimiter()
        let limit = category.freeLimit
        #expect(admitted(limiter, category, place, at: .test) == limit)
        #expect(admitted(limiter, category, place, at: .test.adding(milliseconds: 500)) == limit / 2)
        #expect(admitted(limiter, category, place, at: .test.adding(seconds: 60)) == limit)
    }

    @Test("answers to challenges have three times the allowance of sign-ins, whatever that is")
    func challengeResponses() {
        let limiter = RateLimiter()
        limiter.set([place: [.userAuthentication: 200]])
        #expect(admitted(limiter, .userAuthentication, place, at: .test) == 200)
        #expect(admitted(limiter, .challengeResponse, place, at: .test) == 600)
        let elsewhere = AccountPlace(accountID: "1", region: "eu-west-1")
        #expect(admitted(limiter, .userAuthentication, elsewhere, at: .test) == 120)
    }

    @Test("a clock that goes back stops nobody for longer than a second")
    func clockGoesBack() {
        let limiter = RateLimiter()
        #expect(admitted(limiter, .userList, place, at: .test) == 30)
        #expect(admitted(limiter, .userList, place, at: .test.adding(seconds: -3600)) > 0)
    }

    @Test("of more accounts than are kept, each is let through")
    func manyAccounts() {
        let limiter = RateLimiter()
        for number in 0..<5000 {
            let place = AccountPlace(accountID: "\(number)", region: "us-east-1")
            #expect(limiter.admits(.limitManagement, of: place, at: .test))
        }
    }

    @Test(
        "operations are in the categories that Cognito's documentation names",
        arguments: [
            ("InitiateAuth", .userAuthentication), ("AdminRespondToAuthChallenge", .challengeResponse),
            ("SignUp", .userCreation), ("ForgotPassword", .userAccountRecovery), ("GetUser", .userRead),
            ("AdminAddUserToGroup", .userUpdate), ("RevokeToken", .userToken), ("ListDevices", .userResourceRead),
            ("VerifySoftwareToken", .userResourceUpdate), ("ListUsersInGroup", .userList),
            ("DescribeUserPool", .userPoolRead), ("CreateUserPool", .userPoolUpdate),
            ("ListUserPoolClients", .userPoolClientRead), ("DeleteUserPoolClient", .userPoolClientUpdate),
            ("ListGroups", .userPoolResourceRead), ("CreateGroup", .userPoolResourceUpdate),
            ("GetClientToken", .clientAuthentication), ("UpdateProvisionedLimit", .limitManagement),
        ] as [(String, LimitCategory)]
    )
    func categories(name: String, category: LimitCategory) {
        #expect(LimitCategory(ofOperation: name) == category)
    }

    @Test("no list names an operation that there isn't")
    func namesOperations() {
        let known = Set(ServiceModel.userPools.operations.map(\.name))
        #expect(LimitCategory.listedOperations.subtracting(known).isEmpty)
    }
}
