import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

/// `Session` and `SECRET_BLOCK`: how long they serve, whom, for what and how often.
@Suite struct SessionTests {
    static let rows = SecretHashRows.challenges

    @Test(
        "an answer may take as long as the client says",
        arguments: rows,
        [(nil, 3), (3, 3), (15, 15)] as [(Int?, Int)]
    )
    func lifetime(row: SecretHashTests.Row, validity: (setting: Int?, minutes: Int)) async throws {
        let settings: Members = ["AuthSessionValidity": validity.setting]
        for isLate in [true, false] {
            try await Cognito.run(pool: SecretHashTests.pool, client: settings) { cognito in
                let input = try await row.prepare(cognito)
                cognito.clock.advance(isLate ? .minutes(validity.minutes) : .minutes(validity.minutes) - .instant)
                #expect(await row.call(cognito, input).refusal == (isLate ? .sessionExpired : nil))
            }
        }
    }

    @Test("so may a proof by SRP, whose secret block is its session", arguments: [3, 15])
    func secretBlock(minutes: Int) async throws {
        try await Cognito.run(client: ["AuthSessionValidity": minutes]) { cognito in
            try await cognito.addUser()
            for isLate in [true, false] {
                let (_, responses) = try await begun(cognito)
                cognito.clock.advance(isLate ? .minutes(minutes) : .minutes(minutes) - .instant)
                let answer = await cognito.respond("PASSWORD_VERIFIER", responses)
                #expect(answer.refusal == (isLate ? .sessionExpired : nil))
            }
        }
    }

    @Test("each step has its own time")
    func steps() async throws {
        try await Cognito.run(pool: Cognito.choice) { cognito in
            try await cognito.addInvitedUser()
            var answer = await cognito.initiate("USER_AUTH", ["USERNAME": "ada"])
            let later = Duration.minutes(3) - .instant
            for (challenge, response) in [
                ("SELECT_CHALLENGE", ["ANSWER": "PASSWORD"]), ("PASSWORD", ["PASSWORD": Cognito.password]),
                ("NEW_PASSWORD_REQUIRED", ["NEW_PASSWORD": "An0ther!one"]),
            ] {
                cognito.clock.advance(later)
                let responses = response.merging(["USERNAME": "ada"]) { first, _ in first }
                answer = await cognito.respond(challenge, responses, session: try answer.text("Session"))
            }
            _ = try Tokens(answer)
        }
    }

    @Test("a change of the client's setting counts from the next challenge on")
    func changedSetting() async throws {
        try await Cognito.run(pool: Cognito.choice, client: ["AuthSessionValidity": 15]) { cognito in
            try await cognito.addUser()
            let session = try await cognito.initiate("USER_AUTH", ["USERNAME": "ada"]).text("Session")
            try await cognito.update(cognito.client, ["AuthSessionValidity": 3])
            cognito.clock.advance(.minutes(10))
            let chosen = await cognito.respond(
                "SELECT_CHALLENGE",
                ["USERNAME": "ada", "ANSWER": "PASSWORD"],
                session: session
            )
            cognito.clock.advance(.minutes(3))
            let responses = ["USERNAME": "ada", "PASSWORD": Cognito.password]
            let answer = await cognito.respond("PASSWORD", responses, session: try chosen.text("Session"))
            #expect(answer.refusal == .sessionExpired)
        }
    }

    /// What an answer that comes a second time is refused with.
    static let again: [String: Set<Refusal>] = [
        "PASSWORD": [.sessionUsed], "PASSWORD_VERIFIER": [.sessionUsed], "EMAIL_OTP": [.sessionUsed],
        "SMS_OTP": [.sessionUsed], "NEW_PASSWORD_REQUIRED": [.invalidSession, .sessionUsed],
    ]
    static let proving = rows.filter { row in again.keys.contains { row.testDescription.hasSuffix(" \($0)") } }

