package import CognitoModel
package import Cryptography

/// Makes the user who stands for a name that nobody has, where a client hides who exists: the same one for the same name
/// every time, so that the same rules run on them, and nobody can tell (RFC 5054 section 2.5.1.3).
///
/// Most are confirmed and have a verified address; some are in each other state, so that whatever a user in any state is
/// told, some names that nobody has are told too.
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

    /// The user who stands for the name, with a password that nobody knows. It costs three HMACs and two sealings.
    package func user(named name: Name, in pool: UserPool, now: Timestamp) throws -> User {
        let sub = try sub(of: name, in: pool)
        let username = pool.signInNames.namesAreAddresses || pool.signInNames.isAlias(name) ? sub : name.key
        let chance = try vault.keyedHash("state \(pool.id) \(sub)", for: .simulatedUser)
        let state = State(chance: chance[0])
        return User(
            poolID: pool.id,
            sub: sub,
            username: username,
            status: state.status,
            isEnabled: state != .disabled,
            attributes: attributes(of: name, state, chance, in: pool),
            password: try passwords.simulatedPassword(of: SRPIdentity(poolID: pool.id, userID: username)),
            createdAt: now,
            modifiedAt: now
        )
    }

    /// Whether the user, if they were one, would have been sent a code that is still good: most who sign up have, of those
    /// who have an address that it can go to.
    package static func wasSentCode(_ purpose: CodePurpose, _ user: User, in pool: UserPool) -> Bool {
        purpose == .confirmSignUp && user.status == .unconfirmed && !"0123".contains(user.sub.first ?? "0")
            && CodeDestination.signUp(user.attributes, in: pool) != nil
    }

    /// What a user can be, as often as is drawn.
    private enum State {
        case confirmed, unverified, unconfirmed, invited, resetRequired, disabled

        init(chance: UInt8) {
            switch chance {
            case 0..<10: self = .unconfirmed
            case 10..<18: self = .invited
            case 18..<24: self = .resetRequired
            case 24..<32: self = .disabled
            case 32..<42: self = .unverified
            default: self = .confirmed
            }
        }

        var status: UserStatusType {
            switch self {
            case .confirmed, .unverified, .disabled: .confirmed
            case .unconfirmed: .unconfirmed
            case .invited: .forceChangePassword
            case .resetRequired: .resetRequired
            }
        }

        var isVerified: Bool { self != .unconfirmed && self != .unverified }
    }

    /// The addresses that the pool's users have: a mail address unless the pool verifies telephones alone, and the name
    /// itself where it is one. Some of those who have none verified have none at all.
    private func attributes(of name: Name, _ state: State, _ chance: [UInt8], in pool: UserPool) -> UserAttributes {
        let verified = pool.autoVerifiedAttributes
        let isReachable = state.isVerified || chance[10] >= 64
        var attributes = UserAttributes()
        if ContactFormat.isEmail(name.text) {
            attributes["email"] = name.text
        } else if isReachable, !verified.contains(.phoneNumber) || verified.contains(.email) {
            attributes["email"] = Self.email(chance)
        }
        if ContactFormat.isPhoneNumber(name.text) {
            attributes["phone_number"] = name.text
        } else if isReachable, verified.contains(.phoneNumber) {
            attributes["phone_number"] = Self.phoneNumber(chance)
        }
        for address in ["email", "phone_number"] where attributes[address] != nil && state.isVerified {
            attributes["\(address)_verified"] = "true"
        }
        return attributes
    }

    /// Two letters of it are shown.
    private static func email(_ chance: [UInt8]) -> String {
        let letters = Array("abcdefghijklmnoprstvwz")
        let domains = [
            "gmail.com", "gmail.com", "outlook.com", "yahoo.com", "hotmail.com", "icloud.com", "example.com",
        ]
        return "\(letters[Int(chance[1]) % letters.count])@\(domains[Int(chance[2]) % domains.count])"
    }

    /// Its last four digits are shown.
    private static func phoneNumber(_ chance: [UInt8]) -> String {
        "+1555" + chance[3..<10].map { String($0 % 10) }.joined()
    }

    private func draw(_ what: String, of name: Name, in pool: UserPool) throws -> [UInt8] {
        try vault.keyedHash("\(what) \(pool.id) \(name.key)", for: .simulatedUser)
    }
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
