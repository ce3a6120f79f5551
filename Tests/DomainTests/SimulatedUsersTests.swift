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
        #expect(try user("ALICE", in: folding).username.lowercased() == "alice")
        #expect(try !appearance("ALICE").sharesSecrets(with: appearance("alice")))
        #expect(try user("ALICE").username == "ALICE")
        #expect(try appearance("e\u{301}") == appearance("\u{E9}"))
    }

    @Test("a sub has the form of a random UUID", arguments: ["alice", "+4915112345678", "日本"])
    func uuid(name: String) throws {
        let sub = try user(name).sub
        #expect(sub.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
    }

    @Test("where capitals don't count, some wrote some")
    func capitals() throws {
        let folding = try makePool(Self.folding)
        let usernames = try (100..<500).map { try user("user\($0)", in: folding).username }
        #expect((40...120).contains(usernames.count { $0 != $0.lowercased() }))
        #expect(usernames.contains { $0.dropFirst().contains(where: \.isUppercase) })
        let asTyped = try (100..<500).allSatisfy { try user("user\($0)").username == "user\($0)" }
        #expect(asTyped)
    }

    /// `#` in a name stands for a number. Which addresses most verified ones have, and all that some have.
    @Test(
        "the addresses that users of such a pool have",
        arguments: [
            ("", "user#", "email", ["email", "email phone_number", "phone_number"]),
            (
                #""AutoVerifiedAttributes":["email"]"#, "user#", "email",
                ["email", "email phone_number", "phone_number"]
            ),
            (
                #""AutoVerifiedAttributes":["phone_number"]"#, "user#", "phone_number",
                ["", "email", "email phone_number", "phone_number"]
            ),
            (
                #""AutoVerifiedAttributes":["email","phone_number"]"#, "user#", "email phone_number",
                ["email", "email phone_number"]
            ),
            ("", "a@b#.c", "email", ["email", "email phone_number"]),
            (
                #""AutoVerifiedAttributes":["phone_number"]"#, "a@b#.c", "email phone_number",
                ["email", "email phone_number"]
            ),
            ("", "+1555555#", "email phone_number", ["email phone_number", "phone_number"]),
            (
                #""AutoVerifiedAttributes":["phone_number"]"#, "+1555555#", "phone_number",
                ["email phone_number", "phone_number"]
            ),
        ]
    )
    func addresses(settings: String, pattern: String, most: String, some: [String]) throws {
        let pool = try makePool(settings)
        var found: [String: Int] = [:]
        for number in 1000..<1400 {
            let name = pattern.replacing("#", with: String(number))
            let user = try user(name, in: pool)
            let own = name.contains("@") ? "email" : name.hasPrefix("+") ? "phone_number" : ""
            if !own.isEmpty { #expect(user.attributes[own] == name) }
            if let email = user.attributes["email"] { #expect(ContactFormat.isEmail(email)) }
            if let phone = user.attributes["phone_number"] { #expect(ContactFormat.isPhoneNumber(phone)) }
            guard user.attributes.isVerified("email") || user.attributes.isVerified("phone_number") else { continue }
            let has = ["email", "phone_number"].filter { user.attributes[$0] != nil }.joined(separator: " ")
            found[has, default: 0] += 1
        }
        let count = found.values.reduce(0, +)
        #expect(found[most, default: 0] * 100 > count * 80)
        #expect(Set(some).isSuperset(of: found.keys) && found.count > 1, "\(found)")
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
        #expect(masks["email"].map { $0.count > 150 } == true)
        #expect(masks["phone_number"].map { $0.count > 200 } == true)
    }

    /// Each state by how often a name that nobody has may be in it, in a thousand.
    @Test(
        "most are confirmed and verified, some in each other state",
        arguments: [
            ("CONFIRMED enabled verified", 730...830), ("CONFIRMED enabled unverified", 20...70),
            ("CONFIRMED disabled verified", 15...50), ("CONFIRMED disabled unverified", 3...25),
            ("UNCONFIRMED enabled unverified", 55...105), ("FORCE_CHANGE_PASSWORD enabled verified", 8...40),
            ("FORCE_CHANGE_PASSWORD enabled unverified", 8...40), ("RESET_REQUIRED enabled verified", 8...45),
        ]
    )
    func states(state: String, often: ClosedRange<Int>) throws {
        let found = try Self.population.get()
        #expect(often.contains(found[state] ?? 0), "\(found)")
    }

    private static let population = Result {
        let vault = try makeVault()
        let users = SimulatedUsers(vault: vault, passwords: try PasswordHasher(vault: vault, random: .system))
        let pool = try makePool()
        var found: [String: Int] = [:]
        for number in 0..<1000 {
            let user = try users.user(named: pool.name("user\(number)"), in: pool, now: .test)
            let enabled = user.isEnabled ? "enabled" : "disabled"
            let isVerified = user.attributes.isVerified("email") || user.attributes.isVerified("phone_number")
            let verified = isVerified ? "verified" : "unverified"
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
        #expect((150...190).contains(verified))
    }

    /// Of which nobody can tell that it is none of a real user's.
    @Test(
        "what is offered to nobody, and to how many of a hundred",
        arguments: [
            ("PASSWORD", ["PASSWORD PASSWORD_SRP": 100...100]),
            (
                "PASSWORD EMAIL_OTP SMS_OTP",
                [
                    "EMAIL_OTP PASSWORD PASSWORD_SRP": 50...80, "PASSWORD PASSWORD_SRP": 10...30,
                    "EMAIL_OTP SMS_OTP PASSWORD PASSWORD_SRP": 3...17, "SMS_OTP PASSWORD PASSWORD_SRP": 1...8,
                    "EMAIL_OTP": 4...17,
                ]
            ),
        ]
    )
    func factors(allowed: String, offered: [String: ClosedRange<Int>]) throws {
        let factors = allowed.split(separator: " ").map { "\"\($0)\"" }.joined(separator: ",")
        let pool = try makePool(#""Policies":{"SignInPolicy":{"AllowedFirstAuthFactors":[\#(factors)]}}"#)
        var found: [String: Int] = [:]
        for number in 1000..<1400 {
            let available = FirstFactors.available(to: try user("user\(number)", in: pool), in: pool)
            #expect(!available.isEmpty)
            found[available.map(\.rawValue).joined(separator: " "), default: 0] += 1
        }
        for (factors, share) in offered {
            #expect(share.contains(found[factors, default: 0] / 4), "\(factors): \(found)")
        }
    }

    @Test("where users are named by address the username is the sub, as it is of real ones")
    func namedByAddress() throws {
        let user = try user("a@b.c", in: makePool(#""UsernameAttributes":["email"]"#))
        #expect(user.username == user.sub)
        #expect(user.attributes["email"] == "a@b.c")
    }

    @Test("only a sign-up sent them a code, and it is good for a day")
    func codes() throws {
        let pool = try makePool(#""AutoVerifiedAttributes":["email"]"#)
        let everyone = try (0..<800).map { try user("user\($0)", in: pool) }
        func wereSent(_ purpose: CodePurpose, after days: Int64) -> Set<String> {
            let now = Timestamp.test.adding(seconds: days * 86400)
            return Set(
                everyone.filter { SimulatedUsers.wasSentCode(purpose, $0, in: pool, now: now) }.map(\.username)
            )
        }
        let unconfirmed = Set(everyone.filter { $0.status == .unconfirmed }.map(\.username))
        let days = (0..<8).map { wereSent(.confirmSignUp, after: $0) }
        #expect(days.allSatisfy { $0.isSubset(of: unconfirmed) } && days.count { !$0.isEmpty } > 4)
        for (one, next) in zip(days, days.dropFirst()) { #expect(one.isDisjoint(with: next)) }
        #expect(wereSent(.confirmSignUp, after: 8) == days[0])
        for purpose in [.resetPassword, .verifyEmail, .verifyPhoneNumber, .emailOTP, .smsOTP] as [CodePurpose] {
            #expect(wereSent(purpose, after: 0).isEmpty)
        }
    }

    @Test("nobody knows the password, and it has no epoch and no end")
    func password() throws {
        let user = try user("alice")
        #expect(user.poolID == pool.id && user.credentialEpoch == 0 && user.temporaryPasswordExpiresAt == nil)
        #expect(try !hasher.verify("Passw0rd!", against: user.password, of: user.srpIdentity))
    }
}