    @Test("a proof serves once, of many at once too", arguments: proving, TestEngine.allCases)
    func once(row: SecretHashTests.Row, engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: SecretHashTests.pool) { cognito in
            let input = try await row.prepare(cognito)
            let answers = try await concurrently(4) { _ in await row.call(cognito, input) }.map { try $0.get() }
            #expect(answers.count { $0.refusal == nil } == 1)
            let challenge = row.testDescription.split(separator: " ")[1]
            let refusals = try #require(Self.again[String(challenge)])
            let refused = (answers + [await row.call(cognito, input)]).compactMap(\.refusal)
            #expect(refused.count == 4 && refused.allSatisfy(refusals.contains))
        }
    }

    @Test("a session is of one client, one pool and one user, and nobody makes it up", arguments: rows)
    func anothers(row: SecretHashTests.Row) async throws {
        // Its own state is in the secret block, which speaks for itself.
        let isVerifier = row.testDescription.hasSuffix("PASSWORD_VERIFIER")
        try await Cognito.run(pool: SecretHashTests.pool) { cognito in
            let input = try await row.prepare(cognito)
            let sibling = try await cognito.makeClient()
            let stranger = try await cognito.makeClient(in: try await cognito.makePool(SecretHashTests.pool))
            #expect(await row.call(cognito, input.with(["ClientId": sibling.id])).refusal == .invalidSession)
            let elsewhere: Members = ["ClientId": stranger.id]
            let pool: Members = input["UserPoolId"] == nil ? [:] : ["UserPoolId": stranger.pool]
            #expect(await row.call(cognito, input.with(elsewhere).with(pool)).refusal == .invalidSession)
            try await cognito.addUser("bob")
            let responses = (input["ChallengeResponses"] as? [String: String] ?? [:])
                .merging(["USERNAME": "bob"]) { _, new in new }
            let asBob = await row.call(cognito, input.with(["ChallengeResponses": responses]))
            #expect(asBob.refusal == (isVerifier ? .wrongPassword : .invalidSession))
            let session = try #require(input["Session"] as? String)
            for made in [String(session.reversed()), session + "A", String(repeating: "x", count: 40)] {
                #expect(await row.call(cognito, input.with(["Session": made])).refusal == .invalidSession)
            }
            if !isVerifier {
                #expect(await row.call(cognito, input.with(["Session": nil as String?])).refusal == .missing("Session"))
            }
            #expect(await row.call(cognito, input).refusal == nil)
        }
    }

    @Test("a session awaits one challenge", arguments: SecretHashRows.challenges)
    func otherChallenge(row: SecretHashTests.Row) async throws {
        try await Cognito.run(pool: SecretHashTests.pool) { cognito in
            let input = try await row.prepare(cognito)
            let other = row.testDescription.hasSuffix(" SELECT_CHALLENGE") ? "PASSWORD" : "SELECT_CHALLENGE"
            let refusal = Refusal.invalid("Challenge response doesn't match the session's challenge.")
            let answer = await row.call(cognito, input.with(["ChallengeName": other]))
            #expect(answer.refusal == refusal)
        }
    }

    @Test("a secret block serves the client that began, and whoever's it is")
    func othersBlock() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            try await cognito.addUser("bob")
            let (_, responses) = try await begun(cognito)
            let sibling = try await cognito.makeClient()
            let other = await cognito.respond("PASSWORD_VERIFIER", responses, client: sibling)
            #expect(other.refusal == .wrongPassword)
            var changes = [["USERNAME": "bob"], ["PASSWORD_CLAIM_SECRET_BLOCK": "AAAA"]]
            changes += [["TIMESTAMP": "Sun Nov 22 8:55:00 UTC 2026"], ["PASSWORD_CLAIM_SIGNATURE": "AAAA"]]
            for change in changes {
                let changed = responses.merging(change) { _, new in new }
                #expect(await cognito.respond("PASSWORD_VERIFIER", changed).refusal == .wrongPassword)
            }
            for name in ["PASSWORD_CLAIM_SECRET_BLOCK", "TIMESTAMP", "PASSWORD_CLAIM_SIGNATURE", "USERNAME"] {
                let without = responses.filter { $0.key != name }
                #expect(await cognito.respond("PASSWORD_VERIFIER", without).refusal == .missing(name))
            }
            _ = try Tokens(await cognito.respond("PASSWORD_VERIFIER", responses))
            #expect(await cognito.respond("PASSWORD_VERIFIER", responses).refusal == .sessionUsed)
        }
    }

    private func begun(_ cognito: Cognito) async throws -> (challenge: Answer, responses: [String: String]) {
        let srp = try SRPClient()
        let asked = await cognito.initiate("USER_SRP_AUTH", ["USERNAME": "ada", "SRP_A": srp.publicKey])
        return (asked, try srp.responses(to: asked, pool: cognito.pool))
    }
}
