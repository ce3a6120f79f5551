import CognitoModel
import Cryptography
import Domain
import Testing

@Suite struct SimulatedUsersTests {
    private let hasher: PasswordHasher
    private let users: SimulatedUsers
    private let pool: UserPool

    private static let folding = #""UsernameConfiguration":{"CaseSensitive":false}"#

    init() throws {
        let vault = try makeVault()
        hasher = try PasswordHasher(vault: vault, random: .system)
        users = SimulatedUsers(vault: vault, passwords: hasher)
        pool = try makePool()
    }

    /// All by which a stranger might tell two users apart.
    private struct Appearance: Hashable {
        let sub: String
        let username: String
        let status: UserStatusType
        let isEnabled: Bool
        let salt: [UInt8]
        let verifier: [UInt8]
        let attributes: UserAttributes

        init(_ user: User, _ hasher: PasswordHasher) throws {
            let password = try #require(user.password)
            sub = user.sub
            username = user.username
            status = user.status
            isEnabled = user.isEnabled
            salt = password.salt
            verifier = try hasher.verifier(password, of: user.srpIdentity).bytes
            attributes = user.attributes
        }

        func sharesSecrets(with other: Appearance) -> Bool {
            sub == other.sub || salt == other.salt || verifier == other.verifier
        }
    }

    private func user(_ name: String, in other: UserPool? = nil, at now: Timestamp = .test) throws -> User {
        let pool = other ?? self.pool
        return try users.user(named: pool.name(name), in: pool, now: now)
    }

    private func appearance(_ name: String, in pool: UserPool? = nil, at now: Timestamp = .test) throws -> Appearance {
        try Appearance(user(name, in: pool, at: now), hasher)
    }

    @Test("the same name is the same user every time, on another node too")
    func stable() throws {
        let first = try appearance("alice")
        #expect(try appearance("alice", at: .test.adding(seconds: 86400)) == first)
        let otherHasher = try PasswordHasher(vault: makeVault(), random: .system)
        let elsewhere = try SimulatedUsers(vault: makeVault(), passwords: otherHasher)
        #expect(try Appearance(elsewhere.user(named: pool.name("alice"), in: pool, now: .test), otherHasher) == first)
        #expect(try users.sub(of: pool.name("alice"), in: pool) == first.sub)
    }

