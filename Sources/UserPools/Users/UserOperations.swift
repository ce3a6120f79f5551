import Operations

/// Users and their attributes.
enum UserOperations {
    static let table: [AnyOperation<Services>] = [
        AnyOperation(AdminCreateUser.self),
        AnyOperation(AdminGetUser.self),
        AnyOperation(AdminDeleteUser.self),
        AnyOperation(AdminDisableUser.self),
        AnyOperation(AdminEnableUser.self),
        AnyOperation(AdminUpdateUserAttributes.self),
        AnyOperation(AdminDeleteUserAttributes.self),
        AnyOperation(ListUsers.self),
        AnyOperation(GetUser.self),
        AnyOperation(UpdateUserAttributes.self),
        AnyOperation(DeleteUserAttributes.self),
        AnyOperation(GetUserAttributeVerificationCode.self),
        AnyOperation(VerifyUserAttribute.self),
        AnyOperation(DeleteUser.self),
    ]
}
