/// A category of operations that share a limit of requests for each second (developer guide, "Quotas in Amazon
/// Cognito").
package enum LimitCategory: String, CaseIterable, Sendable {
    case userAuthentication = "UserAuthentication"
    /// Answers to challenges: three times as many as the sign-ins that they belong to. Not a category of its own to the
    /// API.
    case challengeResponse = "ChallengeResponse"
    case userCreation = "UserCreation"
    case userFederation = "UserFederation"
    case userAccountRecovery = "UserAccountRecovery"
    case userRead = "UserRead"
    case userUpdate = "UserUpdate"
    case userToken = "UserToken"
    case userResourceRead = "UserResourceRead"
    case userResourceUpdate = "UserResourceUpdate"
    case userList = "UserList"
    case userPoolRead = "UserPoolRead"
    case userPoolUpdate = "UserPoolUpdate"
    case userPoolResourceRead = "UserPoolResourceRead"
    case userPoolResourceUpdate = "UserPoolResourceUpdate"
    case userPoolClientRead = "UserPoolClientRead"
    case userPoolClientUpdate = "UserPoolClientUpdate"
    case clientAuthentication = "ClientAuthentication"
    case limitManagement = "LimitManagement"

    /// The category of that name, as the API has it.
    package init?(apiName: String) {
        guard let category = LimitCategory(rawValue: apiName), category != .challengeResponse else { return nil }
        self = category
    }

    /// Requests for each second that every account has.
    package var freeLimit: Int {
        switch self {
        case .userAuthentication, .userRead, .userToken: 120
        case .challengeResponse: 360
        case .userCreation, .userResourceRead: 50
        case .userFederation, .userUpdate, .userResourceUpdate: 25
        case .userAccountRecovery, .userList: 30
        case .userPoolRead, .userPoolUpdate, .userPoolClientRead, .userPoolClientUpdate, .userPoolResourceUpdate: 15
        case .userPoolResourceRead: 20
        case .clientAuthentication: 150
        case .limitManagement: 1
        }
    }

    /// The most that an account may be given: of categories that aren't adjustable what it has, of others more than a
    /// node can do.
    package var highestLimit: Int { isAdjustable ? 100_000 : freeLimit }

    private var isAdjustable: Bool {
        switch self {
        case .userAuthentication, .challengeResponse, .userCreation, .userFederation, .userRead, .userToken,
            .userResourceRead:
            true
        default: false
        }
    }
}
