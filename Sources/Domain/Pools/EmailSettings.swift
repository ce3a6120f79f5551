import CognitoModel

extension EmailConfigurationType {
    /// Throws `PoolSettingsFailure` unless sender and sending account go together.
    func check() throws {
        switch emailSendingAccount {
        case .developer:
            if sourceArn == nil { throw PoolSettingsFailure.emailSourceMissing }
            if let from, !Self.isSender(from) { throw PoolSettingsFailure.invalidEmailSender }
        default:
            if sourceArn != nil { throw PoolSettingsFailure.emailIdentityNotAllowed }
            if from != nil { throw PoolSettingsFailure.emailSenderNotAllowed }
        }
    }

    /// `address`, or `Name <address>`.
    private static func isSender(_ text: String) -> Bool {
        guard text.hasSuffix(">"), let bracket = text.lastIndex(of: "<") else { return ContactFormat.isEmail(text) }
        return ContactFormat.isEmail(String(text[text.index(after: bracket)...].dropLast()))
    }
}

extension AccountRecoverySettingType {
    /// Throws `PoolSettingsFailure` where it doesn't say in which order addresses are taken.
    func check() throws {
        let mechanisms = recoveryMechanisms ?? []
        if mechanisms.count > 1, mechanisms.contains(where: { $0.name == .adminOnly }) {
            throw PoolSettingsFailure.adminOnlyBesideOtherRecovery
        }
        guard Set(mechanisms.map(\.priority)).count == mechanisms.count,
            Set(mechanisms.map(\.name)).count == mechanisms.count
        else { throw PoolSettingsFailure.ambiguousRecovery }
    }
}
