package import CognitoModel

/// A user pool: its configuration as the API shows it, and what follows from it.
///
/// Immutable and shared by all requests, so a class: a value of so many members would be copied at every call.
package final class UserPool: Sendable {
    package let id: String
    package let region: String
    package let accountID: String
    /// What DescribeUserPool shows, but for the number of users.
    package let configuration: UserPoolType
    package let mfa: MFASettings
    /// The factors that it may ask for after a password.
    package let secondFactors: [SecondFactor]
    /// The host of its pages: a domain of its own before the prefix domain; nil where it has none.
    package let domain: String?
    /// For whom passkeys are made; nil where there is neither an id for that nor a domain.
    package let relyingParty: RelyingParty?
    package let sessions: SessionSettings
    package let schema: AttributeSchema
    package let passwordPolicy: PasswordPolicy
    package let signInNames: SignInNames

    package init(
        id: String,
        region: String,
        accountID: String,
        configuration: UserPoolType,
        mfa: MFASettings = MFASettings(),
        sessions: SessionSettings = SessionSettings(),
        domain: String? = nil
    ) {
        self.id = id
        self.region = region
        self.accountID = accountID
        self.configuration = configuration
        self.mfa = mfa
        self.domain = domain
        relyingParty = RelyingParty(mfa.webAuthn, domain: domain)
        secondFactors = mfa.factors(with: configuration)
        self.sessions = sessions
        schema = AttributeSchema(configuration.schemaAttributes ?? [])
        passwordPolicy = PasswordPolicy(configuration.policies?.passwordPolicy ?? PasswordPolicyType())
        signInNames = SignInNames(configuration)
    }

    /// Whose it is, and where.
    package var account: AccountPlace { AccountPlace(accountID: accountID, region: region) }

    /// The attributes as they are kept. Throws `AttributeFailure` for what the schema doesn't take, and for a
    /// `preferred_username` that could be taken for somebody's address.
    func checked(_ attributes: [UserAttribute]) throws -> [UserAttribute] {
        let kept = schema.kept(attributes)
        try schema.check(kept)
        for attribute in kept where attribute.name == "preferred_username" {
            try signInNames.checkPreferredUsername(attribute.value)
        }
        return kept
    }

    /// The attributes that are verified by themselves at sign-up.
    package var autoVerifiedAttributes: [VerifiedAttributeType] { configuration.autoVerifiedAttributes ?? [] }

    /// Whether a new value of the attribute takes effect only once it is verified.
    package func requiresVerificationBeforeUpdate(of attribute: String) -> Bool {
        let required = configuration.userAttributeUpdateSettings?.attributesRequireVerificationBeforeUpdate ?? []
        return required.contains { $0.rawValue == attribute }
    }

    /// The first factors that USER_AUTH may offer.
    package var allowedFirstFactors: [AuthFactorType] {
        configuration.policies?.signInPolicy?.allowedFirstAuthFactors ?? [.password]
    }

    /// For whom passkeys are made. Throws `PasskeyFailure` where the pool lets nobody in by them, or has nobody.
    package func passkeysRelyingParty() throws(PasskeyFailure) -> RelyingParty {
        guard allowedFirstFactors.contains(.webAuthn) else { throw .notEnabled }
        guard let relyingParty else { throw .relyingPartyMissing }
        return relyingParty
    }

    /// Whether a user may have no password: some code alone lets users in.
    package var allowsPasswordlessUsers: Bool { allowedFirstFactors.contains { [.emailOtp, .smsOtp].contains($0) } }

    /// When a temporary password set at `now` stops working.
    package func temporaryPasswordExpiry(from now: Timestamp) -> Timestamp {
        now.adding(seconds: Int64(passwordPolicy.temporaryPasswordValidityDays) * 86400)
    }

    package var adminCreatesUsersOnly: Bool { configuration.adminCreateUserConfig?.allowAdminCreateUserOnly ?? false }

    /// Whether users get a new password by a code, and not by an administrator alone.
    package var usersRecoverThemselves: Bool {
        configuration.accountRecoverySetting?.recoveryMechanisms?.map(\.name) != [.adminOnly]
    }

    package static func arn(id: String, region: String, accountID: String) -> String {
        "arn:aws:cognito-idp:\(region):\(accountID):userpool/\(id)"
    }
}
