package import CognitoModel

/// What CreateUserPoolClient and UpdateUserPoolClient both set. A setting that an update leaves out has its default
/// afterwards, but for those that `apply` keeps: Cognito does either, by no rule.
package protocol AppClientSettings {
    var refreshTokenValidity: Int? { get }
    var accessTokenValidity: Int? { get }
    var idTokenValidity: Int? { get }
    var tokenValidityUnits: TokenValidityUnitsType? { get }
    var readAttributes: [String]? { get }
    var writeAttributes: [String]? { get }
    var explicitAuthFlows: [ExplicitAuthFlowsType]? { get }
    var supportedIdentityProviders: [String]? { get }
    var callbackURLs: [String]? { get }
    var logoutURLs: [String]? { get }
    var defaultRedirectURI: String? { get }
    var allowedOAuthFlows: [OAuthFlowType]? { get }
    var allowedOAuthScopes: [String]? { get }
    var allowedOAuthFlowsUserPoolClient: Bool? { get }
    var analyticsConfiguration: AnalyticsConfigurationType? { get }
    var preventUserExistenceErrors: PreventUserExistenceErrorTypes? { get }
    var enableTokenRevocation: Bool? { get }
    var enablePropagateAdditionalUserContextData: Bool? { get }
    var authSessionValidity: Int? { get }
    var refreshTokenRotation: RefreshTokenRotationType? { get }
}

extension CreateUserPoolClientRequest: AppClientSettings {}
extension UpdateUserPoolClientRequest: AppClientSettings {}

extension UserPoolClientType {
    /// Takes over the settings. `hasSecret` decides which OAuth flows go. Throws for what doesn't go together.
    package mutating func apply(_ settings: some AppClientSettings, in pool: UserPool, hasSecret: Bool) throws {
        refreshTokenValidity =
            settings.refreshTokenValidity == 0 ? 30 : settings.refreshTokenValidity ?? refreshTokenValidity ?? 30
        accessTokenValidity = settings.accessTokenValidity
        idTokenValidity = settings.idTokenValidity
        tokenValidityUnits = settings.tokenValidityUnits ?? TokenValidityUnitsType()
        readAttributes = settings.readAttributes
        writeAttributes = settings.writeAttributes
        explicitAuthFlows = settings.explicitAuthFlows
        supportedIdentityProviders = settings.supportedIdentityProviders
        callbackURLs = settings.callbackURLs
        logoutURLs = settings.logoutURLs
        defaultRedirectURI = settings.defaultRedirectURI
        allowedOAuthFlows = settings.allowedOAuthFlows
        allowedOAuthScopes = settings.allowedOAuthScopes
        allowedOAuthFlowsUserPoolClient = settings.allowedOAuthFlowsUserPoolClient ?? false
        analyticsConfiguration = settings.analyticsConfiguration
        preventUserExistenceErrors = settings.preventUserExistenceErrors
        enableTokenRevocation = settings.enableTokenRevocation ?? enableTokenRevocation ?? true
        enablePropagateAdditionalUserContextData = settings.enablePropagateAdditionalUserContextData ?? false
        authSessionValidity = settings.authSessionValidity ?? authSessionValidity ?? 3
        refreshTokenRotation = settings.refreshTokenRotation ?? refreshTokenRotation
        _ = try TokenValidity(self)
        try checkFlows(in: pool)
        try checkOAuth(hasSecret: hasSecret)
    }

    /// Throws where a list names an attribute that the pool doesn't have, or that nobody may write, or leaves out a
    /// required one.
    package func checkAttributes(in pool: UserPool, while change: ClientSettingsFailure.Change) throws {
        guard (readAttributes ?? []).allSatisfy({ pool.schema[$0] != nil }) else {
            throw ClientSettingsFailure.unreadableAttributes(while: change)
        }
        guard let writeAttributes else { return }
        let forbidden = StandardAttributes.readOnly.union(StandardAttributes.verificationFlags)
        guard writeAttributes.allSatisfy({ pool.schema[$0] != nil && !forbidden.contains($0) }),
            pool.schema.requiredNames.allSatisfy(writeAttributes.contains)
        else { throw ClientSettingsFailure.unwritableAttributes(while: change) }
    }

    private func checkFlows(in pool: UserPool) throws {
        guard let flows = explicitAuthFlows else { return }
        let modern = flows.count { $0.rawValue.hasPrefix("ALLOW_") }
        guard modern == 0 || modern == flows.count else { throw ClientSettingsFailure.mixedFlowNames }
        if flows.contains(.allowUserAuth), pool.configuration.userPoolTier == .lite {
            throw ClientSettingsFailure.choiceBasedSignInUnavailable
        }
        if flows.contains(.allowClientTokenAuth), flows.contains(where: { $0 != .allowClientTokenAuth }) {
            throw ClientSettingsFailure.clientTokenFlowBesideOthers
        }
        if flows.contains(.allowRefreshTokenAuth), refreshTokenRotation?.feature == .enabled {
            throw ClientSettingsFailure.rotationBesideRefreshFlow
        }
    }

    private func checkOAuth(hasSecret: Bool) throws {
        let flows = allowedOAuthFlows ?? []
        if flows.contains(.clientCredentials) {
            if flows.count > 1 { throw ClientSettingsFailure.clientCredentialsBesideOtherFlows }
            if !hasSecret { throw ClientSettingsFailure.clientCredentialsWithoutSecret }
        }
        if allowedOAuthFlowsUserPoolClient == true, flows.isEmpty || allowedOAuthScopes?.isEmpty ?? true {
            throw ClientSettingsFailure.oauthWithoutFlowsOrScopes
        }
        if callbackURLs?.isEmpty ?? true, flows.contains(.code) || flows.contains(.implicit) {
            throw ClientSettingsFailure.callbackMissing
        }
        for url in (callbackURLs ?? []) + (logoutURLs ?? []) { try RedirectURL.check(url) }
        if let redirect = defaultRedirectURI, callbackURLs?.contains(redirect) != true {
            throw ClientSettingsFailure.redirectNotACallback(redirect)
        }
    }
}