    @Test("another name, pool or master key makes another user")
    func different() throws {
        let first = try appearance("alice")
        let otherKey = try makeVault(8)
        let otherHasher = try PasswordHasher(vault: otherKey, random: .system)
        let stranger = try SimulatedUsers(vault: otherKey, passwords: otherHasher)
            .user(named: pool.name("alice"), in: pool, now: .test)
        let others = [
            try appearance("alicf"), try appearance("alice", in: makePool(id: "us-east-1_other")),
            try Appearance(stranger, otherHasher),
        ]
        for other in others { #expect(!other.sharesSecrets(with: first)) }
    }

    @Test("names are one user where the pool says that they are one name")
    func folding() throws {
        let folding = try makePool(Self.folding)
        #expect(try appearance("ALICE", in: folding) == appearance("alice", in: folding))
        #expect(try user("ALICE", in: folding).username == "alice")
        #expect(try !appearance("ALICE").sharesSecrets(with: appearance("alice")))
        #expect(try user("ALICE").username == "ALICE")
        #expect(try appearance("e\u{301}") == appearance("\u{E9}"))
    }

    @Test("a sub has the form of a random UUID", arguments: ["alice", "+4915112345678", "日本"])
    func uuid(name: String) throws {
        let sub = try user(name).sub
        #expect(sub.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
    }

    /// `#` in a name stands for a number.
    @Test(
        "the addresses that users of such a pool have",
        arguments: [
            ("", "user#", "email"), (#""AutoVerifiedAttributes":["email"]"#, "user#", "email"),
            (#""AutoVerifiedAttributes":["phone_number"]"#, "user#", "phone_number"),
            (#""AutoVerifiedAttributes":["email","phone_number"]"#, "user#", "email phone_number"),
            ("", "a@b#.c", "email"), (#""AutoVerifiedAttributes":["phone_number"]"#, "a@b#.c", "email phone_number"),
            ("", "+1555555#", "email phone_number"),
            (#""AutoVerifiedAttributes":["phone_number"]"#, "+1555555#", "phone_number"),
        ]
    )
    func addresses(settings: String, pattern: String, addresses: String) throws {
        let pool = try makePool(settings)
        for number in 1000..<1200 {
            let name = pattern.replacing("#", with: String(number))
            let user = try user(name, in: pool)
            let own = name.contains("@") ? "email" : name.hasPrefix("+") ? "phone_number" : ""
            let has = ["email", "phone_number"].filter { user.attributes[$0] != nil }.joined(separator: " ")
            // Some who have no address verified have none but their name.
            let isVerified = user.attributes.isVerified("email") || user.attributes.isVerified("phone_number")
            #expect(has == addresses || !isVerified && has == own, "\(name)")
            if !own.isEmpty { #expect(user.attributes[own] == name) }
            if let email = user.attributes["email"] { #expect(ContactFormat.isEmail(email)) }
            if let phone = user.attributes["phone_number"] { #expect(ContactFormat.isPhoneNumber(phone)) }
        }
    }

    @Test("an address is masked as any other, and not the same for all")
    func masks() throws {
        let pool = try makePool(#""AutoVerifiedAttributes":["email","phone_number"]"#)
        var masks: [String: Set<String>] = [:]
        for number in 0..<300 {
            for attribute in try user("user\(number)", in: pool).attributes.list where attribute.value != "true" {
                masks[attribute.name, default: []].insert(CodeDestination(attribute).masked)
            }
        }
        #expect(masks["email"].map { $0.count > 30 } == true)
        #expect(masks["phone_number"].map { $0.count > 200 } == true)
    }

    /// Each state by how often a name that nobody has may be in it, in a thousand.
    @Test(
        "most are confirmed and verified, some in each other state",
        arguments: [
            ("CONFIRMED enabled verified", 780...890), ("CONFIRMED enabled unverified", 20...60),
            ("CONFIRMED disabled verified", 15...55), ("UNCONFIRMED enabled unverified", 20...60),
            ("FORCE_CHANGE_PASSWORD enabled verified", 15...55), ("RESET_REQUIRED enabled verified", 8...45),
        ]
    )
    func states(state: String, often: ClosedRange<Int>) throws {
        let found = try Self.population.get()
        #expect(often.contains(found[state] ?? 0))
        #expect(found.count == 6)
    }

    private static let population = Result {
        let vault = try makeVault()
        let users = SimulatedUsers(vault: vault, passwords: try PasswordHasher(vault: vault, random: .system))
        let pool = try makePool()
        var found: [String: Int] = [:]
        for number in 0..<1000 {
            let user = try users.user(named: pool.name("user\(number)"), in: pool, now: .test)
            let enabled = user.isEnabled ? "enabled" : "disabled"
            let verified = user.attributes.isVerified("email") ? "verified" : "unverified"
            found["\(user.status.rawValue) \(enabled) \(verified)", default: 0] += 1
        }
        return found
    }

    @Test("a name's own address is verified as often as any other", arguments: ["a@b#.c", "+1555555#"])
    func verified(pattern: String) throws {
        let attribute = pattern.hasPrefix("+") ? "phone_number" : "email"
        let verified = try (1000..<1200).count { number in
            try user(pattern.replacing("#", with: String(number))).attributes.isVerified(attribute)
        }
        #expect((155...199).contains(verified))
    }

    @Test(
        "what nobody is offered is what the state allows",
        arguments: [
            ("user", "PASSWORD", "PASSWORD PASSWORD_SRP"),
            ("user", "PASSWORD EMAIL_OTP SMS_OTP", "EMAIL_OTP PASSWORD PASSWORD_SRP"),
            ("+1555555", "PASSWORD SMS_OTP", "SMS_OTP PASSWORD PASSWORD_SRP"),
        ]
    )
    func factors(prefix: String, allowed: String, offered: String) throws {
        let factors = allowed.split(separator: " ").map { "\"\($0)\"" }.joined(separator: ",")
        let pool = try makePool(#""Policies":{"SignInPolicy":{"AllowedFirstAuthFactors":[\#(factors)]}}"#)
        for number in 1000..<1100 {
            let user = try user("\(prefix)\(number)", in: pool)
            let isVerified = user.attributes.isVerified(prefix == "user" ? "email" : "phone_number")
            let available = FirstFactors.available(to: user, in: pool).map(\.rawValue).joined(separator: " ")
            #expect(available == (isVerified ? offered : "PASSWORD PASSWORD_SRP"))
        }
    }

    @Test("where users are named by address the username is the sub, as it is of real ones")
    func namedByAddress() throws {
        let user = try user("a@b.c", in: makePool(#""UsernameAttributes":["email"]"#))
        #expect(user.username == user.sub)
        #expect(user.attributes["email"] == "a@b.c")
    }

    @Test("only a sign-up sent them a code")
    func codes() throws {
        let pool = try makePool(#""AutoVerifiedAttributes":["email"]"#)
        let everyone = try (0..<400).map { try user("user\($0)", in: pool) }
        let signedUp = everyone.filter { SimulatedUsers.wasSentCode(.confirmSignUp, $0, in: pool) }
        #expect(!signedUp.isEmpty && signedUp.allSatisfy { $0.status == .unconfirmed })
        for purpose in [.resetPassword, .verifyEmail, .verifyPhoneNumber, .emailOTP, .smsOTP] as [CodePurpose] {
            #expect(!everyone.contains { SimulatedUsers.wasSentCode(purpose, $0, in: pool) })
        }
    }

    @Test("nobody knows the password, and it has no epoch and no end")
    func password() throws {
        let user = try user("alice")
        #expect(user.poolID == pool.id && user.credentialEpoch == 0 && user.temporaryPasswordExpiresAt == nil)
        #expect(try !hasher.verify("Passw0rd!", against: user.password, of: user.srpIdentity))
    }
}
