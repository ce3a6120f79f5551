package import CognitoModel

extension ResourceServerType: PoolDocument {
    package static let kind = "resource server"
    package static let most = 25

    /// The scopes that clients are given: `<identifier>/<scope>`.
    package var scopeNames: [String] { (scopes ?? []).map { "\(identifier ?? "")/\($0.scopeName)" } }
}
