import CognitoModel
import Testing
import UserPools

/// How long a temporary password serves, whoever gave it and how often.
@Suite struct TemporaryPasswordTests {
    static let validities: [(Members, Int)] = [
        ([:], 7), (["PasswordPolicy": ["TemporaryPasswordValidityDays": 1]], 1),
        (["PasswordPolicy": ["TemporaryPasswordValidityDays": 365]], 365),
    ]

    @Test("it serves as many days as the pool says", arguments: validities)
    func invitation(policies: Members, days: Int) async throws {
        try await Cognito.run(pool: policies.isEmpty ? [:] : ["Policies": policies]) { cognito in
            try await cognito.addInvitedUser()
            try await expectToServe(cognito, .days(days))
        }
    }

    @Test("the older setting says it too")
    func unusedAccounts() async throws {
        try await Cognito.run(pool: ["AdminCreateUserConfig": ["UnusedAccountValidityDays": 2]]) { cognito in
            try await cognito.addInvitedUser()
            try await expectToServe(cognito, .days(2))
        }
    }

    enum Renewal: CaseIterable { case resend, resendOther, administrator }

    @Test("another begins anew, also after the first has expired", arguments: Renewal.allCases, [6, 8])
    func renewal(renewal: Renewal, days: Int) async throws {
        try await Cognito.run { cognito in
            try await cognito.addInvitedUser()
            cognito.clock.advance(.days(days))
            switch renewal {
            case .resend:
                let again: Members = ["MessageAction": "RESEND", "TemporaryPassword": Cognito.password]
                try await cognito.ok(AdminCreateUser.self, cognito.named("ada", again))
                try await expectToServe(cognito, .days(7))
            case .resendOther:
                try await cognito.ok(AdminCreateUser.self, cognito.named("ada", ["MessageAction": "RESEND"]))
                #expect(await cognito.signIn().refusal == .wrongPassword)
                try await expectToServe(cognito, .days(7), password: try cognito.outbox.code())
            case .administrator:
                let again: Members = ["Password": Cognito.password, "Permanent": false]
                try await cognito.ok(AdminSetUserPassword.self, cognito.named("ada", again))
                try await expectToServe(cognito, .days(7))
            }
        }
    }

    @Test("a new password takes the expiry away, whoever sets it", arguments: [true, false])
    func cleared(byAdministrator: Bool) async throws {
        try await Cognito.run { cognito in
            try await cognito.addInvitedUser()
            if byAdministrator {
                let permanent: Members = ["Password": Cognito.password, "Permanent": true]
                try await cognito.ok(AdminSetUserPassword.self, cognito.named("ada", permanent))
            } else {
                let session = try await cognito.signIn().text("Session")
                let responses = ["USERNAME": "ada", "NEW_PASSWORD": Cognito.password]
                _ = try Tokens(await cognito.respond("NEW_PASSWORD_REQUIRED", responses, session: session))
            }
            cognito.clock.advance(.days(400))
            #expect(await cognito.signIn().refusal == nil)
        }
    }

    @Test("it must still serve when the new one is given")
    func expiresMeanwhile() async throws {
        try await Cognito.run { cognito in
            try await cognito.addInvitedUser()
            cognito.clock.advance(.days(7) - .minutes(1))
            let session = try await cognito.signIn().text("Session")
            cognito.clock.advance(.minutes(1))
            let responses = ["USERNAME": "ada", "NEW_PASSWORD": "An0ther!one"]
            let answer = await cognito.respond("NEW_PASSWORD_REQUIRED", responses, session: session)
            #expect(answer.refusal == .invalidSession)
        }
    }

    private func expectToServe(
        _ cognito: Cognito,
        _ validity: Duration,
        password: String = Cognito.password,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        cognito.clock.advance(validity - .instant)
        let inTime = await cognito.signIn(password: password)
        #expect(inTime.string("ChallengeName") == "NEW_PASSWORD_REQUIRED", sourceLocation: sourceLocation)
        cognito.clock.advance(.instant)
        let late = await cognito.signIn(password: password)
        #expect(late.refusal == .temporaryPasswordExpired, sourceLocation: sourceLocation)
        #expect(await cognito.signIn(password: "Wr0ng!one").refusal == .wrongPassword, sourceLocation: sourceLocation)
    }
}
