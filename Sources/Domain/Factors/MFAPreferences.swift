/// What SetUserMFAPreference asks for: which factors to turn on or off, and which to prefer.
package struct MFAPreferences: Sendable {
    /// What is asked of one factor; what is nil stays as it is.
    package struct Setting: Hashable, Sendable {
        let isOn: Bool?
        let isPreferred: Bool?

        package init(isOn: Bool?, isPreferred: Bool?) {
            self.isOn = isOn
            self.isPreferred = isPreferred
        }
    }

    private let settings: [SecondFactor: Setting]

    private let passkeys: Bool?

    /// `passkeys` says whether one counts for both factors; nil leaves it.
    package init(_ settings: [SecondFactor: Setting], passkeys: Bool? = nil) {
        self.settings = settings
        self.passkeys = passkeys
    }

    /// Changes the user's factors. Throws `FactorFailure`, and changes nothing then.
    package func apply(to user: inout User, in pool: UserPool) throws(FactorFailure) {
        var factors = user.factors
        let preferred = settings.filter { $0.value.isPreferred == true }.map(\.key)
        guard preferred.count < 2 else { throw .severalPreferred }
        for factor in SecondFactor.allCases {
            guard let setting = settings[factor] else { continue }
            if setting.isOn == true, !user.canTake(factor, in: pool) { throw .cannotTurnOn(factor) }
            if let isOn = setting.isOn { factors.turn(factor, on: isOn) }
            if setting.isPreferred == false, factors.preferred == factor { factors.prefer(nil) }
        }
        if let factor = preferred.first {
            guard factors.enabled.contains(factor) else { throw .preferredIsOff(factor) }
            factors.prefer(factor)
        }
        if let passkeys {
            factors.passkeysCountForBoth = passkeys
            if passkeys, pool.relyingParty?.isMultiFactor != true { throw .passkeysAreSingleFactor }
            if passkeys, factors.enabled.isEmpty { throw .passkeysNeedAnother }
        }
        user.factors = factors
    }
}
