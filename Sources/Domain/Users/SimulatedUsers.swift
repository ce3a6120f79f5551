package import CognitoModel
package import Cryptography

/// Makes the user who stands for a name that nobody has, where a client hides who exists: the same one for the same
/// name every time, so that the same rules run on them, and nobody can tell (RFC 5054 section 2.5.1.3).
///
/// Most are confirmed and have a verified address; some are in each other state, so that whatever a user in any state
/// is told, some names that nobody has are told too.
package struct SimulatedUsers: Sendable {
    private let vault: Vault
    private let passwords: PasswordHasher

    package init(vault: Vault, passwords: PasswordHasher) {
        self.vault = vault
        self.passwords = passwords
    }

    /// The `sub` of the user who stands for the name. It costs one HMAC.
    package func sub(of name: Name, in pool: UserPool) throws -> String {
        // Where names are addresses a username is a `sub`, and whoever was shown one may sign in by it.
        if pool.signInNames.namesAreAddresses, name.key.isRandomUUID { return name.key }
        return RandomSource.uuidText(try draw("sub", of: name, in: pool).randomUUID)
    }

    /// The user who stands for the name, with a password that nobody knows, or none where the pool's users may have
    /// none. It costs three HMACs and two sealings.
    package func user(named name: Name, in pool: UserPool, now: Timestamp) throws -> User {
        let sub = try sub(of: name, in: pool)
        var chance = Chance(bytes: try vault.keyedHash("state \(pool.id) \(sub)", for: .simulatedUser))
        let state = State(&chance)
        let isVerified = chance.happens(state.verifiedOf256)
        let username = username(of: name, sub, &chance, in: pool)
        // Made whether or not it is kept, as the time that it takes would tell.
        let password = try passwords.simulatedPassword(of: SRPIdentity(poolID: pool.id, userID: username))
        let mayLackPassword = chance.happens(40) && pool.allowsPasswordlessUsers && state == .confirmed
        let attributes = attributes(of: name, isVerified: isVerified, &chance, in: pool)
        let drawnPasskeys = chance.happens(64) ? (chance.happens(64) ? 2 : 1) : 0
        var user = User(
            poolID: pool.id,
            sub: sub,
            username: username,
            status: state.status,
            isEnabled: state != .disabled,
            attributes: attributes,
            passkeyCount: state.mayHaveSignedIn ? drawnPasskeys : 0,
            createdAt: now,
            modifiedAt: now
        )
        let canDoWithout = !FirstFactors.available(to: user, in: pool).isEmpty
        if !(mayLackPassword && canDoWithout) { user.password = password }
        return user
    }

    /// Whether the user, if they were one, would have been sent a code that is still good. Of those who sign up each
    /// asks for one every eighth day, at an hour of their own, and it is good for as long as any other.
    package static func wasSentCode(_ purpose: CodePurpose, _ user: User, in pool: UserPool, now: Timestamp) -> Bool {
        guard purpose == .confirmSignUp, user.status == .unconfirmed,
            CodeDestination.signUp(user.attributes, in: pool) != nil
        else { return false }
        let period: Int64 = 8 * 24 * 3600
        let phase = Int64(user.sub.prefix(8), radix: 16) ?? 0
        return (now.milliseconds / 1000 + phase) % period < purpose.lifetime
    }

    /// What a user can be, as often as is drawn.
    private enum State {
        case confirmed, unconfirmed, invited, resetRequired, disabled

        init(_ chance: inout Chance) {
            switch chance.next() {
            case 0..<20: self = .unconfirmed
            case 20..<30: self = .invited
            case 30..<36: self = .resetRequired
            case 36..<46: self = .disabled
            default: self = .confirmed
            }
        }

        var status: UserStatusType {
            switch self {
            case .confirmed, .disabled: .confirmed
            case .unconfirmed: .unconfirmed
            case .invited: .forceChangePassword
            case .resetRequired: .resetRequired
            }
        }

        /// Who signs up, or was invited, can register no passkey before they sign in.
        var mayHaveSignedIn: Bool {
            switch self {
            case .confirmed, .disabled, .resetRequired: true
            case .unconfirmed, .invited: false
            }
        }

        /// Of 256 of them, how many have their addresses verified.
        var verifiedOf256: Int {
            switch self {
            case .confirmed, .resetRequired: 244
            case .disabled: 192
            case .invited: 128
            case .unconfirmed: 0
            }
        }
    }

    /// The username as it is shown. Where capitals don't count, some users wrote some.
    private func username(of name: Name, _ sub: String, _ chance: inout Chance, in pool: UserPool) -> String {
        let capitalized = chance.happens(48) ? 1 + Int(chance.next()) % 2 : 0
        let place = Int(chance.next())
        if pool.signInNames.namesAreAddresses || pool.signInNames.isAlias(name) { return sub }
        guard !pool.signInNames.isCaseSensitive, capitalized > 0 else { return name.key }
        let second = capitalized == 2 ? place % name.key.count : 0
        return String(
            name.key.enumerated().map { index, letter in
                letter.isASCII && (index == 0 || index == second) ? Character(letter.uppercased()) : letter
            }
        )
    }

    /// The addresses that the pool's users have: a mail address unless the pool verifies telephones alone, for some the
    /// other one too or in its place, and the name itself where it is one. Some of those who have none verified have
    /// none at all.
    private func attributes(
        of name: Name,
        isVerified: Bool,
        _ chance: inout Chance,
        in pool: UserPool
    ) -> UserAttributes {
        let verified = pool.autoVerifiedAttributes
        let isReachable = chance.happens(192) || isVerified
        let (hasOther, hasUsual) = (chance.happens(32), !chance.happens(8))
        let prefersPhone = verified.contains(.phoneNumber) && !verified.contains(.email)
        let hasBoth = verified.contains(.phoneNumber) && verified.contains(.email)
        let email = Self.email(&chance)
        let phoneNumber = Self.phoneNumber(&chance)
        var attributes = UserAttributes()
        if ContactFormat.isEmail(name.text) {
            attributes["email"] = name.text
        } else if isReachable, prefersPhone ? hasOther : hasUsual || hasBoth {
            attributes["email"] = email
        }
        if ContactFormat.isPhoneNumber(name.text) {
            attributes["phone_number"] = name.text
        } else if isReachable, prefersPhone || hasBoth ? hasUsual : hasOther || !hasUsual {
            attributes["phone_number"] = phoneNumber
        }
        for address in ["email", "phone_number"] where attributes[address] != nil && isVerified {
            attributes["\(address)_verified"] = "true"
        }
        return attributes
    }

    /// Two letters of it are shown: any that real ones begin with, and those of the large providers most often.
    private static func email(_ chance: inout Chance) -> String {
        let names = Array("aaaabbbccccdddeeefffggghhhiijjjjkkkkllllmmmmmnnnooppprrrrssssstttuvvwwxyz0123456789q")
        let domains = Array("ggggggggggggggggggggggoooooohhhhhyyyyiiiiaaabbccccdddeeffjkkllmmmnnppqrrssttuuvwwxz0126")
        return "\(names[Int(chance.next()) % names.count])@\(domains[Int(chance.next()) % domains.count]).example"
    }

    /// Its last four digits are shown.
    private static func phoneNumber(_ chance: inout Chance) -> String {
        "+1555" + (0..<7).map { _ in String(chance.next() % 10) }.joined()
    }

    func keyedHash(_ text: String) throws -> [UInt8] { try vault.keyedHash(text, for: .simulatedUser) }

    private func draw(_ what: String, of name: Name, in pool: UserPool) throws -> [UInt8] {
        try vault.keyedHash("\(what) \(pool.id) \(name.key)", for: .simulatedUser)
    }
}

/// Bytes of a keyed hash, drawn one after the other: always the same ones for the same user.
private struct Chance {
    private var bytes: ArraySlice<UInt8>

    init(bytes: [UInt8]) { self.bytes = bytes[...] }

    mutating func next() -> UInt8 { bytes.popFirst() ?? 0 }

    /// True so many times of 256.
    mutating func happens(_ times: Int) -> Bool { next() < times }
}

extension String {
    /// Whether it is a random UUID in lower case.
    fileprivate var isRandomUUID: Bool {
        let parts = split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.count) == [8, 4, 4, 4, 12] && parts[2].hasPrefix("4")
            && "89ab".contains(parts[3].first ?? " ")
            && parts.joined().allSatisfy { $0.isASCII && $0.isHexDigit && !$0.isUppercase }
    }
}

extension [UInt8] {
    /// The bytes with the marks of a random UUID (RFC 9562 section 5.4).
    fileprivate var randomUUID: [UInt8] {
        var bytes = self
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        return bytes
    }
}
