package import CognitoModel
package import OperatingSystem

/// The risk configuration of a pool, or of a client in the pool's place, ready to judge by.
///
/// Immutable and shared by all requests, so a class.
package final class RiskSettings: Sendable {
    /// What DescribeRiskConfiguration shows.
    package let configuration: RiskConfigurationType
    private let blocked: [IPAddressBlock]
    private let skipped: [IPAddressBlock]

    package init(_ configuration: RiskConfigurationType) {
        self.configuration = configuration
        blocked = (configuration.riskExceptionConfiguration?.blockedIPRangeList ?? []).compactMap(IPAddressBlock.init)
        skipped = (configuration.riskExceptionConfiguration?.skippedIPRangeList ?? []).compactMap(IPAddressBlock.init)
    }

    /// Whether nobody may sign in or up from there.
    package func blocks(_ address: IPAddress) -> Bool { blocked.contains { $0.contains(address) } }

    /// Whether a sign-in from there isn't judged.
    package func skips(_ address: IPAddress) -> Bool { skipped.contains { $0.contains(address) } }

    /// Whether anything is to be done about sign-ins that might be a stranger's.
    package var judgesSignIns: Bool { configuration.accountTakeoverRiskConfiguration != nil }

    /// What is to be done at that level; nil for nothing.
    package func action(at level: RiskLevelType) -> AccountTakeoverActionType? {
        let actions = configuration.accountTakeoverRiskConfiguration?.actions
        switch level {
        case .low: return actions?.lowAction
        case .medium: return actions?.mediumAction
        case .high: return actions?.highAction
        default: return nil
        }
    }

    /// Whether passwords are looked for among the compromised ones at such an event. Without a filter they are at all.
    package func looksForCompromisedPasswords(at event: EventFilterType) -> Bool {
        guard let settings = configuration.compromisedCredentialsRiskConfiguration else { return false }
        return settings.eventFilter?.contains(event) ?? true
    }

    /// Whether a compromised password is refused.
    package var blocksCompromisedPasswords: Bool {
        configuration.compromisedCredentialsRiskConfiguration?.actions.eventAction == .block
    }
}
