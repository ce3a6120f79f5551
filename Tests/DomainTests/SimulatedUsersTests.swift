import CognitoModel
import Cryptography
import Domain
import Testing

@Suite struct SimulatedUsersTests {
    private let vault: Vault
    private let hasher: PasswordHasher
    private let users: SimulatedUsers
    private let pool: UserPool

    private static let insensitive = #""UsernameConfiguration":{"CaseSensitive":false}"#

    init() throws {
        vault = try makeVault()
        hasher = try PasswordHasher(vault: vault, random: .system)
        users = SimulatedUsers(vault: vault, passwords: hasher)
        pool = try makePool()
    }

    /// All by which a stranger might tell two users apart.
    private struct Appearance: Hashable {
        let sub: String
        let username: String
        let salt: [UInt8]
        let verifier: [UInt8]
        let attributes: UserAttributes
    }

    private func appearance(_ name: String, in pool: UserPool, at now: Timestamp = .test) throws -> Appearance {
        let user = try users.user(named: name, in: pool, now: now)
        let password = try #require(user.password)
        return Appearance(
            sub: user.sub,
            username: user.username,
            salt: password.salt,
            verifier: try hasher.verifier(password, of: user.srpIdentity).bytes,
            attributes: user.attributes
        )
    }

    @Test("the same name is the same user every time, in another process too")
    func stable() throws {
        let first = try appearance("alice", in: pool)
        #expect(try appearance("alice", in: pool, at: .test.adding(seconds: 86400)) == first)
        let elsewhere = try SimulatedUsers(
            vault: makeVault(),
            passwords: PasswordHasher(vault: makeVault(), random: .system)
        )
        let again = try elsewhere.user(named: "alice", in: pool, now: .test)
        #expect(again.sub == first.sub && again.password?.salt == first.salt)
        #expect(try users.sub(ofName: "alice", in: pool) == first.sub)
    }

    @Test("another name, pool or master key makes another user")
    func different() throws {
        let first = try appearance("alice", in: pool)
        let otherPool = try makePool(id: "us-east-1_other")
        let otherKey = try makeVault(8)
        let otherHasher = try PasswordHasher(vault: otherKey, random: .system)
        let stranger = try SimulatedUsers(vault: otherKey, passwords: otherHasher)
            .user(named: "alice", in: pool, now: .test)
        let others = [try appearance("alicf", in: pool), try appearance("alice", in: otherPool)]
        for other in others {
            #expect(other.sub != first.sub && other.salt != first.salt && other.verifier != first.verifier)
        }
        #expect(stranger.sub != first.sub && stranger.password?.salt != first.salt)
    }

    @Test("names are the same user where the pool says that they are the same name")
    func folding() throws {
        let folding = try makePool(Self.insensitive)
        #expect(try appearance("ALICE", in: folding).sub == appearance("alice", in: folding).sub)
        #expect(try appearance("ALICE", in: folding).salt == appearance("alice", in: folding).salt)
        #expect(try appearance("ALICE", in: folding).username == "alice")
        #expect(try appearance("ALICE", in: pool).sub != appearance("alice", in: pool).sub)
        #expect(try appearance("ALICE", in: pool).username == "ALICE")
    }

    @Test("a sub has the form of a random UUID", arguments: ["alice", "", "+4915112345678", "日本"])
    func uuid(name: String) throws {
        let sub = try users.sub(ofName: name, in: pool)
        #expect(sub.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
    }

    @Test(
        "the address that a code seems to go to",
        arguments: [
            ("a@b.c", "email", "a@b.c", "a***@b***"),
            ("+15555559934", "phone_number", "+15555559934", "+*******9934"),
            ("alice", "email", "alice@example.com", "a***@e***"),
        ]
    )
    func addresses(name: String, attribute: String, value: String, masked: String) throws {
        let user = try users.user(named: name, in: pool, now: .test)
        let address = UserAttribute(attribute, value)
        #expect(user.attributes.list == [address, UserAttribute("\(attribute)_verified", "true")])
        #expect(user.attributes.isVerified(attribute))
        #expect(CodeDestination(address).masked == masked)
    }

    @Test(
        "what nobody is offered",
        arguments: [
            ("alice", "PASSWORD", "PASSWORD PASSWORD_SRP"), ("+15555559934", "PASSWORD", "PASSWORD PASSWORD_SRP"),
            ("alice", "PASSWORD EMAIL_OTP SMS_OTP", "EMAIL_OTP PASSWORD PASSWORD_SRP"),
            ("+15555559934", "PASSWORD EMAIL_OTP SMS_OTP", "SMS_OTP PASSWORD PASSWORD_SRP"),
        ]
    )
    func factors(name: String, allowed: String, offered: String) throws {
        let factors = allowed.split(separator: " ").map { "\"\($0)\"" }.joined(separator: ",")
        let pool = try makePool(#""Policies":{"SignInPolicy":{"AllowedFirstAuthFactors":[\#(factors)]}}"#)
        let user = try users.user(named: name, in: pool, now: .test)
        let available = FirstFactors.available(to: user, in: pool)
        #expect(available.map(\.rawValue).joined(separator: " ") == offered)
    }

    @Test("where users are named by address the username is the sub, as it is of real ones")
    func namedByAddress() throws {
        let pool = try makePool(#""UsernameAttributes":["email"]"#)
        let user = try users.user(named: "a@b.c", in: pool, now: .test)
        #expect(user.username == user.sub)
        #expect(user.attributes["email"] == "a@b.c")
    }

    @Test("the user is confirmed, enabled, and of the pool")
    func state() throws {
        let user = try users.user(named: "alice", in: pool, now: .test)
        #expect(user.status == .confirmed && user.isEnabled && user.poolID == pool.id)
        #expect(user.temporaryPasswordExpiresAt == nil)
        #expect(try !hasher.verify("Passw0rd!", against: user.password, of: user.srpIdentity))
    }
}
