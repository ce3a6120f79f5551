import CognitoModel
import Cryptography
import Domain
import Testing

@Suite struct ChallengeSessionTests {
    private let vault: Vault
    private let client: AppClient
    private let session: ChallengeSession
    private let sealed: String

    init() throws {
        vault = try makeVault()
        client = try makeClient()
        session = ChallengeSession(
            poolID: client.poolID,
            clientID: client.id,
            username: "zoë \"z\"",
            sub: "s",
            challenge: .newPasswordRequired,
            flow: .userPasswordAuth,
            nonce: "n",
            expiresAt: .test
        )
        sealed = try session.sealed(by: vault)
    }

    @Test("a session opens as it was sealed, until it expires")
    func roundTrip() throws {
        let opened = try open(sealed, now: .test.adding(milliseconds: -1))
        #expect(opened.username == "zoë \"z\"")
        #expect(opened.sub == "s")
        #expect(opened.challenge == "NEW_PASSWORD_REQUIRED")
        #expect(opened.flow == "USER_PASSWORD_AUTH")
        #expect(opened.nonce == "n")
        #expect(opened.expiresAt == Timestamp.test.milliseconds)
        let error = refusal { _ = try open(sealed, now: .test) }
        #expect(error?.message == "Invalid session for the user, session is expired.")
        #expect(error?.code == .notAuthorized)
    }

    @Test("a session fits the model's limits")
    func length() {
        #expect((20...4096).contains(sealed.utf16.count))
        #expect(StringConstraint.sessionType.isMet(by: sealed))
    }

    @Test("a session of nobody survives")
    func simulated() throws {
        let nobody = ChallengeSession(
            poolID: client.poolID,
            clientID: client.id,
            username: "x",
            sub: nil,
            challenge: .passwordVerifier,
            flow: .userSrpAuth,
            nonce: "n",
            expiresAt: .test
        )
        #expect(try open(nobody.sealed(by: vault)).sub == nil)
    }

    @Test("a session of another client, pool or master key is refused")
    func foreign() throws {
        let otherPool = try makePool(id: "us-east-1_other")
        let strangers = [try makeClient(id: "client2"), try makeClient(in: otherPool)]
        for stranger in strangers {
            let error = refusal { _ = try ChallengeSession.open(sealed, client: stranger, vault: vault, now: .early) }
            #expect(error?.message == "Invalid session for the user.")
        }
        let foreign = try session.sealed(by: makeVault(8))
        #expect(refusal { _ = try open(foreign) }?.message == "Invalid session for the user.")
    }

    @Test("an altered or shortened session is refused")
    func altered() throws {
        let bytes = try #require(Base64URL.decode(sealed))
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 1 << UInt8(index % 8)
            #expect(refusal { _ = try open(Base64URL.encode(changed)) }?.message == "Invalid session for the user.")
            let short = Base64URL.encode(Array(bytes.prefix(index)))
            #expect(refusal { _ = try open(short) }?.message == "Invalid session for the user.")
        }
    }

    @Test("what is no session is refused", arguments: ["", "x", "=", "AAAA", "é", String(repeating: "A", count: 4096)])
    func nonsense(text: String) {
        #expect(refusal { _ = try open(text) }?.message == "Invalid session for the user.")
    }

    @Test("a secret block is no session")
    func otherPurpose() throws {
        let block = try vault.seal(session.jsonBytes, for: .secretBlock, context: "")
        #expect(refusal { _ = try open(Base64URL.encode(block)) }?.message == "Invalid session for the user.")
    }

    private func open(_ text: String, now: Timestamp = .early) throws -> ChallengeSession {
        try ChallengeSession.open(text, client: client, vault: vault, now: now)
    }
}

extension Timestamp {
    fileprivate static let early = Timestamp(milliseconds: 0)
}

@Suite struct SignInGuardTests {
    @Test(
        "what stands between a proven factor and tokens",
        arguments: [
            ("CONFIRMED", nil), ("EXTERNAL_PROVIDER", nil), ("UNCONFIRMED", "User is not confirmed."),
            ("RESET_REQUIRED", "Password reset required for the user"),
        ] as [(String, String?)]
    )
    func statuses(status: String, message: String?) throws {
        let user = makeUser(status: UserStatusType(rawValue: status))
        let client = try makeClient()
        #expect(refusal { _ = try SignInGuard.next(for: user, client: client, now: .test) }?.message == message)
        let disabled = makeUser(status: UserStatusType(rawValue: status), isEnabled: false)
        let error = refusal { _ = try SignInGuard.next(for: disabled, client: client, now: .test) }
        #expect(error?.code == .notAuthorized)
        #expect(error?.message == "User is disabled.")
    }

