import CognitoModel
import Domain

/// What a client says of itself when it registers (RFC 7591 section 2), as far as Cognito's clients have it. What else
/// it says is ignored.
struct RegistrationRequest: Sendable {
    /// By which grant the client gets tokens, and the flow of Cognito's that it is.
    enum Grant: String, CaseIterable, Sendable {
        case authorizationCode = "authorization_code"
        case clientCredentials = "client_credentials"

        var flow: OAuthFlowType { self == .authorizationCode ? .code : .clientCredentials }
    }

    private static let mostRedirectURIs = 100
    private static let mostScopes = 50

    let grant: Grant
    let redirectURIs: [String]
    let clientName: String
    /// `none`, `client_secret_basic` or `client_secret_post`.
    let authenticationMethod: String
    let scopes: [String]

    /// Reads what a client sent. Throws `OAuthError` for what it can't have: `flows` and `scopes` say what it can.
    init(_ metadata: JSONValue, flows: [OAuthFlowType], policy: RegistrationPolicy) throws {
        let invalid = OAuthError(.invalidClientMetadata)
        let grants = try Self.texts(metadata["grant_types"]) ?? [Grant.authorizationCode.rawValue]
        // Refreshing goes with codes, and the implicit grant isn't to be had.
        let asked = Set(grants).subtracting(["refresh_token", "implicit"])
        guard asked.count == 1, let grant = Grant.allCases.first(where: { asked.contains($0.rawValue) }),
            flows.contains(grant.flow)
        else { throw invalid }
        let types = try Self.texts(metadata["response_types"])
        guard types ?? grant.responseTypes == grant.responseTypes else { throw invalid }
        let method = try Self.text(metadata["token_endpoint_auth_method"]) ?? "client_secret_basic"
        guard ["none", "client_secret_basic", "client_secret_post"].contains(method),
            grant != .clientCredentials || method != "none"
        else { throw invalid }
        redirectURIs = try Self.texts(metadata["redirect_uris"])?.deduplicated ?? []
        guard redirectURIs.isEmpty == (grant == .clientCredentials), redirectURIs.count <= Self.mostRedirectURIs,
            redirectURIs.allSatisfy(Self.canBeRedirectedTo)
        else { throw OAuthError(.invalidRedirectURI) }
        let possible = policy.scopes(of: grant.flow)
        let scope = try Self.text(metadata["scope"])?.split(separator: " ").map(String.init).deduplicated
        scopes = scope ?? Array(Self.unasked(of: possible).prefix(Self.mostScopes))
        guard !scopes.isEmpty, scopes.count <= Self.mostScopes, scopes.allSatisfy(possible.contains) else {
            throw invalid
        }
        self.grant = grant
        authenticationMethod = method
        clientName = Self.name(try Self.text(metadata["client_name"]) ?? "")
    }

    /// The client that is made of it: its users sign in at the pages alone.
    func settings(in pool: UserPool) -> CreateUserPoolClientRequest {
        CreateUserPoolClientRequest(
            userPoolId: pool.id,
            clientName: clientName,
            generateSecret: authenticationMethod != "none",
            explicitAuthFlows: [.allowRefreshTokenAuth],
            supportedIdentityProviders: grant == .authorizationCode ? [AppClient.ownProvider] : nil,
            callbackURLs: redirectURIs.isEmpty ? nil : redirectURIs,
            allowedOAuthFlows: [grant.flow],
            allowedOAuthScopes: scopes,
            allowedOAuthFlowsUserPoolClient: true,
            preventUserExistenceErrors: .enabled
        )
    }

    /// What a client gets that asks for nothing: who the user is, or what machines may have; never what users change
    /// themselves by.
    private static func unasked(of possible: [String]) -> [String] {
        let aboutUsers = possible.filter { StandardScope.all.contains($0) && $0 != StandardScope.userAdmin }
        return aboutUsers.isEmpty ? possible.filter { $0 != StandardScope.userAdmin } : aboutUsers
    }

    /// An absolute address of a server's or an app's (RFC 3986 section 3.1), not one that browsers act on themselves.
    private static func canBeRedirectedTo(_ uri: String) -> Bool {
        guard StringConstraint.redirectUrlType.isMet(by: uri), uri.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            !uri.contains(where: { "\\\"<>".contains($0) }), let colon = uri.firstIndex(of: ":")
        else { return false }
        let scheme = uri[..<colon].lowercased()
        let rest = uri[colon...].dropFirst("://".count)
        return uri[colon...].hasPrefix("://") && scheme.first?.isLetter == true
            && scheme.allSatisfy { $0.isLetter || $0.isNumber || "+-.".contains($0) }
            && !actedOnByBrowsers.contains(scheme) && !rest.isEmpty && !rest.hasPrefix("/")
    }

    private static let actedOnByBrowsers: Set = [
        "javascript", "vbscript", "livescript", "data", "blob", "filesystem", "file", "about", "view-source", "jar",
        "chrome", "chrome-extension", "edge", "moz-extension", "resource", "ws", "wss", "ftp", "intent",
    ]

    /// A name as Cognito takes it, with other characters replaced: the client learns what it is called.
    private static func name(_ given: String) -> String {
        let name = String(
            given.map { StringConstraint.clientNameType.isMet(by: String($0)) ? $0 : "-" }.prefix(64)
        )
        return StringConstraint.clientNameType.isMet(by: name) ? name : "registered client"
    }

    private static func text(_ value: JSONValue?) throws -> String? {
        switch value {
        case nil, .null: nil
        case .string(let text): text
        default: throw OAuthError(.invalidClientMetadata)
        }
    }

    private static func texts(_ value: JSONValue?) throws -> [String]? {
        switch value {
        case nil, .null: nil
        case .array(let values):
            try values.map { value in
                guard let text = value.stringValue else { throw OAuthError(.invalidClientMetadata) }
                return text
            }
        default: throw OAuthError(.invalidClientMetadata)
        }
    }
}

extension RegistrationRequest.Grant {
    /// What the client asks the authorization endpoint for.
    var responseTypes: [String] { self == .authorizationCode ? ["code"] : [] }

    /// Codes come with refresh tokens.
    var grantTypes: [String] { self == .authorizationCode ? [rawValue, "refresh_token"] : [rawValue] }
}
