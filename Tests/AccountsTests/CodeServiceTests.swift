import Accounts
import CognitoModel
import Database
import Domain
import Messaging
import Storage
import Testing

@Suite struct CodeServiceTests {
    private static let address = CodeDestination(UserAttribute("email", "ada@example.com"))

    @Test(
        "a code has its purpose's digits and lifetime",
        arguments: [
            (.confirmSignUp, 6, 86400), (.verifyEmail, 6, 86400), (.verifyPhoneNumber, 6, 86400),
            (.resetPassword, 6, 3600), (.emailOTP, 8, 900), (.smsOTP, 8, 900),
        ] as [(CodePurpose, Int, Int64)]
    )
    func forms(purpose: CodePurpose, digits: Int, seconds: Int64) async throws {
        try await AccountsFixture.run { fixture in
            let ada = try await fixture.addUser("ada")
            var texts: Set<String> = []
            for _ in 0..<20 {
                let now = fixture.clock.now
                let code = try fixture.codes.make(
                    purpose,
                    for: ada,
                    in: fixture.pool,
                    to: Self.address,
                    .ofTest,
                    now: now
                )
                #expect(code.text.count == digits && code.text.allSatisfy { ("0"..."9").contains($0) })
                #expect(code.stored.expiresAt == now.adding(seconds: seconds))
                #expect(code.stored.attribute == Self.address.attribute && code.stored.purpose == purpose)
                let hash = try fixture.store.vault.codeHash(
                    code.text,
                    purpose: purpose,
                    poolID: fixture.pool.id,
                    sub: ada.sub
                )
                #expect(code.stored.hash == hash)
                texts.insert(code.text)
            }
            #expect(texts.count > 15)
        }
    }

    @Test("a code that was requested is sent, and helps until it expires")
    func request() async throws {
        try await AccountsFixture.run { fixture in
            let ada = try await Requester.ada(fixture)
            try await ada.request()
            let message = try #require(fixture.outbox.messages.last)
            let code = try #require(message.code)
            #expect(message.to == "ada@example.com" && message.body == "Your confirmation code is \(code)")
            fixture.clock.advance(milliseconds: 3_600_000)
            await #expect(throws: CodeFailure.expired) { try await ada.redeem(code) }
            fixture.clock.advance(milliseconds: -1)
            #expect(try await ada.redeem(code).attributes["nickname"] == "redeemed")
            await #expect(throws: CodeFailure.expired) { try await ada.redeem(code) }
        }
    }

    @Test("the newest code is the one that helps")
    func newest() async throws {
        try await AccountsFixture.run { fixture in
            let ada = try await Requester.ada(fixture)
            for _ in 0..<2 { try await ada.request() }
            let codes = fixture.outbox.messages.compactMap(\.code)
            try #require(codes.count == 2 && codes[0] != codes[1])
            await #expect(throws: CodeFailure.mismatch) { try await ada.redeem(codes[0]) }
            _ = try await ada.redeem(codes[1])
        }
    }

    @Test("past the hour's limit none is made or sent")
    func requestLimit() async throws {
        try await AccountsFixture.run { fixture in
            let ada = try await Requester.ada(fixture)
            for _ in 0..<AttemptLimit.forgotPassword.attempts {
                try await ada.request()
                fixture.clock.advance(seconds: 600)
            }
            let last = try #require(fixture.outbox.messages.last?.code)
            await #expect(throws: CodeFailure.attemptsExceeded) { try await ada.request() }
            #expect(fixture.outbox.messages.count == AttemptLimit.forgotPassword.attempts)
            // The hour began with the first of them.
            fixture.clock.advance(seconds: 599)
            await #expect(throws: CodeFailure.attemptsExceeded) { try await ada.request() }
            _ = try await ada.redeem(last)
            fixture.clock.advance(seconds: 1)
            try await ada.request()
        }
    }

