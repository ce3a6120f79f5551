package import CognitoModel
import OperatingSystem

extension UserPool {
    /// Whether threat protection is off, only watches, or acts.
    package var threatProtectionMode: AdvancedSecurityModeType {
        configuration.userPoolAddOns?.advancedSecurityMode ?? .off
    }
}

/// Threat protection as it holds for the users of one client.
package struct ThreatProtection: Sendable {
    package let mode: AdvancedSecurityModeType
    /// Nil where neither the client nor the pool has any.
    package let settings: RiskSettings?

    package init(mode: AdvancedSecurityModeType, settings: RiskSettings?) {
        self.mode = mode
        self.settings = settings
    }

    /// Whether events are recorded.
    package var isOn: Bool { mode == .audit || mode == .enforced }

    /// Whether what is judged has consequences.
    package var isEnforced: Bool { mode == .enforced }

    /// The same for sign-ins by CUSTOM_AUTH, which are judged only where the pool says so
    /// (`AdvancedSecurityAdditionalFlows`).
    package func ofCustomSignIns(in pool: UserPool) -> ThreatProtection {
        let mode: AdvancedSecurityModeType =
            switch pool.configuration.userPoolAddOns?.advancedSecurityAdditionalFlows?.customAuthMode {
            case .audit: .audit
            case .enforced: .enforced
            default: .off
            }
        return ThreatProtection(mode: isOn ? mode : .off, settings: settings)
    }

    /// Whether nobody may sign in or up from the address.
    package func blocks(_ address: String?) -> Bool {
        guard isEnforced, let settings, let address = address.flatMap(IPAddress.init) else { return false }
        return settings.blocks(address)
    }

    /// Whether a sign-in from the address is judged by the user's history.
    package func judges(_ address: String?) -> Bool {
        guard isOn, let settings, settings.judgesSignIns else { return false }
        return !(address.flatMap(IPAddress.init).map(settings.skips) ?? false)
    }

    /// Judges a sign-in that nothing else stands in the way of. A pure function of what is known.
    package func verdict(
        on history: SignInHistory,
        failures: Int,
        givesSecondFactor: Bool,
        canGiveSecondFactor: Bool
    ) -> RiskVerdict {
        guard let level = history.riskLevel(failures: failures) else { return RiskVerdict() }
        let action = settings?.action(at: level)
        guard isEnforced, let action else { return RiskVerdict(level: level) }
        switch action.eventAction {
        case .block: return RiskVerdict(level: level, response: .blocked, notifies: action.notify)
        case .mfaRequired where !givesSecondFactor && !canGiveSecondFactor:
            return RiskVerdict(level: level, response: .blocked, notifies: action.notify)
        case .mfaRequired, .mfaIfConfigured:
            return RiskVerdict(
                level: level,
                response: givesSecondFactor || canGiveSecondFactor ? .askedForSecondFactor : .allowed,
                notifies: action.notify
            )
        default: return RiskVerdict(level: level, response: .allowed, notifies: action.notify)
        }
    }
}

/// Where a user signed in from before, as far as their events tell.
package struct SignInHistory: Sendable, Hashable {
    /// How many sign-ins that passed are known, the newest hundred at most.
    package let count: Int
    package let knowsAddress: Bool
    package let knowsDevice: Bool

    package init(count: Int, knowsAddress: Bool, knowsDevice: Bool) {
        self.count = count
        self.knowsAddress = knowsAddress
        self.knowsDevice = knowsDevice
    }

    /// How likely a stranger signs in; nil for no more than ever. A new address or a new device is low, both are
    /// medium, and high where five passwords in a row had failed before. Who never signed in before can't be compared.
    package func riskLevel(failures: Int) -> RiskLevelType? {
        if count == 0 || knowsAddress && knowsDevice { return nil }
        if knowsAddress || knowsDevice { return .low }
        return failures >= 5 ? .high : .medium
    }
}

/// What threat protection says of a sign-in.
package struct RiskVerdict: Sendable, Hashable {
    package enum Response: Sendable {
        case allowed, askedForSecondFactor, blocked
    }

    /// Nil where nothing is new.
    package var level: RiskLevelType?
    package var response = Response.allowed
    /// Whether the user is told.
    package var notifies = false

    package init(level: RiskLevelType? = nil, response: Response = .allowed, notifies: Bool = false) {
        self.level = level
        self.response = response
        self.notifies = notifies
    }

    /// As an event shows it.
    package func wireForm(isCompromised: Bool) -> EventRiskType {
        let decision: RiskDecisionType =
            switch response {
            case .blocked: .block
            case .askedForSecondFactor: .accountTakeover
            case .allowed: .noRisk
            }
        return EventRiskType(
            riskDecision: decision,
            riskLevel: level,
            compromisedCredentialsDetected: isCompromised
        )
    }
}
