extension LimitCategory {
    /// The category of an operation. What no list names is a resource of a pool, read or changed.
    package init(ofOperation name: String) {
        if let listed = Self.listed[name] {
            self = listed
            return
        }
        let isReading = ["Get", "List", "Describe"].contains(where: name.hasPrefix)
        self = isReading ? .userPoolResourceRead : .userPoolResourceUpdate
    }

    private static let listed: [String: LimitCategory] = {
        var listed: [String: LimitCategory] = [:]
        for (category, names) in lists {
            for name in names.split(separator: " ") { listed[String(name)] = category }
        }
        return listed
    }()

    /// Every operation that a list names.
    package static var listedOperations: Set<String> { Set(listed.keys) }

    private static let lists: [(LimitCategory, String)] = [
        (.userAuthentication, "InitiateAuth AdminInitiateAuth GetTokensFromRefreshToken GetDerivedToken"),
        (.challengeResponse, "RespondToAuthChallenge AdminRespondToAuthChallenge"),
        (.userCreation, "SignUp ConfirmSignUp AdminCreateUser AdminConfirmSignUp"),
        (
            .userAccountRecovery,
            "ChangePassword ForgotPassword ConfirmForgotPassword AdminResetUserPassword AdminSetUserPassword"
        ),
        (.userRead, "GetUser AdminGetUser GetUserAuthFactors AdminGetUserAuthFactors"),
        (
            .userUpdate,
            """
            AdminAddUserToGroup AdminRemoveUserFromGroup AdminUpdateUserAttributes UpdateUserAttributes \
            AdminDeleteUserAttributes DeleteUserAttributes VerifyUserAttribute AdminDeleteUser DeleteUser \
            AdminEnableUser AdminDisableUser AdminLinkProviderForUser AdminDisableProviderForUser GlobalSignOut \
            AdminUserGlobalSignOut RevokeUserSession AdminRevokeUserSession
            """
        ),
        (.userToken, "RevokeToken"),
        (
            .userResourceRead,
            """
            AdminGetDevice GetDevice AdminListDevices ListDevices AdminListGroupsForUser AdminListUserAuthEvents \
            GetUserAttributeVerificationCode ResendConfirmationCode ListWebAuthnCredentials ListUserSessions \
            AdminListUserSessions
            """
        ),
        (
            .userResourceUpdate,
            """
            ConfirmDevice ForgetDevice AdminForgetDevice UpdateDeviceStatus AdminUpdateDeviceStatus \
            SetUserMFAPreference AdminSetUserMFAPreference SetUserSettings AdminSetUserSettings \
            AssociateSoftwareToken VerifySoftwareToken AdminDeleteSoftwareToken UpdateAuthEventFeedback \
            AdminUpdateAuthEventFeedback StartWebAuthnRegistration CompleteWebAuthnRegistration \
            DeleteWebAuthnCredential
            """
        ),
        (.userList, "ListUsers ListUsersInGroup"),
        (.userPoolRead, "DescribeUserPool ListUserPools"),
        (.userPoolUpdate, "CreateUserPool UpdateUserPool DeleteUserPool"),
        (.userPoolClientRead, "DescribeUserPoolClient ListUserPoolClients ListUserPoolClientSecrets"),
        (
            .userPoolClientUpdate,
            """
            CreateUserPoolClient UpdateUserPoolClient DeleteUserPoolClient AddUserPoolClientSecret \
            DeleteUserPoolClientSecret
            """
        ),
        (.clientAuthentication, "GetClientToken"),
        (.limitManagement, "GetProvisionedLimit UpdateProvisionedLimit"),
    ]
}
