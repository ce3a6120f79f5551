package import CognitoModel

/// An app client of a pool.
///
/// Immutable and shared by all requests, so a class: a value of so many members would be copied at every call.
package final class AppClient: Sendable {
    package let id: String
    package let poolID: String
    /// What DescribeUserPoolClient shows, but for the secret.
    package let configuration: UserPoolClientType
    /// The older first.
    package let secrets: [ClientSecret]
    /// The client's own risk configuration; nil where the pool's holds.
    package let risk: RiskSettings?
    private let readable: Set<String>?
    private let writable: Set<String>?

    /// How long a browser's session is used again without asking the user, in minutes.
    package let ssoMinutes: Int

    package init(
        id: String,
        poolID: String,
        configuration: UserPoolClientType,
        secrets: [ClientSecret],
        ssoMinutes: Int? = nil,
        risk: RiskSettings? = nil
    ) {
        self.id = id
        self.poolID = poolID
        self.configuration = configuration
        self.secrets = secrets
        self.ssoMinutes = ssoMinutes ?? 60
        self.risk = risk
        readable = configuration.readAttributes.map(Set.init)
        writable = configuration.writeAttributes.map(Set.init)
    }

    /// A client with the secret that it was made with, or none.
    package convenience init(id: String, poolID: String, configuration: UserPoolClientType, secret: String?) {
        let createdAt = configuration.creationDate ?? Timestamp(milliseconds: 0)
        self.init(
            id: id,
            poolID: poolID,
            configuration: configuration,
            secrets: secret.map { [ClientSecret($0, createdAt: createdAt)] } ?? []
        )
    }

    /// The client so configured.
    package func configured(_ configuration: UserPoolClientType) -> AppClient {
        AppClient(
            id: id,
            poolID: poolID,
            configuration: configuration,
            secrets: secrets,
            ssoMinutes: ssoMinutes,
            risk: risk
        )
    }

    /// The client with the time of its last change.
    package func modified(at time: Timestamp) -> AppClient {
        var changed = configuration
        changed.lastModifiedDate = time
        return configured(changed)
    }

    /// What operations show that show one secret.
    package var secret: String? { secrets.first?.value }

    /// What DescribeUserPoolClient shows.
    package var wireForm: UserPoolClientType {
        var form = configuration
        form.clientSecret = secret
        return form
    }

    /// Without a list of its own a client reads all but the developer-only attributes.
    package func mayRead(_ attribute: String) -> Bool {
        attribute == "sub" || readable?.contains(attribute) ?? !attribute.hasPrefix("dev:")
    }

    /// Without a list of its own a client writes all but the developer-only attributes; nobody but an administrator
    /// writes the verified marks. A name that the schema doesn't know passes: the schema says so itself.
    package func mayWrite(_ attribute: String, in pool: UserPool) -> Bool {
        if StandardAttributes.verificationFlags.contains(attribute) { return false }
        if let writable { return writable.contains(attribute) || pool.schema[attribute] == nil }
        return !attribute.hasPrefix("dev:")
    }

    package var preventsUserExistenceErrors: Bool { configuration.preventUserExistenceErrors == .enabled }
    package var allowsRevocation: Bool { configuration.enableTokenRevocation ?? true }

    /// How long a sign-in may take from one challenge to the next, in seconds.
    package var authSessionValidity: Int64 { Int64(configuration.authSessionValidity ?? 3) * 60 }

    /// Seconds in which a rotated refresh token still works; nil where tokens aren't rotated.
    package var rotationGracePeriod: Int64? {
        guard let rotation = configuration.refreshTokenRotation, rotation.feature == .enabled else { return nil }
        return Int64(rotation.retryGracePeriodSeconds ?? 0)
    }

    /// Whether the client may sign in by the flow.
    package func allows(_ flow: AuthFlowType) -> Bool {
        guard let flows = configuration.explicitAuthFlows, !flows.isEmpty else {
            return [.userSrpAuth, .refreshTokenAuth, .refreshToken, .customAuth].contains(flow)
        }
        // The flow names without ALLOW_ come from a time when SRP and refresh could not be switched off.
        let isLegacy = !flows.contains { $0.rawValue.hasPrefix("ALLOW_") }
        switch flow {
        case .userSrpAuth:
            return flows.contains(.allowUserSrpAuth) || isLegacy && !flows.contains(.customAuthFlowOnly)
        case .refreshTokenAuth, .refreshToken: return flows.contains(.allowRefreshTokenAuth) || isLegacy
        case .userPasswordAuth: return flows.contains(.allowUserPasswordAuth) || flows.contains(.userPasswordAuth)
        case .adminUserPasswordAuth, .adminNoSrpAuth:
            return flows.contains(.allowAdminUserPasswordAuth) || flows.contains(.adminNoSrpAuth)
        case .userAuth: return flows.contains(.allowUserAuth)
        case .customAuth: return flows.contains(.allowCustomAuth) || flows.contains(.customAuthFlowOnly)
        default: return false
        }
    }
}