    @Test("a code that isn't sent is kept and counted all the same")
    func unsent() async throws {
        try await AccountsFixture.run { fixture in
            let ada = try await Requester.ada(fixture, isSent: false)
            await #expect(throws: CodeFailure.expired) { try await ada.redeem("000000") }
            for _ in 0..<AttemptLimit.forgotPassword.attempts { try await ada.request() }
            await #expect(throws: CodeFailure.attemptsExceeded) { try await ada.request() }
            await #expect(throws: CodeFailure.mismatch) { try await ada.redeem("x") }
            #expect(fixture.outbox.messages.isEmpty && fixture.outbox.outcomes.isEmpty)
        }
    }

    @Test("a code that can't be delivered says so, or is counted alone")
    func undelivered() async throws {
        try await AccountsFixture.run { fixture in
            let ada = try await Requester.ada(fixture)
            fixture.outbox.fail()
            await #expect(throws: DeliveryFailure.self) { try await ada.request() }
            try await ada.request(handling: .deliveredSilently)
            await fixture.messages.drain()
            #expect(fixture.outbox.outcomes == [.failed, .failed])
        }
    }

    @Test("the code of a sign-in is sent and not kept, and so many an hour", arguments: [true, false])
    func signInCodes(isSent: Bool) async throws {
        try await AccountsFixture.run { fixture in
            let ada = try await fixture.addUser("ada")
            func send() async throws -> [UInt8] {
                try await fixture.codes.sendSignInCode(
                    .emailOTP,
                    to: ada,
                    at: Self.address,
                    in: fixture.pool,
                    CodeService.Sending(.authentication, by: .ofTest, handling: isSent ? .delivered : .pretended),
                    now: fixture.clock.now
                )
            }
            let hash = try await send()
            #expect(fixture.outbox.messages.count == (isSent ? 1 : 0))
            if let message = fixture.outbox.messages.first {
                let code = try #require(message.code)
                #expect(message.body == "Your authentication code is \(code)" && code.count == 8)
                let expected = try fixture.store.vault.codeHash(
                    code,
                    purpose: .emailOTP,
                    poolID: fixture.pool.id,
                    sub: ada.sub
                )
                #expect(hash == expected)
            }
            let kept = try await fixture.store.database.read { try $0.rows("select 1 from codes").count }
            #expect(kept == 0)
            for _ in 1..<AttemptLimit.sendSignInCode.attempts { _ = try await send() }
            await #expect(throws: CodeFailure.messagesExceeded) { try await send() }
            fixture.clock.advance(seconds: 3600)
            _ = try await send()
        }
    }

    /// The same calls for a user and for a name that nobody has.
    @Test("a name that nobody has is answered as a user's is")
    func simulated() async throws {
        try await AccountsFixture.run { fixture in
            let user = try await fixture.addUser("ada")
            var histories: [[CodeFailure?]] = []
            for name in ["ada", "nobody"] {
                let found = try await fixture.find(name)
                #expect(found.isSimulated == (found.user.sub != user.sub))
                histories.append(try await Requester(fixture, found, isSent: false).history())
            }
            #expect(histories[0] == histories[1])
            let attempts = AttemptLimit.confirmForgotPassword.attempts
            #expect(histories[0].prefix(2) == [.expired, nil])
            #expect(histories[0].dropFirst(2).prefix(attempts).allSatisfy { $0 == .mismatch })
            #expect(histories[0].last == .attemptsExceeded)
            #expect(fixture.outbox.messages.isEmpty)
        }
    }
}

/// Somebody who forgot their password.
private struct Requester: Sendable {
    private let fixture: AccountsFixture
    private let found: UserFinder.Found
    private let isSent: Bool

    init(_ fixture: AccountsFixture, _ found: UserFinder.Found, isSent: Bool = true) {
        self.fixture = fixture
        self.found = found
        self.isSent = isSent
    }

    func request() async throws { try await request(handling: isSent ? .delivered : .pretended) }

    /// A new user.
    static func ada(_ fixture: AccountsFixture, isSent: Bool = true) async throws -> Requester {
        _ = try await fixture.addUser("ada")
        return Requester(fixture, try await fixture.find("ada"), isSent: isSent)
    }

