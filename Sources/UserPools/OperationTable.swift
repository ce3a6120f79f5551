/// The operations of user pools that are built, by feature. `ServerTests` holds the table against the service model;
/// what is missing is listed in `docs/operations-not-yet-built.txt`, which only shrinks.
package enum OperationTable {
    package static let userPools: [AnyOperation] =
        pools + clients + signUp + users + passwords + authentication + tokens

    private static let pools: [AnyOperation] = [
        AnyOperation(CreateUserPool.self), AnyOperation(DescribeUserPool.self), AnyOperation(UpdateUserPool.self),
        AnyOperation(DeleteUserPool.self), AnyOperation(ListUserPools.self),
    ]
    private static let clients: [AnyOperation] = [
        AnyOperation(CreateUserPoolClient.self), AnyOperation(DescribeUserPoolClient.self),
        AnyOperation(UpdateUserPoolClient.self), AnyOperation(DeleteUserPoolClient.self),
        AnyOperation(ListUserPoolClients.self),
    ]
    private static let signUp: [AnyOperation] = [
        AnyOperation(SignUp.self), AnyOperation(ConfirmSignUp.self), AnyOperation(ResendConfirmationCode.self),
        AnyOperation(AdminConfirmSignUp.self),
    ]
    private static let users: [AnyOperation] = [
        AnyOperation(AdminCreateUser.self), AnyOperation(AdminGetUser.self), AnyOperation(AdminDeleteUser.self),
        AnyOperation(AdminDisableUser.self), AnyOperation(AdminEnableUser.self),
        AnyOperation(AdminUpdateUserAttributes.self), AnyOperation(ListUsers.self), AnyOperation(GetUser.self),
        AnyOperation(UpdateUserAttributes.self), AnyOperation(GetUserAttributeVerificationCode.self),
        AnyOperation(VerifyUserAttribute.self), AnyOperation(DeleteUser.self),
    ]
    private static let passwords: [AnyOperation] = [
        AnyOperation(AdminSetUserPassword.self), AnyOperation(ForgotPassword.self),
        AnyOperation(ConfirmForgotPassword.self), AnyOperation(ChangePassword.self),
    ]
    private static let authentication: [AnyOperation] = [
        AnyOperation(InitiateAuth.self), AnyOperation(RespondToAuthChallenge.self),
        AnyOperation(AdminInitiateAuth.self), AnyOperation(AdminRespondToAuthChallenge.self),
        AnyOperation(GetTokensFromRefreshToken.self),
    ]
    private static let tokens: [AnyOperation] = [
        AnyOperation(GlobalSignOut.self), AnyOperation(AdminUserGlobalSignOut.self), AnyOperation(RevokeToken.self),
    ]
}