    @Test("a client that hides who exists hides a reset too")
    func hiddenReset() throws {
        let client = try makeClient(#""PreventUserExistenceErrors":"ENABLED""#)
        let error = refusal {
            _ = try SignInGuard.next(for: makeUser(status: .resetRequired), client: client, now: .test)
        }
        #expect(error?.message == "Incorrect username or password.")
    }

    @Test(
        "a temporary password leads to a new one until it expires",
        arguments: [
            (nil, false), (1, false), (0, true), (-1, true),
        ] as [(Int64?, Bool)]
    )
    func temporaryPassword(millisecondsLeft: Int64?, isExpired: Bool) throws {
        let expiry = millisecondsLeft.map { Timestamp.test.adding(milliseconds: $0) }
        let user = makeUser(status: .forceChangePassword, temporaryPasswordExpiresAt: expiry)
        let client = try makeClient()
        if isExpired {
            let error = refusal { _ = try SignInGuard.next(for: user, client: client, now: .test) }
            #expect(error?.message == "Temporary password has expired and must be reset by an administrator.")
        } else {
            guard case .newPassword = try SignInGuard.next(for: user, client: client, now: .test) else {
                Issue.record("no new password is asked for")
                return
            }
        }
    }

    @Test("a confirmed user gets tokens")
    func tokens() throws {
        guard case .tokens = try SignInGuard.next(for: makeUser(), client: makeClient(), now: .test) else {
            Issue.record("no tokens")
            return
        }
    }
}

@Suite struct FirstFactorsTests {
    private static let all = """
        "Policies":{"SignInPolicy":{"AllowedFirstAuthFactors":["PASSWORD","EMAIL_OTP","SMS_OTP","WEB_AUTHN"]}}
        """

    @Test(
        "a user may take what the pool allows and the user can do",
        arguments: [
            ("", "email phone_number", true, "PASSWORD PASSWORD_SRP"), ("", "", false, ""),
            (all, "email phone_number", true, "EMAIL_OTP SMS_OTP PASSWORD PASSWORD_SRP"),
            (all, "email", true, "EMAIL_OTP PASSWORD PASSWORD_SRP"), (all, "phone_number", false, "SMS_OTP"),
            (all, "", true, "PASSWORD PASSWORD_SRP"), (all, "", false, ""),
        ]
    )
    func available(settings: String, verified: String, hasPassword: Bool, factors: String) throws {
        let attributes = verified.split(separator: " ").flatMap {
            [UserAttribute(String($0), "x"), UserAttribute("\($0)_verified", "true")]
        }
        let user = makeUser(attributes, password: hasPassword ? StoredPassword(salt: [], sealedVerifier: []) : nil)
        let available = FirstFactors.available(to: user, in: try makePool(settings))
        #expect(available.map(\.rawValue).joined(separator: " ") == factors)
    }

    @Test("an address that isn't verified takes no code")
    func unverified() throws {
        let user = makeUser([UserAttribute("email", "a@b.c"), UserAttribute("email_verified", "false")], password: nil)
        #expect(FirstFactors.available(to: user, in: try makePool(Self.all)).isEmpty)
    }

    @Test(
        "what nobody is offered",
        arguments: [("", "PASSWORD PASSWORD_SRP"), (all, "EMAIL_OTP PASSWORD PASSWORD_SRP")]
    )
    func simulated(settings: String, factors: String) throws {
        #expect(FirstFactors.simulated(in: try makePool(settings)).map(\.rawValue).joined(separator: " ") == factors)
    }
}

@Suite struct VerificationCodeTests {
    @Test(
        "how long codes are good and how often they are tried",
        arguments: [
            (CodePurpose.confirmSignUp, 86400), (.verifyEmail, 86400), (.verifyPhoneNumber, 86400),
            (.resetPassword, 3600),
            (.emailOTP, 900), (.smsOTP, 900),
        ] as [(CodePurpose, Int64)]
    )
    func lifetimes(purpose: CodePurpose, seconds: Int64) {
        #expect(purpose.lifetime == seconds)
    }

    @Test("a code's hash is tied to user, pool and purpose")
    func hashes() throws {
        let vault = try makeVault()
        let hashes = [
            try vault.codeHash("123456", purpose: .confirmSignUp, poolID: "p", sub: "s"),
            try vault.codeHash("123457", purpose: .confirmSignUp, poolID: "p", sub: "s"),
            try vault.codeHash("123456", purpose: .resetPassword, poolID: "p", sub: "s"),
            try vault.codeHash("123456", purpose: .confirmSignUp, poolID: "q", sub: "s"),
            try vault.codeHash("123456", purpose: .confirmSignUp, poolID: "p", sub: "t"),
        ]
        #expect(Set(hashes).count == hashes.count)
        #expect(try vault.codeHash("123456", purpose: .confirmSignUp, poolID: "p", sub: "s") == hashes[0])
    }

    @Test("identifiers have Cognito's forms")
    func identifiers() throws {
        let identifiers = IdentifierGenerator(random: .system)
        #expect(try identifiers.userPoolID(region: "eu-west-1").wholeMatch(of: /eu-west-1_[0-9A-Za-z]{9}/) != nil)
        #expect(try identifiers.clientID().wholeMatch(of: /[0-9a-z]{26}/) != nil)
        #expect(try identifiers.clientSecret().wholeMatch(of: /[0-9a-z]{51}/) != nil)
        #expect(try identifiers.verificationCode().wholeMatch(of: /[0-9]{6}/) != nil)
        #expect(try Base64.decode(identifiers.keyID())?.count == 32)
    }
}