    func request(handling: MessageHandling) async throws {
        try await fixture.codes.request(
            .resetPassword,
            for: found.user,
            at: CodeDestination(UserAttribute("email", "ada@example.com")),
            in: fixture.pool,
            limit: .forgotPassword,
            CodeService.Sending(.forgotPassword, by: .ofTest, handling: handling),
            now: fixture.clock.now
        )
    }

    func redeem(_ code: String) async throws -> User {
        let attempt = try fixture.codes.attempt(
            code,
            .resetPassword,
            sub: found.user.sub,
            in: fixture.pool,
            limit: .confirmForgotPassword
        )
        return try await fixture.codes.redeem(attempt, of: found, in: fixture.pool, now: fixture.clock.now) { user, _ in
            user.attributes["nickname"] = "redeemed"
        }
    }

    /// What becomes of guessing without a code, of asking for one, and of guessing until the limit and again.
    func history() async throws -> [CodeFailure?] {
        func outcome(_ call: () async throws -> Void) async throws -> CodeFailure? {
            do {
                try await call()
                return nil
            } catch let failure as CodeFailure {
                return failure
            }
        }
        var history = [
            try await outcome { _ = try await redeem("x") }, try await outcome { try await request() },
        ]
        for _ in 0...AttemptLimit.confirmForgotPassword.attempts {
            history.append(try await outcome { _ = try await redeem("x") })
        }
        for _ in 0..<AttemptLimit.forgotPassword.attempts {
            history.append(try await outcome { try await request() })
        }
        return history
    }
}

@Suite struct MessageLimitTests {
    private static let address = UserAttribute("email", "ada@example.com")

    private static func send(_ purpose: CodePurpose, _ fixture: AccountsFixture, to address: UserAttribute) async throws
    {
        let user = try await fixture.find("ada").user
        let code = try fixture.codes.make(
            purpose,
            for: user,
            in: fixture.pool,
            to: CodeDestination(address),
            .ofTest,
            now: fixture.clock.now
        )
        try await fixture.codes.send(code, withheld: try await fixture.store.codes.put(code.stored, for: user))
    }

    @Test("an address that is yet to be proven gets twenty messages an hour, however it is written, and whoever asks")
    func perAddress() async throws {
        try await AccountsFixture.run { fixture in
            for number in 0..<30 {
                let value = number.isMultiple(of: 2) ? "ada@example.com" : "ADA@Example.com"
                let purpose: CodePurpose = number.isMultiple(of: 3) ? .confirmSignUp : .verifyEmail
                try await Self.send(purpose, fixture, to: UserAttribute("email", value))
            }
            #expect(fixture.outbox.messages.count == 20)
            let outcomes = fixture.outbox.outcomes
            #expect(
                outcomes.prefix(20).allSatisfy { $0 == .sent } && outcomes.dropFirst(20).allSatisfy { $0 == .withheld }
            )
            #expect(outcomes.count == 30)
            try await Self.send(.confirmSignUp, fixture, to: UserAttribute("email", "bob@example.com"))
            #expect(fixture.outbox.messages.count == 21)
            fixture.clock.advance(milliseconds: 3_600_000)
            try await Self.send(.confirmSignUp, fixture, to: Self.address)
            #expect(fixture.outbox.messages.count == 22)
        }
    }

    @Test(
        "whoever asks for an address can't use up its owner's messages",
        arguments: [.resetPassword, .emailOTP] as [CodePurpose]
    )
    func owners(purpose: CodePurpose) async throws {
        try await AccountsFixture.run { fixture in
            for _ in 0..<25 { try await Self.send(.confirmSignUp, fixture, to: Self.address) }
            try await Self.send(purpose, fixture, to: Self.address)
            #expect(fixture.outbox.messages.count == 21)
        }
    }
}

extension CodeService.Sending {
    static let ofTest = Self(.signUp, by: .ofTest)
}

extension TriggerCaller {
    static let ofTest = Self(clientID: "c")
}
