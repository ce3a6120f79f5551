package import CognitoModel

/// Which clients may register themselves with a pool (RFC 7591), by its `DcrConfiguration`.
package struct RegistrationPolicy: Sendable, Hashable {
    /// The scope of an initial access token.
    package static let scope = "aws.cognito/dcr/register"

    /// Whether a client can register without an initial access token.
    package let isOpen: Bool
    private let openFlows: [OAuthFlowType]
    private let authenticatedFlows: [OAuthFlowType]
    private let furtherScopes: [String]

    /// The policy of a pool; nil where clients can't register: without a configuration, where it is switched off, and
    /// in the LITE tier.
    package init?(_ pool: UserPool) {
        guard let configuration = pool.configuration.dcrConfiguration,
            configuration.enableStatus ?? .enabled == .enabled, pool.configuration.userPoolTier != .lite
        else { return nil }
        isOpen = configuration.openDcrEnabled ?? false
        openFlows = (configuration.openDcrGrantTypes ?? [.code]).filter { $0 != .implicit }
        authenticatedFlows =
            (configuration.authenticatedGrantTypes ?? [.code, .clientCredentials]).filter { $0 != .implicit }
        furtherScopes = (configuration.allowedScopes ?? []).filter { $0 != Self.scope }
    }

    /// The flows that a client can register for.
    package func flows(isAuthenticated: Bool) -> [OAuthFlowType] { isAuthenticated ? authenticatedFlows : openFlows }

    /// The scopes that a client of the flow can register for: those of resource servers for its own tokens, and those
    /// of OpenID Connect too for users'.
    package func scopes(of flow: OAuthFlowType) -> [String] {
        let standard = [StandardScope.openID, StandardScope.email, StandardScope.phone, StandardScope.profile]
        let further = furtherScopes.filter { !standard.contains($0) }
        return flow == .clientCredentials ? further.filter { $0.contains("/") } : standard + further
    }
}
