package import CognitoModel

/// Where a code goes: the attribute, its value, and how the wire shows both.
package struct CodeDestination: Sendable, Hashable {
    package let attribute: UserAttribute

    /// `email` or `phone_number`.
    package init(_ attribute: UserAttribute) { self.attribute = attribute }

    package var medium: DeliveryMediumType { attribute.name == "phone_number" ? .sms : .email }

    package var channel: Message.Channel { medium == .sms ? .sms : .email }

    package var details: CodeDeliveryDetailsType {
        CodeDeliveryDetailsType(destination: masked, deliveryMedium: medium, attributeName: attribute.name)
    }

    /// `t***@e***` for a mail address, `+*******9934` for a telephone number: its last four digits, fewer where it has
    /// no more than those, behind a star for each other.
    package var masked: String {
        let value = attribute.value
        if medium == .sms {
            let digits = value.drop { $0 == "+" }
            let shown = digits.count > 4 ? 4 : digits.count / 2
            return "+" + String(repeating: "*", count: digits.count - shown) + digits.suffix(shown)
        }
        let parts = value.split(separator: "@", maxSplits: 1)
        guard parts.count == 2 else { return "***" }
        return "\(parts[0].prefix(1))***@\(parts[1].prefix(1))***"
    }

    /// Where the code of a sign-up goes: of several auto-verified attributes the telephone, and none where the user
    /// has no such attribute.
    package static func signUp(_ attributes: UserAttributes, in pool: UserPool) -> CodeDestination? {
        ["phone_number", "email"].first { name in
            pool.autoVerifiedAttributes.contains { $0.rawValue == name } && attributes[name] != nil
                && !attributes.isVerified(name)
        }.flatMap { name in attributes[name].map { CodeDestination(UserAttribute(name, $0)) } }
    }

    /// Where a code that isn't sent seems to go: an address of the user's, or one made of their name.
    package static func shown(of attributes: UserAttributes, username: String) -> CodeDestination {
        let known = ["email", "phone_number"].compactMap { name in
            attributes[name].map { CodeDestination(UserAttribute(name, $0)) }
        }
        return known.first ?? CodeDestination(UserAttribute("email", "\(username)@example.com"))
    }

    /// Where the code of a forgotten password goes: the first verified address in the pool's order of recovery to which
    /// no code of a second factor of the user's goes, so that nobody has both by one mailbox or telephone.
    package static func recovery(of user: User, in pool: UserPool) -> Result<CodeDestination, RecoveryFailure> {
        let order = pool.recoveryOrder
        if order.isEmpty { return .failure(.administratorOnly) }
        let taken = SignInPolicy.secondFactorAttributes(of: user, in: pool)
        for name in order where !taken.contains(name) {
            if let value = user.attributes[name], user.attributes.isVerified(name) {
                return .success(CodeDestination(UserAttribute(name, value)))
            }
        }
        return .failure(.noVerifiedAddress)
    }
}

extension UserPool {
    /// The addresses by which a forgotten password is recovered, the first first. None where that is left to
    /// administrators. A pool that doesn't say takes the telephone before the mail address (service model,
    /// AccountRecoverySetting).
    var recoveryOrder: [String] { recoveryAttributes(orElse: [.verifiedPhoneNumber, .verifiedEmail]) }

    /// The same as second factors leave them to recovery: a pool that doesn't say leaves the mail address rather than
    /// the telephone, so that texts stay the factor that they were before there was such a setting.
    var recoveryAttributes: [String] { recoveryAttributes(orElse: [.verifiedEmail, .verifiedPhoneNumber]) }

    private func recoveryAttributes(orElse unset: [RecoveryOptionNameType]) -> [String] {
        let configured = configuration.accountRecoverySetting?.recoveryMechanisms?
            .sorted { $0.priority < $1.priority }.map(\.name)
        return (configured ?? unset).compactMap { mechanism in
            switch mechanism {
            case .verifiedEmail: "email"
            case .verifiedPhoneNumber: "phone_number"
            default: nil
            }
        }
    }
}
