import CognitoModel
package import Domain

/// Asks functions what tokens are to say. Where a pool has none, all of this answers nil, and costs no more than
/// looking that up in the pool.
extension TriggerService {
    /// What the pool's function changes about the tokens of a user, whose access token would have these scopes. Throws
    /// `TriggerFailure`: then there are no tokens.
    package func customization(
        _ source: TriggerSource,
        of user: User,
        groups: TokenGroups,
        scopes: [String],
        client: AppClient,
        in pool: UserPool,
        by caller: TriggerCaller
    ) async throws(TriggerFailure) -> TokenCustomization? {
        guard let version = pool.tokenEventVersion else { return nil }
        return try await customization(
            TriggerEvent(
                source: source,
                pool: pool,
                userName: user.username,
                caller: caller,
                request: { json in
                    json.userAttributes(of: user, in: pool)
                    json.key("groupConfiguration")
                    json.groupConfiguration(groups)
                    if version.hasScopes { json.member("scopes", scopes) }
                    json.member("clientMetadata", caller.clientMetadata)
                },
                response: { json in json.nullMember(version.answer) }
            ),
            version,
            client
        )
    }

    /// What the pool's function changes about the access token of a client itself, which would have these scopes.
    /// Functions are asked that from version 3 on. Throws `TriggerFailure`: then there is no token.
    package func customization(
        ofTokenFor client: AppClient,
        scopes: [String],
        in pool: UserPool,
        by caller: TriggerCaller
    ) async throws(TriggerFailure) -> TokenCustomization? {
        guard let version = pool.tokenEventVersion, version == .three else { return nil }
        return try await customization(
            TriggerEvent(
                source: .tokensClientCredentials,
                pool: pool,
                userName: "ClientCredentials",
                caller: caller,
                request: { json in
                    json.member("userAttributes", [String: String]())
                    json.nullMember("groupConfiguration")
                    json.member("scopes", scopes)
                    json.member("clientMetadata", caller.clientMetadata)
                },
                response: { json in json.nullMember(version.answer) }
            ),
            version,
            client
        )
    }

    private func customization(
        _ event: TriggerEvent,
        _ version: TokenEventVersion,
        _ client: AppClient
    ) async throws(TriggerFailure) -> TokenCustomization? {
        guard let answer = try await answer(to: event) else { return nil }
        return try TokenAnswer(version, client).customization(answer)
    }
}

/// The versions of the event (developer guide, "Pre token generation Lambda trigger").
enum TokenEventVersion: String {
    case one = "1"
    case two = "2"
    case three = "3"

    /// Whether the function is told the scopes, and may change the access token.
    var hasScopes: Bool { self != .one }

    /// The member of `response` that the answer is in.
    var answer: String { hasScopes ? "claimsAndScopeOverrideDetails" : "claimsOverrideDetails" }
}

extension UserPool {
    /// Of the function that is asked about tokens; nil where the pool has none.
    fileprivate var tokenEventVersion: TokenEventVersion? {
        function(for: .preTokenGeneration).flatMap { TokenEventVersion(rawValue: $0.eventVersion) }
    }
}

extension JSONWriter {
    fileprivate mutating func groupConfiguration(_ groups: TokenGroups) {
        beginObject()
        member("groupsToOverride", groups.names)
        member("iamRolesToOverride", groups.roles)
        nullableMember("preferredRole", groups.preferredRole)
        endObject()
    }
}
