import CognitoModel
import Domain

/// Reads what a function answers about tokens. Whatever isn't there, or is `null`, changes nothing, but for
/// `groupOverrideDetails`, which takes the groups away then. Throws `TriggerFailure` for what has another shape.
struct TokenAnswer {
    /// How many claims and scopes an answer may name (developer guide, "Quotas").
    static let mostClaimsAndScopes = 5000
    /// How long they may be in all, in bytes of JSON: no token of more gets anywhere.
    static let longest = 65_536
    /// How deeply the value of a claim may be nested.
    static let deepest = 32

    private let version: TokenEventVersion
    private let client: AppClient

    init(_ version: TokenEventVersion, _ client: AppClient) {
        self.version = version
        self.client = client
    }

    /// The changes that the `response` of an event asks for; nil for none.
    func customization(_ response: JSONValue) throws(TriggerFailure) -> TokenCustomization? {
        guard let details = try members(response[version.answer]) else { return nil }
        let (id, access) =
            version.hasScopes
            ? (try members(details["idTokenGeneration"]), try members(details["accessTokenGeneration"]))
            : (details, nil)
        let idClaims = (added: try claims(id, of: .id), suppressed: try texts(id?["claimsToSuppress"]))
        let accessClaims = (added: try claims(access, of: .access), suppressed: try texts(access?["claimsToSuppress"]))
        let scopesToAdd = try texts(access?["scopesToAdd"])
        guard scopesToAdd.allSatisfy(Self.isScope) else { throw Self.unrecognizable }
        let scopesToSuppress = try texts(access?["scopesToSuppress"])
        let customization = TokenCustomization(
            id: ClaimChanges(adding: idClaims.added, suppressing: idClaims.suppressed, of: client, in: .id),
            access: ClaimChanges(
                adding: accessClaims.added,
                suppressing: accessClaims.suppressed,
                of: client,
                in: .access
            ),
            scopesToAdd: scopesToAdd,
            scopesToSuppress: scopesToSuppress,
            groups: try groups(details["groupOverrideDetails"])
        )
        let count =
            idClaims.added.count + idClaims.suppressed.count + accessClaims.added.count + accessClaims.suppressed.count
            + scopesToAdd.count + scopesToSuppress.count
        guard count <= Self.mostClaimsAndScopes else {
            throw Self.unusable("The lambda output has more than \(Self.mostClaimsAndScopes) claims and scopes.")
        }
        guard customization.jsonBytes.count <= Self.longest else {
            throw Self.unusable("The lambda output has more than \(Self.longest) bytes of claims and scopes.")
        }
        return customization
    }

    /// Claims by their names. Those that are `null` are left as they are.
    private func claims(
        _ generation: [String: JSONValue]?,
        of kind: ExchangeableToken.Kind
    ) throws(TriggerFailure) -> [String: JSONValue] {
        let claims = (try members(generation?["claimsToAddOrOverride"]) ?? [:]).filter { $0.value != .null }
        for (name, value) in claims {
            guard version.hasScopes || value.stringValue != nil, value.isNested(atMost: Self.deepest) else {
                throw Self.unrecognizable
            }
            if case .object = value, kind == .id, Self.notObjects.contains(name) { throw Self.unrecognizable }
        }
        return claims
    }

    /// Claims of ID tokens that are no objects.
    private static let notObjects: Set = ["address", "email_verified", "phone_number_verified", "updated_at"]

    /// What takes the place of the groups: those that are given, or none. Nil where nothing is said of them.
    private func groups(_ details: JSONValue?) throws(TriggerFailure) -> TokenGroups? {
        guard let details else { return nil }
        let members = try members(details) ?? [:]
        let preferredRole = members["preferredRole"] ?? .null
        guard preferredRole == .null || preferredRole.stringValue != nil else { throw Self.unrecognizable }
        return TokenGroups(
            names: try texts(members["groupsToOverride"]),
            roles: try texts(members["iamRolesToOverride"]),
            preferredRole: preferredRole.stringValue
        )
    }

    private func members(_ value: JSONValue?) throws(TriggerFailure) -> [String: JSONValue]? {
        switch value {
        case nil, .null?: return nil
        case .object(let members)?: return members
        default: throw Self.unrecognizable
        }
    }

    private func texts(_ value: JSONValue?) throws(TriggerFailure) -> [String] {
        switch value {
        case nil, .null?: return []
        case .array(let elements)?:
            let texts = elements.compactMap(\.stringValue)
            guard texts.count == elements.count else { throw Self.unrecognizable }
            return texts
        default: throw Self.unrecognizable
        }
    }

    /// One scope: no blank, which would make it two (RFC 6749 section 3.3).
    private static func isScope(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F } && !text.contains(where: \.isWhitespace)
    }

    private static let unrecognizable = TriggerFailure.malformed(.preTokenGeneration, .unrecognizable)

    private static func unusable(_ why: String) -> TriggerFailure { .malformed(.preTokenGeneration, .unusable(why)) }
}

extension JSONValue {
    fileprivate func isNested(atMost depth: Int) -> Bool {
        switch self {
        case .array(let elements): depth > 0 && elements.allSatisfy { $0.isNested(atMost: depth - 1) }
        case .object(let members): depth > 0 && members.values.allSatisfy { $0.isNested(atMost: depth - 1) }
        default: true
        }
    }
}
