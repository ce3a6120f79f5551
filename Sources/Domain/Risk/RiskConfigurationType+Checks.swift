package import CognitoModel
import OperatingSystem

extension RiskConfigurationType {
    /// The configuration as it is kept: a filter that is left out names every event. Throws `RiskSettingsFailure` for
    /// what can't be followed.
    package func checked() throws -> RiskConfigurationType {
        var kept = self
        if var compromised = kept.compromisedCredentialsRiskConfiguration {
            compromised.eventFilter = compromised.eventFilter ?? [.signIn, .passwordChange, .signUp]
            kept.compromisedCredentialsRiskConfiguration = compromised
        }
        let exceptions = riskExceptionConfiguration
        let ranges = (exceptions?.blockedIPRangeList ?? []) + (exceptions?.skippedIPRangeList ?? [])
        for range in ranges where !range.contains("/") || IPAddressBlock(range) == nil {
            throw RiskSettingsFailure.invalidRange(range)
        }
        if let takeover = accountTakeoverRiskConfiguration {
            let actions = [takeover.actions.lowAction, takeover.actions.mediumAction, takeover.actions.highAction]
            let notifies = actions.contains { $0?.notify == true }
            if notifies, takeover.notifyConfiguration == nil { throw RiskSettingsFailure.notifyConfigurationMissing }
        }
        return kept
    }

    /// Whether nothing is set: then the pool's defaults hold, or what the client inherits.
    package var isEmpty: Bool {
        compromisedCredentialsRiskConfiguration == nil && accountTakeoverRiskConfiguration == nil
            && riskExceptionConfiguration == nil
    }
}

/// Why a risk configuration can't be.
package enum RiskSettingsFailure: Error, Hashable, Sendable {
    /// Not an address, a slash and the length of its prefix.
    case invalidRange(String)
    /// Users are to be told, and nobody says by what mail.
    case notifyConfigurationMissing
}

/// Why threat protection has nothing to say.
package enum ThreatProtectionFailure: Error, Hashable, Sendable {
    /// The pool has the add-on off.
    case notEnabled
    case eventNotFound(String)
    /// The token isn't one that was mailed for this event.
    case invalidFeedbackToken
}
