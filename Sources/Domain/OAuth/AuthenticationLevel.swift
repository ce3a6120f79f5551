import CognitoModel

/// A way to prove who one is, as the `amr` claim names it (developer guide, "AMR values"). In the order of the claim.
package enum AuthenticationMethod: String, CaseIterable, Sendable {
    case password = "pwd"
    /// The code of an authenticator app.
    case softwareToken = "otp"
    case sms
    case email = "email_otp"
    /// A passkey of the device itself, and one that is carried about, such as a security key.
    case platformPasskey = "swk"
    case roamingPasskey = "hwk"

    package var isPasskey: Bool { self == .platformPasskey || self == .roamingPasskey }

    /// Names them for the claim: with `mfa` where they are several.
    static func claim(_ methods: Set<AuthenticationMethod>) -> [String] {
        let names = allCases.filter(methods.contains).map(\.rawValue)
        return methods.count > 1 ? names + ["mfa"] : names
    }
}

/// How strongly a user has signed in: one of four fixed levels (developer guide, "ACR authentication levels").
package enum AuthenticationLevel: Int, CaseIterable, Comparable, Sendable {
    case one = 1
    case two, three, four

    package static func < (left: AuthenticationLevel, right: AuthenticationLevel) -> Bool {
        left.rawValue < right.rawValue
    }

    /// The highest that the methods satisfy; nil where they satisfy none.
    package static func reached(by methods: Set<AuthenticationMethod>) -> AuthenticationLevel? {
        let hasPassword = methods.contains(.password)
        let hasCode = methods.contains(.sms) || methods.contains(.email)
        if hasPassword && methods.contains(.softwareToken) { return .four }
        if methods.contains(where: \.isPasskey) || hasPassword && hasCode { return .three }
        if hasCode { return .two }
        return hasPassword ? .one : nil
    }

    /// As `AcrConfiguration` calls it.
    package var key: String { "Level\(rawValue)" }

    /// What a pool calls it that names it itself no other way.
    package var defaultName: String { "urn:cognito:loa:\(rawValue)" }
}

extension UserPool {
    /// What the pool calls the level, in the `acr` claim.
    package func name(of level: AuthenticationLevel) -> String {
        configuration.acrConfiguration?[level.key]?.acrValue ?? level.defaultName
    }

    /// The levels of those names, without the names that are none of the pool's.
    package func levels(named names: [String]) -> [AuthenticationLevel] {
        names.compactMap { name in AuthenticationLevel.allCases.first { self.name(of: $0) == name } }
    }

    /// Whether the pool's plan has authentication levels.
    package var hasAuthenticationLevels: Bool { configuration.userPoolTier != .lite }
}

extension UserPoolType {
    /// The names of all levels, where some are given; nil where none is. Throws `PoolSettingsFailure` where two are the
    /// same, or the plan has no names of its own.
    func authenticationLevels(
        _ given: [String: AcrLevelConfigType]?
    ) throws(PoolSettingsFailure) -> [String: AcrLevelConfigType]? {
        guard let given, !given.isEmpty else { return nil }
        guard userPoolTier != .lite else { throw .tierLacks(.authenticationLevels) }
        var all = given
        for level in AuthenticationLevel.allCases where all[level.key] == nil {
            all[level.key] = AcrLevelConfigType(acrValue: level.defaultName)
        }
        guard Set(all.values.map(\.acrValue)).count == all.count else { throw .duplicateLevelNames }
        return all
    }
}
