import CognitoModel
import Domain
import Testing
import UserPools

/// Every way to sign in, over who signs in: what a right and a wrong proof are answered with.
@Suite struct SignInTableTests {
    enum Outcome: Hashable {
        case tokens, newPassword
        case refused(Refusal)

        init(_ answer: Answer) {
            if let refusal = answer.refusal {
                self = .refused(refusal)
            } else if answer.string("ChallengeName") == "NEW_PASSWORD_REQUIRED" {
                self = .newPassword
            } else {
                self = .tokens
            }
        }
    }

    static let statuses: [UserStatusType] = [.unconfirmed, .confirmed, .forceChangePassword, .resetRequired]

    /// What a right proof is answered with.
    static func outcome(_ status: UserStatusType, isEnabled: Bool, hides: Bool) -> Outcome {
        guard isEnabled else { return .refused(.disabled) }
        switch status {
        case .unconfirmed: return .refused(.notConfirmed)
        case .forceChangePassword: return .newPassword
        case .resetRequired: return .refused(hides ? .wrongPassword : .resetRequired)
        default: return .tokens
        }
    }

    @Test("who signs in", arguments: Way.allCases, [true, false])
    func table(way: Way, hides: Bool) async throws {
        let client: Members = ["PreventUserExistenceErrors": hides ? "ENABLED" : "LEGACY"]
        try await Cognito.run(pool: Cognito.choice, client: client) { cognito in
            for status in Self.statuses {
                for isEnabled in [true, false] {
                    let name = "\(status.rawValue)-\(isEnabled)"
                    try await cognito.addUser(name)
                    try await cognito.setStatus(status, of: name)
                    if !isEnabled { try await cognito.disable(name) }

                    let wrong = try await cognito.attempt(way, name, password: nil)
                    #expect(wrong.refusal == way.wrong, "\(name)")
                    cognito.outbox.clear()
                    let right = Outcome(try await cognito.attempt(way, name))
                    let expected = Self.outcome(status, isEnabled: isEnabled, hides: hides)
                    // No code is sent to whom it wouldn't let in, so there is no right one.
                    let cannotBeRight = way.takesCode && !isEnabled
                    #expect(right == (cannotBeRight ? .refused(.wrongCode) : expected), "\(name)")
                }
            }
            cognito.outbox.clear()
            let nobody = try await cognito.attempt(way, try await cognito.nobody())
            #expect(nobody.refusal == (hides ? way.wrong : .noUser))
            #expect(cognito.outbox.messages.isEmpty)
        }
    }

    @Test("tokens come with all that belongs to them, and a challenge with none", arguments: Way.allCases)
    func shape(way: Way) async throws {
        try await Cognito.run(pool: Cognito.choice) { cognito in
            try await cognito.addUser()
            let answer = try await cognito.attempt(way)
            #expect(answer["ChallengeName"] == nil && answer["Session"] == nil)
            #expect(answer["ChallengeParameters"] == .object([:]))
            #expect(answer.string("AuthenticationResult.TokenType") == "Bearer")
            #expect(answer["AuthenticationResult.ExpiresIn"] == .integer(3600))
            let tokens = try Tokens(answer)
            #expect(tokens.refresh.split(separator: ".").count == 5)
            let (access, id) = (try cognito.claims(tokens.access), try cognito.claims(tokens.id))
            let sub = try await cognito.user().attributes()["sub"].map(JSONValue.string)
            #expect(access["sub"] == sub && id["sub"] == sub)
            #expect(access["token_use"] == .string("access") && id["token_use"] == .string("id"))
            #expect(access["client_id"] == .string(cognito.client.id) && id["aud"] == access["client_id"])
            #expect(access["iss"] == .string("https://cognito.test/\(cognito.pool)") && id["iss"] == access["iss"])
            #expect(access["username"] == .string("ada") && id["cognito:username"] == .string("ada"))
            #expect(id["email"] == .string("ada@example.com") && id["email_verified"] == .boolean(true))
            #expect(access["auth_time"] == .integer(cognito.clock.now.seconds))
            #expect(await cognito.call(GetUser.self, ["AccessToken": tokens.access]).refusal == nil)
            #expect(await cognito.refresh(tokens.refresh).refusal == nil)
        }
    }

    @Test("a user without a password can't sign in by one", arguments: Way.byPassword)
    func passwordless(way: Way) async throws {
        try await Cognito.run(pool: Cognito.choice) { cognito in
            try await cognito.addInvitedUser(password: nil)
            // Where the user chooses, passwords aren't on offer.
            let answer = try await cognito.attempt(way)
            let isOffer = answer.string("ChallengeName") == "SELECT_CHALLENGE"
            let refusals: [Refusal] = [.wrongPassword, .unavailableFactor]
            #expect(isOffer || answer.refusal.map(refusals.contains) == true)
            #expect(answer["AuthenticationResult"] == nil)
        }
    }
}
