package import CognitoModel

/// What a pool's function changes about tokens before they are signed (developer guide, "Pre token generation Lambda
/// trigger"). It is of one answer: neither the sign-in nor its later tokens keep any of it.
package struct TokenCustomization: Hashable, Sendable {
    /// Of the ID token, and of the access token.
    package let id: ClaimChanges
    package let access: ClaimChanges
    /// Of the access token; one that is suppressed isn't added.
    package let scopesToAdd: [String]
    package let scopesToSuppress: [String]
    /// What takes the place of the user's groups in both tokens; nil where they stay.
    package let groups: TokenGroups?

    /// Changes to tokens; none, but for those that are given.
    package init(
        id: ClaimChanges = ClaimChanges(),
        access: ClaimChanges = ClaimChanges(),
        scopesToAdd: [String] = [],
        scopesToSuppress: [String] = [],
        groups: TokenGroups? = nil
    ) {
        self.id = id
        self.access = access
        self.scopesToAdd = scopesToAdd
        self.scopesToSuppress = scopesToSuppress
        self.groups = groups
    }

    /// The scopes of an access token that would have these, each once.
    func scopes(of granted: [String]) -> [String] {
        var seen = Set(scopesToSuppress)
        return (granted + scopesToAdd).filter { seen.insert($0).inserted }
    }

    /// For a token that is exchanged for another, which is never good for more: nothing is added to its scopes, or
    /// changed about whom it is for and who acts by it.
    var narrowing: TokenCustomization {
        TokenCustomization(
            id: id.leaving(["act"]),
            access: access.leaving(["aud", "act"]),
            scopesToSuppress: scopesToSuppress,
            groups: groups
        )
    }
}

/// Claims that are added to a token, changed or left out. Suppressing beats adding.
package struct ClaimChanges: Hashable, Sendable {
    /// By name; none that is suppressed.
    package let added: [String: JSONValue]
    package let suppressed: Set<String>

    /// Changes that were asked for, as far as they may be made of the token of a client's: what may not be touched
    /// stays as it is.
    package init(
        adding added: [String: JSONValue] = [:],
        suppressing suppressed: [String] = [],
        of client: AppClient? = nil,
        in kind: ExchangeableToken.Kind = .id
    ) {
        var names = Set(suppressed.filter(ProtectedClaims.maySuppress))
        if names.contains(ProtectedClaims.groups) { names.formUnion(ProtectedClaims.ofGroups) }
        let own = client.map { JSONValue.string($0.id) }
        self.added = added.filter { name, value in
            guard !names.contains(name) else { return false }
            // The audience of an access token may be the client, and nobody else.
            return ProtectedClaims.mayAdd(name) || kind == .access && name == "aud" && value == own
        }
        self.suppressed = names
    }

    private init(kept added: [String: JSONValue], suppressed: Set<String>) {
        self.added = added
        self.suppressed = suppressed
    }

    /// Without changes of these claims.
    func leaving(_ names: Set<String>) -> ClaimChanges {
        ClaimChanges(kept: added.filter { !names.contains($0.key) }, suppressed: suppressed.subtracting(names))
    }
}

/// What functions can't change about tokens (developer guide, "Excluded claims"): such a token has what it would have
/// had.
enum ProtectedClaims {
    static let groups = "cognito:groups"
    /// What goes with the groups.
    static let ofGroups = [groups, "cognito:roles", "cognito:preferred_role"]

    /// Beside these, all of Cognito's prefix. `scope` is changed by lists of its own.
    private static let names: Set = [
        "acr", "amr", "at_hash", "aud", "auth_time", "azp", "client_id", "device_key", "event_id", "exp", "iat",
        "identities", "iss", "jti", "nbf", "nonce", "origin_jti", "scope", "sub", "token_use", "username", "version",
    ]

    static func maySuppress(_ name: String) -> Bool {
        name == groups || !names.contains(name) && !name.hasPrefix("cognito:")
    }

    /// Attributes for developers alone can be left out, and not given.
    static func mayAdd(_ name: String) -> Bool {
        !names.contains(name) && !name.hasPrefix("cognito:") && !name.hasPrefix("dev:")
    }
}

/// As it is kept with an authorization code.
extension TokenCustomization: JSONDecodable, JSONEncodable {
    package init(from value: ModelValue) throws {
        let members = try MemberDecoder(value)
        id = try members.required("id")
        access = try members.required("access")
        scopesToAdd = try members.required("scopesToAdd")
        scopesToSuppress = try members.required("scopesToSuppress")
        let names: [String]? = try members.ifPresent("groups")
        let roles: [String]? = try members.ifPresent("roles")
        let preferredRole: String? = try members.ifPresent("preferredRole")
        groups = names.map { TokenGroups(names: $0, roles: roles ?? [], preferredRole: preferredRole) }
    }

    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.member("id", id)
        json.member("access", access)
        json.member("scopesToAdd", scopesToAdd)
        json.member("scopesToSuppress", scopesToSuppress)
        json.member("groups", groups?.names)
        json.member("roles", groups?.roles)
        json.member("preferredRole", groups?.preferredRole)
        json.endObject()
    }
}

extension ClaimChanges: JSONDecodable, JSONEncodable {
    package init(from value: ModelValue) throws {
        let members = try MemberDecoder(value)
        let names: [String] = try members.required("suppressed")
        self.init(kept: try members.required("added"), suppressed: Set(names))
    }

    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.member("added", added)
        json.member("suppressed", suppressed.sorted())
        json.endObject()
    }
}
